package uk.onefileroutes.simulator;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Onefile for tests: an HTTP server on 127.0.0.1 that behaves as Onefile is documented to, and
 * worse on request.
 *
 * <p>Strict: what Onefile is not known to accept is refused. A call is judged in this order: rate
 * (429), faults, session (401), path (404), method (405), query (400), size (413), body (400). All
 * methods are thread safe.
 */
public final class Simulator implements AutoCloseable {
  /** Where the API lies on the server. */
  public static final String BASE_PATH = "/api/v2.1";

  private static final int BACKLOG = 1_024;

  static {
    // The JDK's server reads these once, when its classes load. Without nodelay Nagle's algorithm
    // and delayed acknowledgement hold each answer with a body back for 40 ms. By default it closes
    // idle connections beyond 200, or after 30 s, which a large or slow client sees as a reset.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet("sun.net.httpserver.maxIdleConnections", "4096");
    setUnlessSet("sun.net.httpserver.idleInterval", "300");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Tokens tokens;
  private final Assignments assignments;
  private final Faults faults = new Faults();
  private final CallLog log;
  private final @Nullable RawProxy proxy;

  private Simulator(
      SimulatorOptions options,
      HttpServer server,
      @Nullable RawProxy proxy,
      ExecutorService threads) {
    this.server = server;
    this.proxy = proxy;
    this.threads = threads;
    this.tokens = new Tokens(options.time(), options.access().tokenLifetime());
    this.assignments = new Assignments(options.assigning(), options.variants(), options.people());
    this.log = new CallLog(options.time(), options.limits().rememberedCalls());
  }

  /**
   * Starts one; several may run in one process.
   *
   * @throws IOException where the port is taken
   */
  public static Simulator start(SimulatorOptions options) throws IOException {
    return start(options, false);
  }

  /**
   * As {@link #start(SimulatorOptions)}, and able to answer what is no HTTP. That costs some speed:
   * each byte is carried once more.
   */
  public static Simulator startHostile(SimulatorOptions options) throws IOException {
    return start(options, true);
  }

  private static Simulator start(SimulatorOptions options, boolean isRaw) throws IOException {
    InetSocketAddress asked = new InetSocketAddress(RawProxy.loopback(), options.port());
    HttpServer server =
        HttpServer.create(isRaw ? new InetSocketAddress(RawProxy.loopback(), 0) : asked, BACKLOG);
    // A thread for each call in flight, so that hanging calls hold nobody else up; the number of
    // connections bounds them.
    AtomicInteger count = new AtomicInteger();
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "simulator-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    RawProxy proxy = isRaw ? RawProxy.open(asked, BACKLOG, server.getAddress(), threads) : null;
    Simulator simulator = new Simulator(options, server, proxy, threads);
    simulator.open(options);
    return simulator;
  }

  /** The port that it listens on. */
  public int port() {
    return proxy == null ? server.getAddress().getPort() : proxy.port();
  }

  /** The base URL of the API, without a slash at the end. */
  public String baseUrl() {
    return "http://127.0.0.1:" + port() + BASE_PATH;
  }

  /** What goes wrong from now on. */
  public Faults faults() {
    return faults;
  }

  /** The remembered calls in order of arrival, those in flight too; a copy. */
  public List<Call> calls() {
    return log.after(0);
  }

  /** As {@link #calls()}, only those with a higher number. */
  public List<Call> calls(long since) {
    return log.after(since);
  }

  /** Empties the log; numbers, rate and assignments stay. */
  public void forgetCalls() {
    log.forget();
  }

  /** What is assigned now; a copy. */
  public State state() {
    return assignments.state();
  }

  /** Makes all sessions invalid now, as a restart of Onefile may do. */
  public void killTokens() {
    tokens.killAll();
  }

  /** Cuts all connections and frees the port. Calls in flight are logged as cut. May run twice. */
  @Override
  public void close() {
    if (proxy != null) {
      proxy.close();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  private void open(SimulatorOptions options) {
    Variants.Pages pages = options.variants().pages();
    Search search = new Search(options.people(), assignments, pages);
    LearnerSearch learnerSearch =
        new LearnerSearch(
            options.people(), assignments, pages, options.variants().aimsNameAssignees());
    Api api = new Api(options.access(), tokens, assignments, search, learnerSearch);
    RateLimiter rate = new RateLimiter(options.limits().callsPerMinute());
    HttpContext calls = server.createContext("/", new CallHandler(log, rate, options, faults, api));
    if (proxy != null) {
      proxy.registerWith(calls);
    }
    Inspection inspection = new Inspection(this);
    server.createContext("/__state", inspection);
    server.createContext("/__calls", inspection);
    server.setExecutor(threads);
    server.start();
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
