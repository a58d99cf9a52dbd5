package uk.onefileroutes.cli;

import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.onefileroutes.management.DeliveryControl;
import uk.onefileroutes.management.Status;

/** {@code status}: files with their progress, what is left, how fast it goes and why. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows pace, backlog, feeds and files: all that need something yet, and the newest others.",
      "Ends with 0 where an instance answers, with 3 where none runs."
    })
final class StatusCommand extends OperationsCommand {
  private static final int LOOK_EVERY_SECONDS = 2;
  private static final String CLEAR = "\u001b[H\u001b[2J";

  @Option(names = "--watch", description = "Shows it anew every two seconds, until Ctrl+C.")
  private boolean watch;

  @Option(names = "--json", description = "As JSON, for scripts.")
  private boolean json;

  @Override
  int ask(Operations operations) throws CommandFailure {
    Status status = operations.status();
    show(status);
    while (watch) {
      try {
        boolean unused = new CountDownLatch(1).await(LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExitCode.DONE;
      }
      status = operations.status();
      show(status);
    }
    return status.isRunning() ? ExitCode.DONE : ExitCode.ENVIRONMENT;
  }

  private void show(Status status) {
    if (json) {
      out.println(DeliveryControl.json(status));
      return;
    }
    if (watch && Terminal.isThere()) {
      out.print(CLEAR);
    }
    out.print(new StatusText(ZoneId.systemDefault()).of(status));
  }
}
