package uk.onefileroutes.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * A far side that says yes to everything, as a process of its own: it costs less than the
 * simulator, and nothing of what is measured. Prints its base URL and ends with its input. Started
 * with {@value #NOTING}, it answers {@code GET /arrivals} by when calls arrived since it was last
 * asked, in ns, one a line.
 */
public final class FarSide {
  static final String BASE_PATH = "/api/v2.1";
  static final String ARRIVALS_PATH = "/arrivals";
  static final String NOTING = "pace";
  private static final int THREADS = 16;
  private static final byte[] SESSION = "s".repeat(300).getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ASSIGNED = "1".getBytes(StandardCharsets.US_ASCII);

  private static final Queue<Long> ARRIVALS = new ConcurrentLinkedQueue<>();

  private FarSide() {}

  public static void main(String[] arguments) throws IOException {
    // else head and body of an answer wait for each other, 40 ms a call
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    boolean isNoting = arguments[0].equals(NOTING);
    server.createContext(BASE_PATH + "/Authentication", answering(SESSION, isNoting));
    server.createContext(BASE_PATH + "/User", answering(ASSIGNED, isNoting));
    server.createContext(ARRIVALS_PATH, call -> answer(call, arrivals()));
    server.start();
    System.out.println("http://127.0.0.1:" + server.getAddress().getPort() + BASE_PATH);
    while (System.in.read() >= 0) {} // until who started it ends, or closes it
    System.exit(0);
  }

  private static HttpHandler answering(byte[] body, boolean isNoting) {
    return call -> {
      if (isNoting) {
        ARRIVALS.add(System.nanoTime());
      }
      answer(call, body);
    };
  }

  private static byte[] arrivals() {
    StringBuilder lines = new StringBuilder();
    for (Long at = ARRIVALS.poll(); at != null; at = ARRIVALS.poll()) {
      lines.append(at).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void answer(HttpExchange call, byte[] body) throws IOException {
    try (call) {
      call.getRequestBody().readAllBytes();
      call.getResponseHeaders().set("Content-Type", "application/json");
      call.sendResponseHeaders(200, body.length);
      call.getResponseBody().write(body);
    }
  }
}
