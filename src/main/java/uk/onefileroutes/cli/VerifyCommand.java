package uk.onefileroutes.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import uk.onefileroutes.management.DeliveryControl;
import uk.onefileroutes.verification.Report;

/** {@code verify}: does Onefile hold what the ledger believes. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Says where Onefile's default assessors and employers are not as the ledger believes.",
      "Reads them back, a call for each learner. Levels 3, 2 and 1 can't be read back. Changes",
      "nothing. Without FILE or option: all. Needs a running instance, and goes on in it if you",
      "leave with Ctrl+C.",
      "Ends with 0 where nothing has drifted, with 1 where something has, with 3 where Onefile",
      "could not be read."
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int LOOK_EVERY_MS = 1000;
  private static final String RUNNING = "running";
  private static final String STOPPED = "stopped";

  @ParentCommand private MainCommand parent = new MainCommand();

  @ArgGroup private @Nullable Which which;

  @Option(names = "--json", description = "As JSON, for scripts.")
  private boolean json;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  /** At most one of them. */
  static final class Which {
    @Parameters(
        paramLabel = "FILE",
        description = "What this file names; its number or name, as status shows them.")
    private @Nullable String file;

    @Option(
        names = "--learner",
        paramLabel = "ID",
        description = "What is known of this learner; the Onefile id.")
    private @Nullable String learner;
  }

  @Override
  public Integer call() {
    Logging.onlyWarnings();
    try {
      RunningInstance instance =
          RunningInstance.find(parent.folders())
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          ExitCode.ENVIRONMENT,
                          "No instance runs; only a running one can ask Onefile."));
      err.println(start(instance));
      Report report = Terminal.isThere() ? watch(instance) : await(instance);
      out.println(json ? DeliveryControl.json(report) : VerificationText.of(report));
      return exitCode(report);
    } catch (CommandFailure e) {
      err.println(e.getMessage());
      return e.exitCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.ENVIRONMENT;
    }
  }

  private String start(RunningInstance instance) throws CommandFailure {
    if (which != null && which.file != null) {
      return instance.verify(which.file);
    }
    return which != null && which.learner != null
        ? instance.verifyLearner(which.learner)
        : instance.verifyAll();
  }

  private static Report watch(RunningInstance instance)
      throws CommandFailure, InterruptedException {
    Report report = instance.verification();
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("Learners read")
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(LOOK_EVERY_MS)
            .setInitialMax(report.learners())
            .build()) {
      while (report.state().equals(RUNNING)) {
        bar.stepTo(report.learnersRead());
        bar.setExtraMessage(report.waits() == null ? "" : report.waits());
        pass();
        report = instance.verification();
      }
      bar.stepTo(report.learnersRead());
    }
    return report;
  }

  /** Where nobody looks on: one line whenever it begins to wait. */
  private Report await(RunningInstance instance) throws CommandFailure, InterruptedException {
    Report report = instance.verification();
    String said = null;
    while (report.state().equals(RUNNING)) {
      if (report.waits() != null && !report.waits().equals(said)) {
        err.println("Waits: " + report.waits());
      }
      said = report.waits();
      pass();
      report = instance.verification();
    }
    return report;
  }

  private static void pass() throws InterruptedException {
    boolean unused = new CountDownLatch(1).await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  private static int exitCode(Report report) {
    if (report.drifted() > 0) {
      return ExitCode.FAULTS_IN_DATA;
    }
    return report.failed() > 0 || report.state().equals(STOPPED)
        ? ExitCode.ENVIRONMENT
        : ExitCode.DONE;
  }
}
