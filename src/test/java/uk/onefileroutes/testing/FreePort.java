package uk.onefileroutes.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback for servers that are told their port. They are below those that systems
 * give away by themselves, each fork of a build has others, and none is given twice in a row: so
 * nobody else takes one before its server does.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int PROCESSES = 8;
  private static final int EACH = 1500;
  private static final int OURS = FIRST + Integer.getInteger("fork", 0) % PROCESSES * EACH;
  private static final AtomicInteger NEXT = new AtomicInteger();

  private FreePort() {}

  /** The next one that nobody listens on. */
  public static int find() {
    while (true) {
      int port = OURS + Math.floorMod(NEXT.getAndIncrement(), EACH);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // the next one then
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
