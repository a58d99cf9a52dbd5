package uk.onefileroutes.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between the bundle and the far side, and breaks connections as networks do. */
final class Relay implements AutoCloseable {
  /** What happens to the next bytes on their way. */
  enum Break {
    NOTHING,
    /** The request is swallowed and the connection reset. */
    RESET_BEFORE,
    /** The request arrives, and the connection is reset in the place of the answer. */
    RESET_AFTER
  }

  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Break> next = new AtomicReference<>(Break.NOTHING);
  private ServerSocket server;

  /**
   * @param target a port of the loopback
   */
  Relay(int target) throws IOException {
    this.target = target;
    this.server = listen(0);
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/api/v2.1";
  }

  void breakNext(Break what) {
    next.set(what);
  }

  boolean hasBroken() {
    return next.get() == Break.NOTHING;
  }

  /** As a server does that is tired of idle connections: without a word. */
  void closeConnections() {
    clients.forEach(Relay::close);
    clients.clear();
  }

  /** Nobody listens any more. */
  void goAway() throws IOException {
    server.close();
    closeConnections();
  }

  /** Somebody listens again, on the same port. */
  void comeBack() throws IOException {
    server = listen(server.getLocalPort());
  }

  private ServerSocket listen(int port) throws IOException {
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    opened.bind(new InetSocketAddress(loopback(), port));
    threads.execute(() -> accept(opened));
    return opened;
  }

  private void accept(ServerSocket from) {
    try {
      while (true) {
        Socket client = from.accept();
        Socket farSide = new Socket(loopback(), target);
        clients.add(client);
        threads.execute(() -> copy(client, farSide, client, Break.RESET_BEFORE));
        threads.execute(() -> copy(farSide, client, client, Break.RESET_AFTER));
      }
    } catch (IOException closed) {
      close(from);
    }
  }

  private void copy(Socket from, Socket to, Socket client, Break whenAsked) {
    byte[] buffer = new byte[8 * 1024];
    try (from;
        to) {
      int length = from.getInputStream().read(buffer);
      while (length > 0) {
        if (next.compareAndSet(whenAsked, Break.NOTHING)) {
          client.setSoLinger(true, 0); // closing it is a reset then
          client.close();
          return;
        }
        to.getOutputStream().write(buffer, 0, length);
        length = from.getInputStream().read(buffer);
      }
    } catch (IOException closed) {
      clients.remove(client);
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static void close(AutoCloseable what) {
    try {
      what.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    goAway();
    threads.shutdownNow();
  }
}
