package uk.onefileroutes.cli;

import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.onefileroutes.management.Histories.FileDetails;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.management.Status;

/** {@code status}: files with their progress, what is left, how fast it goes and why. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows pace, backlog, feeds and files: all that need something yet, and the newest others.",
      "With FILE: that file, and its first assignments that need a person, each with what was tried.",
      "Ends with 0 where an instance answers, with 3 where none runs."
    })
final class StatusCommand extends OperationsCommand {
  private static final Duration ASK_EVERY = Duration.ofSeconds(2);
  private static final String CLEAR = "\u001b[H\u001b[2J";

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Only this one; its number or name.")
  private @Nullable String file;

  @Option(names = "--watch", description = "Shows it again every two seconds, until Ctrl+C.")
  private boolean watch;

  @Override
  @Nullable String fileMeant() {
    return file;
  }

  @Override
  Answer askAll(Map<String, Operations> accounts) throws Refused, InterruptedException {
    return watched(() -> status(accounts));
  }

  /** One after the other; as JSON a member for each. */
  private Answer status(Map<String, Operations> accounts) throws Refused {
    Map<String, Status> all = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder(clear());
    for (Map.Entry<String, Operations> account : accounts.entrySet()) {
      Status status = account.getValue().status();
      all.put(account.getKey(), status);
      text.append(
              "%s%-9s %s%n"
                  .formatted(all.size() == 1 ? "" : "%n".formatted(), "Account", account.getKey()))
          .append(new StatusText(ZoneId.systemDefault()).of(status));
    }
    boolean isRunning = all.values().stream().allMatch(status -> status.delivery().isRunning());
    return new Answer(all, text.toString(), isRunning ? ExitCode.DONE : ExitCode.ENVIRONMENT);
  }

  private String clear() {
    return watch && Terminal.exists() ? CLEAR : "";
  }

  @Override
  Answer ask(Operations operations) throws Refused, InterruptedException {
    if (file != null) {
      return details(operations, file);
    }
    return watched(() -> status(operations));
  }

  private interface Asking {
    Answer ask() throws Refused;
  }

  /** Once, or again and again where it was asked to watch. */
  private Answer watched(Asking status) throws Refused, InterruptedException {
    Answer answer = status.ask();
    while (watch) {
      output().show(answer);
      waitFor(ASK_EVERY);
      answer = status.ask();
    }
    return answer;
  }

  private Answer details(Operations operations, String name) throws Refused {
    if (watch) {
      throw new Refused(Code.USAGE, "--watch is for all files, not for one.");
    }
    FileDetails details = operations.details(name);
    return new Answer(details, new DetailsText(ZoneId.systemDefault()).of(details), ExitCode.DONE);
  }

  private Answer status(Operations operations) throws Refused {
    Status status = operations.status();
    return new Answer(
        status,
        clear() + new StatusText(ZoneId.systemDefault()).of(status),
        status.delivery().isRunning() ? ExitCode.DONE : ExitCode.ENVIRONMENT);
  }
}
