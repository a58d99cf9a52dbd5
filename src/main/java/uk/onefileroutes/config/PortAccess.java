package uk.onefileroutes.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import uk.onefileroutes.tls.ServerKey;
import uk.onefileroutes.users.Users;

/**
 * Where it is looked at and told what to do.
 *
 * @param host the address of both ports
 * @param names by which they are reached besides
 * @param port of health, metrics and commands; empty: not served
 * @param consolePort of Hawtio; empty: not served
 * @param login the one for all of it, and others
 * @param key of both ports, for TLS; empty: not encrypted
 * @param hasOpenProbes whether live and ready say up or down to whoever has no login
 */
public record PortAccess(
    String host,
    List<String> names,
    OptionalInt port,
    OptionalInt consolePort,
    Login login,
    Optional<ServerKey> key,
    boolean hasOpenProbes) {
  /** Nothing is served. */
  public static final PortAccess OFF =
      new PortAccess(
          "127.0.0.1",
          List.of(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          new Login("admin", Optional.empty(), Optional.empty()),
          Optional.empty(),
          false);

  /**
   * Who may log in.
   *
   * @param password empty: one is generated into the data folder
   * @param users those with names of their own; empty: there are none, or this is a part that does
   *     not ask for them
   */
  public record Login(String user, Optional<String> password, Optional<Users> users) {
    /** Without the password. */
    @Override
    public String toString() {
      return user;
    }
  }

  PortAccess withUsers(Optional<Users> users) {
    return new PortAccess(
        host,
        names,
        port,
        consolePort,
        new Login(login.user(), login.password(), users),
        key,
        hasOpenProbes);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "%s:%s,%s".formatted(host, port, consolePort);
  }
}
