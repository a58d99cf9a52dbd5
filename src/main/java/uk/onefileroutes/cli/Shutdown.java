package uk.onefileroutes.cli;

import org.apache.logging.log4j.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.operate.Instance;

/**
 * Ends the process on SIGTERM and Ctrl+C with exit code 0. The JVM alone would end with 143 or 130,
 * which service managers take for a failure.
 */
final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private Shutdown() {}

  /** From now on a signal closes the instance first. */
  static void with(Instance instance) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAndHalt(instance), "shutdown"));
  }

  private static void closeAndHalt(Instance instance) {
    int exitCode = ExitCode.DONE;
    try {
      LOG.info("Stopping");
      instance.close();
      LOG.info("Stopped");
    } catch (RuntimeException e) {
      LOG.error("Stopped, but not in order: {}", e.toString());
      exitCode = ExitCode.ENVIRONMENT;
    } finally {
      LogManager.shutdown();
      Runtime.getRuntime().halt(exitCode);
    }
  }
}
