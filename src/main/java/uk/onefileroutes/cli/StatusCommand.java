package uk.onefileroutes.cli;

import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.onefileroutes.management.DeliveryControl;
import uk.onefileroutes.management.Status;

/** {@code status}: files with their progress, what is left, how fast it goes and why. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows pace, backlog, feeds and files: all that need something yet, and the newest others.",
      "With FILE: that file, and its first rows that need a person, each with what was tried.",
      "Ends with 0 where an instance answers, with 3 where none runs."
    })
final class StatusCommand extends OperationsCommand {
  private static final int LOOK_EVERY_SECONDS = 2;
  private static final String CLEAR = "\u001b[H\u001b[2J";

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Only this one; its number or name.")
  private @Nullable String file;

  @Option(names = "--watch", description = "Shows it anew every two seconds, until Ctrl+C.")
  private boolean watch;

  @Option(names = "--json", description = "As JSON, for scripts.")
  private boolean json;

  @Override
  int ask(Operations operations) throws CommandFailure {
    if (file != null) {
      return details(operations, file);
    }
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

  private int details(Operations operations, String name) throws CommandFailure {
    if (watch) {
      throw new CommandFailure(ExitCode.CONFIGURATION, "--watch is for all files, not for one.");
    }
    String details = operations.details(name);
    out.println(json ? details : new DetailsText(ZoneId.systemDefault()).of(details));
    return ExitCode.DONE;
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
