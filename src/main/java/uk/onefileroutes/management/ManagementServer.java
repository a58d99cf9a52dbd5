package uk.onefileroutes.management;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.web.handler.AuthenticationHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.prometheus.MicrometerPrometheus;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig.AuthenticationConfigEntry;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig.AuthenticationHandlerFactory;
import uk.onefileroutes.tls.ServerKey;

/**
 * Camel's management server with our login: health, metrics, and the MBeans for page and commands,
 * all under {@code /observe}, and the page under {@code /status/}. Nothing answers without the
 * login, not even a path that does not exist.
 */
public final class ManagementServer {
  /** Where the MBeans are, for the commands. */
  public static final String MBEANS = "/observe/jolokia";

  private ManagementServer() {}

  /**
   * Adds the server, and the metrics that it serves, to Camel, which stops them. Comes before the
   * routes: they are counted from their start.
   *
   * @param key for TLS; empty: not encrypted
   * @throws Exception above all if the port is taken
   */
  public static void addTo(
      CamelContext camel, String host, int port, Access access, Optional<ServerKey> key)
      throws Exception {
    tryPort(host, port);
    // without it the server of Camel's server makes Java 24 and newer warn at each start
    System.setProperty("io.netty.noUnsafe", "true");
    VertxGuard guard = new VertxGuard(access);
    BoundedVertx vertx = new BoundedVertx(guard);
    camel.getRegistry().bind("management-vertx", vertx); // where Camel's server looks for it
    ManagementHttpServer server = new WithPage();
    server.setCamelContext(camel);
    server.setHost(host);
    server.setPort(port);
    // with any other path Camel's login guards nothing (CVE-2026-40022)
    server.setPath("/");
    server.setHealthCheckEnabled(true);
    server.setHealthPath("/observe/health");
    server.setJolokiaEnabled(true);
    server.setJolokiaPath(MBEANS);
    server.setMetricsEnabled(true);
    server.setUseGlobalSslContextParameters(false);
    key.ifPresent(own -> server.getConfiguration().setSslContextParameters(own.parameters()));
    AuthenticationConfig authentication = server.getConfiguration().getAuthenticationConfig();
    authentication.getEntries().add(entry(guard));
    authentication.setEnabled(true);
    camel.addService(server, true, true);

    MicrometerPrometheus metrics = new MicrometerPrometheus();
    metrics.setPath("/observe/metrics");
    metrics.setBinders("jvm-memory,jvm-gc,jvm-thread,processor,uptime,file-descriptor");
    metrics.setEnableExchangeEventNotifier(false); // one timer a route is enough
    camel.addService(metrics, true, true);
  }

  /** Its router is there only once it has started, which is later than when it is added. */
  private static final class WithPage extends ManagementHttpServer {
    @Override
    protected void doStart() throws Exception {
      super.doStart();
      StatusPage.addTo(getRouter());
    }
  }

  /** Camel only logs that a port is taken, and goes on without its server. */
  private static void tryPort(String host, int port) throws IOException {
    new ServerSocket(port, 1, InetAddress.getByName(host)).close();
  }

  private static AuthenticationConfigEntry entry(VertxGuard guard) {
    AuthenticationConfigEntry entry = new AuthenticationConfigEntry();
    entry.setPath("/*");
    entry.setAuthenticationProviderFactory(unused -> new NoProvider());
    entry.setAuthenticationHandlerFactory(new Guards(guard));
    return entry;
  }

  private record Guards(VertxGuard guard) implements AuthenticationHandlerFactory {
    @Override
    public <T extends AuthenticationProvider> AuthenticationHandler createAuthenticationHandler(
        T provider) {
      return guard;
    }
  }

  /** Must be there; our guard looks at logins itself. */
  private static final class NoProvider implements AuthenticationProvider {
    @Override
    @SuppressWarnings("deprecation") // the one that must be there
    public void authenticate(JsonObject given, Handler<AsyncResult<User>> answer) {
      answer.handle(Future.failedFuture("not asked"));
    }
  }
}
