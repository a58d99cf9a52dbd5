package uk.onefileroutes.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.runtime.Instance;
import uk.onefileroutes.shown.Causes;

/**
 * Ends the process on SIGTERM and Ctrl+C with exit code 0. The JVM alone would end with 143 or 130,
 * which service managers take for a failure.
 */
final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
  private static final long START_SECONDS = 20;
  // more than calls in flight get, less than service managers wait
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(27);

  private final CompletableFuture<Optional<Instance>> started = new CompletableFuture<>();

  private Shutdown() {}

  /**
   * From now on a signal closes the instance first. Comes before the start: a signal in the middle
   * of it waits until there is something to close.
   */
  static Shutdown prepared() {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::end, "shutdown"));
    return shutdown;
  }

  /** The start ended well. */
  void started(Instance instance) {
    started.complete(Optional.of(instance));
  }

  /** There is nothing to close; the process ends with an exit code of its own. */
  void notStarted() {
    started.complete(Optional.empty());
  }

  private void end() {
    boolean isSignal = !started.isDone() || started.join().isPresent();
    if (isSignal) {
      closeAndHalt();
    }
  }

  private void closeAndHalt() {
    int exitCode = ExitCode.DONE;
    try {
      LOG.info("Stopping");
      Optional<Instance> instance = started.get(START_SECONDS, TimeUnit.SECONDS);
      if (instance.isEmpty() || isClosed(instance.get())) {
        LOG.info("Stopped");
      } else {
        exitCode = ExitCode.ENVIRONMENT;
      }
    } catch (TimeoutException e) {
      // still starting: nothing was taken in, nothing is on its way
      LOG.warn("Stopped while starting");
    } catch (InterruptedException | ExecutionException | RuntimeException e) {
      LOG.error("Stopped, but not in order: {}", Causes.words(e));
      exitCode = ExitCode.ENVIRONMENT;
    } finally {
      LogManager.shutdown();
      Runtime.getRuntime().halt(exitCode);
    }
  }

  /**
   * Closes it. What hangs is left behind after a while, and said: to end then is no worse than
   * {@code kill -9}, from which the next start recovers.
   */
  private static boolean isClosed(Instance instance)
      throws InterruptedException, ExecutionException {
    FutureTask<Void> closed = new FutureTask<>(instance::close, null);
    Thread closing = new Thread(closed, "closing");
    closing.start();
    try {
      closed.get(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      String where =
          Arrays.stream(closing.getStackTrace())
              .limit(12)
              .map(StackTraceElement::toString)
              .collect(Collectors.joining(" < "));
      LOG.error(
          "Stopped, but not in order: not within {} s, still at {}",
          CLOSE_TIMEOUT.toSeconds(),
          where);
      return false;
    }
  }
}
