package uk.onefileroutes.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Sends bodies as no server should. What ends with an exception leaves the connection cut. */
final class SpoiltBody {
  private static final int BLOCK = 8 * 1024;
  private static final int BLOCKS_OF_A_BIG_ONE = 10 * 1024 * 1024 / BLOCK;
  private static final Duration BETWEEN_DRIPS = Duration.ofMillis(100);

  private SpoiltBody() {}

  /**
   * Sends 200 and such a body.
   *
   * @param fault a body without an end is cut when this is removed
   * @throws IOException on purpose where the connection has to be cut, or when the client has gone
   */
  static void send(HttpExchange exchange, Fault.Spoilt.Body body, ArmedFault fault)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(200, length(body));
    OutputStream out = exchange.getResponseBody();
    switch (body) {
      case TRUNCATED, CHUNKS_CUT -> {
        write(out, "12");
        throw new IOException("cut on purpose");
      }
      case CHUNKED -> {
        write(out, "12");
        write(out, "345");
        out.close();
      }
      case BIG -> {
        for (int i = 0; i < BLOCKS_OF_A_BIG_ONE; i++) {
          out.write(block());
        }
        out.close();
      }
      case ENDLESS -> {
        while (!fault.isRemoved()) {
          out.write(block());
        }
        throw new IOException("cut because the fault was removed");
      }
      case DRIPPING -> drip(out, fault);
    }
  }

  /** What is told in Content-Length; 0: chunked. */
  private static long length(Fault.Spoilt.Body body) {
    return switch (body) {
      case TRUNCATED -> 1_000;
      case BIG -> (long) BLOCKS_OF_A_BIG_ONE * BLOCK;
      case CHUNKED, CHUNKS_CUT, ENDLESS, DRIPPING -> 0;
    };
  }

  private static void drip(OutputStream out, ArmedFault fault) throws IOException {
    try {
      do {
        write(out, "1");
      } while (!fault.isRemovedWithin(BETWEEN_DRIPS));
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("cut because the simulator closes");
    }
    throw new IOException("cut because the fault was removed");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static byte[] block() {
    byte[] digits = new byte[BLOCK];
    Arrays.fill(digits, (byte) '1');
    return digits;
  }
}
