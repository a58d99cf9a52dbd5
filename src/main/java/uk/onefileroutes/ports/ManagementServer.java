package uk.onefileroutes.ports;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import uk.onefileroutes.management.Caller;
import uk.onefileroutes.tls.ServerKey;

/**
 * The management port: health, metrics, and the MBeans for page and commands, all under {@code
 * /observe}, and the page under {@code /status/}. Nothing answers without the login but {@link
 * OpenProbes} where these are wanted, not even a path that does not exist.
 */
public final class ManagementServer implements AutoCloseable {
  /** Where the MBeans are, for the commands. */
  public static final String MBEANS = "/observe/jolokia";

  /** Whether the process is alive; may be asked without the login, see {@link OpenProbes}. */
  public static final String LIVE = "/observe/health/live";

  /** Whether it can do its work; may be asked without the login, see {@link OpenProbes}. */
  public static final String READY = "/observe/health/ready";

  private final JettyServer server;

  private ManagementServer(JettyServer server) {
    this.server = server;
  }

  /** What it shows of Camel, of all accounts. */
  public static final class Observed {
    private final Map<String, CamelContext> contexts = new LinkedHashMap<>();
    private final MetricsPage metrics = new MetricsPage();

    /**
     * Adds the metrics to an account's Camel, which stops them. Comes before the routes: they are
     * counted from their start.
     *
     * @param account empty: there are no accounts
     * @throws Exception if Camel does not take them
     */
    public void add(String account, CamelContext camel) throws Exception {
      metrics.addTo(camel, account);
      contexts.put(account, camel);
    }
  }

  /**
   * Starts it; returns when it can be called.
   *
   * @param key for TLS; empty: not encrypted
   * @throws Exception above all if the port is taken; nothing is left running then
   */
  public static ManagementServer start(
      Observed observed, String host, int port, Access access, Optional<ServerKey> key)
      throws Exception {
    Map<String, Pages.Page> pages = new LinkedHashMap<>(StatusPage.pages());
    pages.putAll(HealthPage.pages(observed.contexts));
    pages.putAll(observed.metrics.pages());
    pages.putAll(PersonPage.pages());
    CallerFilter callers =
        new CallerFilter(
            request -> {
              Person person = Person.of(request).orElseThrow(); // nobody passes without a login
              return Caller.of(person.name(), person.rights(), request.getHeader(Caller.HEADER));
            });
    OpenProbes probes =
        access.hasOpenProbes() ? HealthPage.openProbes(observed.contexts) : OpenProbes.NONE;
    Handler all = new Handler.Sequence(new Pages(pages), new JolokiaHandler(MBEANS, callers));
    return new ManagementServer(
        JettyServer.start(
            "management",
            new JettyServer.Address(host, port, key),
            // who has not logged in gets one answer, whatever was asked for; after the login a
            // path is looked up as a whole, or refused by Jetty where a servlet would read it
            UriCompliance.UNSAFE,
            new ManagementGuard(access, probes, all)));
  }

  @Override
  public void close() {
    server.close();
  }
}
