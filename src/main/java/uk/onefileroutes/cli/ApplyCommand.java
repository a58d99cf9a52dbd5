package uk.onefileroutes.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.management.AppliedNow;
import uk.onefileroutes.management.Histories.RowNow;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.management.WantedAssignment;

/** {@code apply}: one assignment now, and what came of it. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Makes one assignment now, as a file of one row of the feed apply would: by the same routes,",
      "ledger, pace and results. Prints each step, and waits for the answer. Needs a running",
      "instance, which goes on with it if you leave with Ctrl+C.",
      "Ends with 0 where it is sent or unchanged, with 1 where it is invalid, refused or given up,",
      "with 3 where no answer came in time."
    })
final class ApplyCommand extends OperationsCommand {
  private static final Duration ASK_EVERY = Duration.ofMillis(500);
  private static final Set<RowState> GOOD = Set.of(RowState.SENT, RowState.UNCHANGED);
  private static final Set<String> ENDED = Set.of("held", "refused", "cancelled");

  @Option(
      names = "--learner",
      paramLabel = "N",
      required = true,
      description = "The learner: a Onefile id, or misid:VALUE, or email:VALUE.")
  private String learner = "";

  @Option(
      names = "--role",
      paramLabel = "R",
      required = true,
      description = "assessor, iqa, employer or observer, or a synonym.")
  private String role = "";

  @Option(
      names = "--kind",
      paramLabel = "K",
      required = true,
      description = "default, learning-aim, unit-summary or additional, or 3, 2, 1.")
  private String kind = "";

  @Option(
      names = "--assignee",
      paramLabel = "M",
      required = true,
      description = "Who is to be assigned, as --learner.")
  private String assignee = "";

  @Option(
      names = "--standard",
      paramLabel = "S",
      description = "For level 3: the id of the standard, or title:TITLE.")
  private @Nullable String standard;

  @Option(
      names = "--unit",
      paramLabel = "U",
      description = "For level 2: the id of the unit, or title:TITLE.")
  private @Nullable String unit;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "How long to wait for the answer; 120 without it, at most 86400.")
  private int waitSeconds;

  @Override
  Answer ask(Operations operations) throws Refused, InterruptedException {
    if (waitSeconds < 0 || waitSeconds > 86_400) {
      throw new Refused(new Refusal(Code.USAGE, "--wait is a number of seconds up to 86400."));
    }
    WantedAssignment wanted = new WantedAssignment(learner, role, kind, assignee, standard, unit);
    PrintStream err = output().err();
    Operations.Applied begun = operations.apply(wanted);
    err.println(begun.message());
    String file = Long.toString(begun.file());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
    AppliedNow now = operations.applied(file);
    String said = "";
    while (!isEnded(now) && System.nanoTime() < until) {
      String waits = ApplyText.waits(now);
      if (!waits.isEmpty() && !waits.equals(said)) {
        err.println("Waits: " + waits);
        said = waits;
      }
      waitFor(ASK_EVERY);
      now = operations.applied(file);
    }
    return new Answer(now, ApplyText.of(wanted, now), exitCode(now));
  }

  private static boolean isEnded(AppliedNow now) {
    return ENDED.contains(now.file().stand().state())
        || (now.row() != null && state(now.row()).isFinal());
  }

  private static int exitCode(AppliedNow now) {
    if (!isEnded(now)) {
      return ExitCode.ENVIRONMENT;
    }
    return now.row() != null && GOOD.contains(state(now.row()))
        ? ExitCode.DONE
        : ExitCode.FAULTS_IN_DATA;
  }

  private static RowState state(RowNow row) {
    return RowState.of(row.standing().state());
  }
}
