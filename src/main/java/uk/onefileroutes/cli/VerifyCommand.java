package uk.onefileroutes.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Operations.SlotChoice;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.AgainstExport;
import uk.onefileroutes.verification.Report;

/** {@code verify}: does Onefile hold what the ledger believes. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Says where assignments at Onefile are not as the ledger believes. Reads them back, for each",
      "learner a call for the defaults and one for each list, of learning aims (level 3) and of units",
      "(level 2), that holds some; levels only where Onefile's answers name who is assigned, and",
      "level 1 not at all. Changes nothing. Without FILE or option: all. Needs a running instance,",
      "and continues in it if you leave with Ctrl+C.",
      "Ends with 0 where nothing has drifted, with 1 where something has, with 3 where Onefile",
      "could not be read."
    })
final class VerifyCommand extends OperationsCommand {
  private static final Duration ASK_EVERY = Duration.ofSeconds(1);
  private static final String RUNNING = "running";
  private static final String STOPPED = "stopped";

  @ArgGroup private @Nullable SlotOptions which;

  @Option(
      names = "--against",
      paramLabel = "EXPORT",
      description = {
        "Compare defaults with this export of Onefile's users instead, without a call or a running",
        "instance: a column UserID, and DefaultAssessor, DefaultEmployer or both, with ids."
      })
  private @Nullable Path against;

  @Override
  @Nullable String fileMeant() {
    return which == null ? null : which.file();
  }

  @Override
  Answer ask(Operations operations) throws Refused, IOException, InterruptedException {
    if (against != null) {
      return compared(operations, against);
    }
    PrintStream err = output().err();
    err.println(operations.verify(slots()).message());
    Report report = operations.verification();
    try (Progress progress = new Progress("Learners read", err, Terminal.exists())) {
      while (report.run().state().equals(RUNNING)) {
        progress.show(
            report.tally().learnersRead(), report.amount().learners(), report.run().waits());
        waitFor(ASK_EVERY);
        report = operations.verification();
      }
      progress.show(report.tally().learnersRead(), report.amount().learners(), null);
    }
    return new Answer(report, VerificationText.of(report), exitCode(report));
  }

  private Answer compared(Operations operations, Path export) throws Refused, IOException {
    if (which != null) {
      throw new Refused(
          new Refusal(Code.USAGE, "--against compares all slots; leave out FILE and --learner."));
    }
    Report report = AgainstExport.compare(operations, export, PaceTime.system());
    return new Answer(report, VerificationText.of(report), exitCode(report));
  }

  private SlotChoice slots() {
    return which == null ? SlotChoice.ALL : which.choice();
  }

  private static int exitCode(Report report) {
    if (report.tally().drifted() > 0) {
      return ExitCode.FAULTS_IN_DATA;
    }
    return report.tally().failed() > 0 || report.run().state().equals(STOPPED)
        ? ExitCode.ENVIRONMENT
        : ExitCode.DONE;
  }
}
