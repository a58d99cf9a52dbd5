package uk.onefileroutes.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListener;
import org.apache.camel.main.MainListenerSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.config.PortAccess;
import uk.onefileroutes.ports.Access;
import uk.onefileroutes.ports.Console;
import uk.onefileroutes.ports.GeneratedPassword;
import uk.onefileroutes.ports.Login;
import uk.onefileroutes.ports.ManagementServer;
import uk.onefileroutes.ports.People;
import uk.onefileroutes.ports.RequestGuard;

/** The ports on which an instance is looked at and told what to do. For one thread. */
final class Ports implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ports.class);

  private final PortAccess management;
  private @Nullable Access access;
  private final ManagementServer.Observed observed = new ManagementServer.Observed();
  private @Nullable ManagementServer server;
  private @Nullable Console console;
  private @Nullable String newPassword;

  Ports(PortAccess management) {
    this.management = management;
  }

  /** A port could not be had. */
  static final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Taken(String key, String host, int port, Exception cause) {
      super(
          "%s: port %d of %s can't be had: %s; name another one, or off"
              .formatted(key, port, host, Reasons.of(cause)),
          cause);
    }
  }

  /** By the login that was chosen, or the generated one; the first time one is generated. */
  Access access(Path dataFolder) throws IOException {
    Optional<String> password = management.login().password();
    if (password.isEmpty()) {
      password = GeneratedPassword.read(dataFolder);
    }
    if (password.isEmpty() && (management.port().isPresent() || isConsoleOn())) {
      newPassword = GeneratedPassword.create(dataFolder);
      password = Optional.of(newPassword);
    }
    access =
        new Access(
            new People(
                new Login(management.login().user(), password.orElse("")),
                management.login().users()),
            new RequestGuard(management.host(), names()),
            management.hasOpenProbes());
    return access;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(management.names());
    management.key().ifPresent(key -> names.addAll(key.hosts()));
    return names;
  }

  Optional<String> newPassword() {
    return Optional.ofNullable(newPassword);
  }

  /** Says so where anybody on the network may listen to the login. */
  void warnIfOpenToAll() {
    boolean isServed = management.port().isPresent() || isConsoleOn();
    if (isServed && management.key().isEmpty() && !isLoopback(management.host())) {
      LOG.warn(
          "OPEN: the ports listen on {} without TLS: anyone on the network can read the login. Set"
              + " management.key-store, or let only a proxy with TLS reach them",
          management.host());
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // said when the port is opened
    }
  }

  /**
   * Adds what the management port shows of an account's Camel, before there are routes.
   *
   * @param account empty: there are no accounts
   */
  MainListener beforeRoutes(String account) {
    return new MainListenerSupport() {
      @Override
      public void beforeConfigure(BaseMainSupport main) {
        if (management.port().isPresent()) {
          try {
            observed.add(account, main.getCamelContext());
          } catch (Exception e) {
            throw new IllegalStateException("the metrics can't be set up: " + Reasons.of(e), e);
          }
        }
      }
    };
  }

  /** Opens the management port when Camel is there and its routes do not run yet. */
  void openManagement(Access access) {
    if (management.port().isPresent()) {
      int port = management.port().getAsInt();
      try {
        server =
            ManagementServer.start(observed, management.host(), port, access, management.key());
      } catch (Exception e) {
        throw new Taken("management.port", management.host(), port, e);
      }
    }
  }

  /** Opens the console when everything that it shows is there. */
  void openConsole(Access access) {
    if (isConsoleOn()) {
      int port = management.consolePort().getAsInt();
      try {
        console = Console.start(management.host(), port, access, management.key());
      } catch (Exception e) {
        throw new Taken("console.port", management.host(), port, e);
      }
    }
  }

  private boolean isConsoleOn() {
    return management.consolePort().isPresent();
  }

  @Override
  public void close() {
    if (console != null) {
      console.close();
    }
    if (server != null) {
      server.close();
    }
    if (access != null) {
      access.close();
    }
  }
}
