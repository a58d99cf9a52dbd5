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
 * Stands before the server, carries every byte through, and knows which connection a call came on:
 * there things can be said that no HTTP server would let anybody say. Thread safe.
 */
final class Door implements AutoCloseable {
  private static final String NAME = "door";

  private final ServerSocket listening;
  private final InetSocketAddress server;
  private final Executor threads;
  // by the port that the server sees the call come from
  private final Map<Integer, Socket> callers = new ConcurrentHashMap<>();

  private Door(ServerSocket listening, InetSocketAddress server, Executor threads) {
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
  static Door open(InetSocketAddress at, int backlog, InetSocketAddress server, Executor threads)
      throws IOException {
    ServerSocket listening = new ServerSocket(at.getPort(), backlog, at.getAddress());
    Door door = new Door(listening, server, threads);
    threads.execute(door::accept);
    return door;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Lets the handler of these calls find this. */
  void leadsTo(HttpContext context) {
    context.getAttributes().put(NAME, this);
  }

  /**
   * The way back to whoever made this call, past the server; closed with the exchange.
   *
   * @throws IOException where the simulator has no door, or the caller has gone
   */
  static OutputStream wayBack(HttpExchange exchange) throws IOException {
    if (!(exchange.getHttpContext().getAttributes().get(NAME) instanceof Door door)) {
      throw new IOException("a simulator without a door answers nothing but HTTP");
    }
    Socket caller = door.callers.get(exchange.getRemoteAddress().getPort());
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
      callers.values().forEach(Door::cut);
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
