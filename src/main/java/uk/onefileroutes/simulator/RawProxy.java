package uk.onefileroutes.simulator;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * A TCP proxy before the server that knows which connection a call came on, so that answers can be
 * written there which no HTTP server would send. Thread safe.
 */
final class RawProxy implements AutoCloseable {
  private static final String ATTRIBUTE = "proxy";

  private final ServerSocket listening;
  private final InetSocketAddress server;
  private final Executor threads;
  // by the port that the server sees the call come from
  private final Map<Integer, Socket> callers = new ConcurrentHashMap<>();

  private RawProxy(ServerSocket listening, InetSocketAddress server, Executor threads) {
    this.listening = listening;
    this.server = server;
    this.threads = threads;
  }

  /**
   * Opens one.
   *
   * @param at where to listen
   * @throws IOException where the port is taken
   */
  static RawProxy open(
      InetSocketAddress at, int backlog, InetSocketAddress server, Executor threads)
      throws IOException {
    ServerSocket listening = new ServerSocket(at.getPort(), backlog, at.getAddress());
    RawProxy proxy = new RawProxy(listening, server, threads);
    threads.execute(proxy::accept);
    return proxy;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The handler of these calls finds this proxy. */
  void registerWith(HttpContext context) {
    context.getAttributes().put(ATTRIBUTE, this);
  }

  /**
   * The output to the caller of this exchange, past the server; closed with the exchange.
   *
   * @throws IOException where the simulator has no proxy, or the caller has gone
   */
  static OutputStream callerOutput(HttpExchange exchange) throws IOException {
    if (!(exchange.getHttpContext().getAttributes().get(ATTRIBUTE) instanceof RawProxy proxy)) {
      throw new IOException("a simulator without a raw proxy can only answer HTTP");
    }
    Socket caller = proxy.callers.get(exchange.getRemoteAddress().getPort());
    if (caller == null) {
      throw new IOException("the caller has gone");
    }
    return caller.getOutputStream();
  }

  private void accept() {
    try {
      while (true) {
        Socket caller = listening.accept();
        Socket inside = new Socket(server.getAddress(), server.getPort());
        caller.setTcpNoDelay(true);
        inside.setTcpNoDelay(true);
        callers.put(inside.getLocalPort(), caller);
        threads.execute(() -> carry(caller, inside, inside));
        threads.execute(() -> carry(inside, caller, inside));
      }
    } catch (IOException closed) {
      callers.values().forEach(RawProxy::cut);
    }
  }

  private void carry(Socket from, Socket to, Socket inside) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // nothing more to carry
    } finally {
      callers.remove(inside.getLocalPort());
      cut(from);
      cut(to);
    }
  }

  private static void cut(Closeable socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // so it is closed
    }
  }

  static InetAddress loopback() throws IOException {
    // in numbers: "localhost" may be IPv6, and must never be anything but the loopback
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  @Override
  public void close() {
    cut(listening);
  }
}
