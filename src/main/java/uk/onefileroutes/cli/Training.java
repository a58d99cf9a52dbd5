package uk.onefileroutes.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import uk.onefileroutes.runtime.StartFailure;

/**
 * Loads the classes that an instance and its commands need, by doing once what they do: the demo's
 * file against the demo's simulator, with ports, and a {@code status}. A program of its own, for
 * {@code start.sh class-archive}; nothing leaves the machine.
 */
final class Training {
  private static final long TIMEOUT_MS = 120_000;
  private static final int ASK_EVERY_MS = 50;

  private Training() {}

  /**
   * Ends with 0 where all went well.
   *
   * @param arguments the folder of the routes
   */
  public static void main(String[] arguments) throws Exception {
    Logging.onlyWarnings();
    System.exit(train(Path.of(arguments[0])));
  }

  private static int train(Path routes) throws IOException, StartFailure, InterruptedException {
    String management = freePort();
    try (Demo demo =
        Demo.start(routes, Map.of("management.port", management, "console.port", freePort()))) {
      demo.dropSample();
      await(demo);
      // as the command finds it, which does not read the demo's keys
      System.setProperty("management.port", management);
      String folder = demo.data().toString();
      return MainCommand.execute("--config", folder, "--data", folder, "status");
    }
  }

  private static void await(Demo demo) throws InterruptedException, IOException {
    long deadline = System.nanoTime() + TIMEOUT_MS * 1_000_000;
    CountDownLatch never = new CountDownLatch(1);
    while (!demo.isDone()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("not done after two minutes");
      }
      boolean unused = never.await(ASK_EVERY_MS, TimeUnit.MILLISECONDS);
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
