package uk.onefileroutes.simulator;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Says on a connection what no HTTP server would say. What ends with an exception leaves the
 * connection cut.
 */
final class RawAnswer {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String HEADER = "X-And-So-On: and so on\r\n";
  private static final Duration BETWEEN_BYTES = Duration.ofMillis(200);
  private static final int AT_ONCE = 300;

  private RawAnswer() {}

  /**
   * Sends an answer without an end.
   *
   * @param fault it is cut when this is removed
   * @throws IOException on purpose where the connection has to be cut, or when the client has gone
   */
  static void send(OutputStream out, Fault.Spoilt.Body what, ArmedFault fault) throws IOException {
    switch (what) {
      case ENDLESS_HEADERS -> endless(out, OK, HEADER, fault);
      case ENDLESS_HEADER_LINE -> endless(out, OK + "X-Long: ", "and so on, ", fault);
      case ENDLESS_STATUS_LINE -> endless(out, "HTTP/1.1 200 OK ", "and so on, ", fault);
      case ENDLESS_TRAILERS ->
          endless(out, OK + "Transfer-Encoding: chunked\r\n\r\n1\r\n1\r\n0\r\n", HEADER, fault);
      case ENDLESS_INTERIM -> endless(out, "", "HTTP/1.1 103 Early Hints\r\n\r\n", fault);
      case DRIPPING_HEAD -> drip(out, fault);
      default -> throw new IllegalArgumentException(what + " is HTTP");
    }
  }

  /** Sends an answer with exactly these headers, {@code Date} among them. */
  static void send(OutputStream out, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " \r\n");
    reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (reply.contentType() != null) {
      head.append("Content-Type: " + reply.contentType() + "\r\n");
    }
    head.append("Content-Length: " + body.length + "\r\nConnection: close\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }

  private static void endless(OutputStream out, String begin, String again, ArmedFault fault)
      throws IOException {
    out.write(begin.getBytes(StandardCharsets.US_ASCII));
    byte[] some = again.repeat(AT_ONCE).getBytes(StandardCharsets.US_ASCII);
    while (!fault.isRemoved()) {
      out.write(some);
    }
    throw new IOException("cut because the fault was removed");
  }

  private static void drip(OutputStream out, ArmedFault fault) throws IOException {
    out.write("HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII));
    try {
      while (!fault.isRemovedWithin(BETWEEN_BYTES)) {
        out.write('1');
        out.flush();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("cut because the simulator closes");
    }
    throw new IOException("cut because the fault was removed");
  }
}
