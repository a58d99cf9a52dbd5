package uk.onefileroutes.ports;

import java.util.Optional;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.tls.ServerKey;

/**
 * The HTTP server of one port: its limits, its TLS, the headers of all its answers. What it serves
 * is its handler's.
 */
final class JettyServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JettyServer.class);
  private static final int MAX_THREADS = 16;
  private static final int IDLE_MS = 30_000;

  private final String name;
  private final Server server;

  private JettyServer(String name, Server server) {
    this.name = name;
    this.server = server;
  }

  /**
   * Where it listens.
   *
   * @param key for TLS; empty: not encrypted
   */
  record Address(String host, int port, Optional<ServerKey> key) {}

  /**
   * Starts one; returns when it can be called.
   *
   * @param name of its threads and in the log
   * @param uris which paths are refused before the handler sees them
   * @throws Exception above all if the port is taken; nothing is left running then
   */
  static JettyServer start(String name, Address address, UriCompliance uris, Handler handler)
      throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 2, IDLE_MS);
    threads.setName(name);
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUriCompliance(uris);
    http.addCustomizer(
        (request, headers) -> {
          SafeHeaders.ALL.forEach(headers::put);
          return request;
        });
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        address
            .key()
            .map(key -> new ServerConnector(server, 1, 1, encrypted(key, http), plain))
            .orElseGet(() -> new ServerConnector(server, 1, 1, plain));
    connector.setHost(address.host());
    connector.setPort(address.port());
    connector.setIdleTimeout(IDLE_MS);
    JettyConnections connections = new JettyConnections(name, handler);
    connector.addBean(connections, false);
    server.addConnector(connector);
    server.setHandler(connections);
    server.setErrorHandler(new PlainErrors());
    try {
      server.start();
    } catch (Exception e) {
      server.stop();
      throw e;
    }
    return new JettyServer(name, server);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("The server of the {} did not stop cleanly: {}", name, Causes.words(e));
    }
  }

  private static SslConnectionFactory encrypted(ServerKey key, HttpConfiguration http) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(key.store());
    tls.setKeyStorePassword(key.password());
    tls.setIncludeProtocols(ServerKey.versions().toArray(String[]::new));
    // whether the certificate names this host is the browser's to judge
    http.addCustomizer(new SecureRequestCustomizer(false));
    return new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString());
  }
}
