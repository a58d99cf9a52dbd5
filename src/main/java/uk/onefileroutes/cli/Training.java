package uk.onefileroutes.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import uk.onefileroutes.runtime.StartFailure;

/**
 * Loads the classes that an instance and its commands need, by doing once what they do: the demo's
 * file against the demo's simulator, with ports, and a {@code status}. A program of its own, for
 * {@code start.sh class-archive}; nothing leaves the machine.
 */
final class Training {
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
      demo.awaitDone(tally -> {});
      // as the command finds it, which does not read the demo's keys
      System.setProperty("management.port", management);
      String folder = demo.data().toString();
      return MainCommand.execute("--config", folder, "--data", folder, "status");
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
