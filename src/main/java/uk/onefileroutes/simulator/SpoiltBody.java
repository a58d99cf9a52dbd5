package uk.onefileroutes.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Sends answers as no server should. What ends with an exception leaves the connection cut. */
final class SpoiltBody {
  private static final int BLOCK = 8 * 1024;
  private static final int BLOCKS_OF_A_BIG_ONE = 10 * 1024 * 1024 / BLOCK;
  private static final long UNPACKED_BOMB = 1L << 30;
  private static final Duration BETWEEN_DRIPS = Duration.ofMillis(100);

  private SpoiltBody() {}

  /**
   * Sends 200 in this way.
   *
   * @param fault a body without an end is cut when this is removed
   * @throws IOException on purpose where the connection has to be cut, or when the client has gone
   */
  static void send(HttpExchange exchange, Fault.Spoilt.Body body, ArmedFault fault)
      throws IOException {
    if (body.isRaw()) {
      RawAnswer.send(RawProxy.callerOutput(exchange), body, fault);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    if (body == Fault.Spoilt.Body.GZIP_BOMB || body == Fault.Spoilt.Body.DEFLATE_BOMB) {
      exchange.getResponseHeaders().set("Content-Encoding", encoding(body));
    }
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
      case GZIP_BOMB -> bomb(new GZIPOutputStream(out, BLOCK));
      case DEFLATE_BOMB -> bomb(new DeflaterOutputStream(out));
      default -> throw new IllegalArgumentException(body + " is no body");
    }
  }

  private static String encoding(Fault.Spoilt.Body bomb) {
    return bomb == Fault.Spoilt.Body.GZIP_BOMB ? "gzip" : "deflate";
  }

  private static void bomb(DeflaterOutputStream packed) throws IOException {
    try (packed) {
      byte[] block = block();
      for (long left = UNPACKED_BOMB; left > 0; left -= BLOCK) {
        packed.write(block);
      }
    }
  }

  /** What is told in Content-Length; 0: chunked. */
  private static long length(Fault.Spoilt.Body body) {
    return switch (body) {
      case TRUNCATED -> 1_000;
      case BIG -> (long) BLOCKS_OF_A_BIG_ONE * BLOCK;
      default -> 0;
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
