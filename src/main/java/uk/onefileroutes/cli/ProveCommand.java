package uk.onefileroutes.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.onefileroutes.assignment.Ids;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.OnefileAccess;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.proof.ProofReport;
import uk.onefileroutes.proof.Subject;
import uk.onefileroutes.runtime.StartFailure;
import uk.onefileroutes.runtime.StoppedInstance;
import uk.onefileroutes.shown.Causes;

/** {@code prove}: what Onefile's guide leaves open, tried on a test account. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description = {
      "Tries what Onefile's guide leaves open, above all whose id stands in the path of Assign, and",
      "says which keys to set. Refused at Live. It assigns the assessor (and IQA) to the learner at",
      "Onefile, and takes nothing back: it lists what to undo by hand. Choose people of a test, who",
      "are not assigned to each other, and write down first what they have.",
      "Shows ids that you gave, statuses, codes and names of members; no data of anybody.",
      "Only while no instance runs on this data folder. About 25 calls.",
      "Ends with 0 where the path of Assign is settled, with 1 where it is not, with 3 where Onefile",
      "could not be asked."
    })
final class ProveCommand extends AnsweringCommand {
  @Option(
      names = "--learner",
      paramLabel = "N",
      required = true,
      description = "A learner to try it on; the Onefile id.")
  private int learner;

  @Option(
      names = "--assessor",
      paramLabel = "N",
      required = true,
      description = "An assessor who is not assigned to this learner.")
  private int assessor;

  @Option(
      names = "--iqa",
      paramLabel = "N",
      description = "An IQA; for levels 3 and 2, with --standard or --unit.")
  private @Nullable Integer iqa;

  @Option(
      names = "--standard",
      paramLabel = "N",
      description = "The standard of a learning aim that the learner has: tries level 3.")
  private @Nullable Integer standard;

  @Option(
      names = "--unit",
      paramLabel = "N",
      description = "A unit that the learner has: tries level 2.")
  private @Nullable String unit;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write it all into this new file too, for a ticket to Onefile.")
  private @Nullable Path out;

  @Option(
      names = "--yes",
      description = "Confirms that it is to be done; not needed for a simulator on 127.0.0.1.")
  private boolean isConfirmed;

  @Override
  Answer answer() throws Refused, ConfigurationFault, StartFailure {
    Subject subject = subject();
    OutFile.refuseExisting(out);
    Configuration configuration = configuration();
    refuseUnlessWanted(configuration.onefile());
    if (RunningInstance.find(folders()).isPresent()) {
      throw new Refused(
          new Refusal(
              Code.RUNNING,
              "An instance runs on this data folder.",
              "Stop it, or name another folder with --data; nothing was sent."));
    }
    ProofReport report =
        StoppedInstance.prove(
            configuration,
            PaceTime.system(),
            subject,
            fact -> output().progress().print(ProofText.line(fact)));
    write(report);
    return new Answer(report, ProofText.end(report), exitCode(report));
  }

  private Subject subject() throws Refused {
    check("--learner", learner);
    check("--assessor", assessor);
    check("--iqa", iqa);
    check("--standard", standard);
    if (unit != null && !Ids.isUnit(unit)) {
      throw new Refused(Code.USAGE, "--unit is no id of a unit.");
    }
    if (learner == assessor || (iqa != null && (iqa == learner || iqa == assessor))) {
      throw new Refused(Code.USAGE, "One id is there twice; an account has one role.");
    }
    if (iqa != null && standard == null && unit == null) {
      throw new Refused(
          new Refusal(Code.USAGE, "--iqa is for levels 3 and 2.", "Add --standard or --unit."));
    }
    return new Subject(
        learner,
        assessor,
        iqa == null ? null : Long.valueOf(iqa),
        standard == null ? null : Long.valueOf(standard),
        unit);
  }

  private static void check(String option, @Nullable Integer id) throws Refused {
    if (id != null && id < 1) {
      throw new Refused(Code.USAGE, option + " has to be an id, a number from 1.");
    }
  }

  private void refuseUnlessWanted(OnefileAccess onefile) throws Refused {
    if (onefile.isLive()) {
      throw new Refused(
          new Refusal(
              Code.NOT_POSSIBLE,
              "%s is Live; nothing was sent.".formatted(onefile.baseUrl()),
              "Set onefile.base-url to that of Practice, with the token of Practice."));
    }
    if (!isConfirmed && !isHere(onefile.baseUrl())) {
      throw new Refused(
          new Refusal(
              Code.USAGE,
              "This changes assignments of learner %d at %s, and takes nothing back."
                  .formatted(learner, onefile.baseUrl()),
              "Add --yes to confirm."));
    }
  }

  /** Plain HTTP is accepted to the loopback only, where a simulator answers. */
  private static boolean isHere(String baseUrl) {
    return "http".equals(URI.create(baseUrl).getScheme());
  }

  private void write(ProofReport report) throws Refused {
    if (out == null) {
      return;
    }
    try {
      OutFile.write(out, ProofText.ticket(report));
    } catch (IOException e) {
      // what was found must not be lost with it
      output().progress().print(ProofText.end(report));
      throw new Refused(Code.FAILED, out + " can't be written: " + Causes.words(e));
    }
  }

  private static int exitCode(ProofReport report) {
    if (report.stopped() != null) {
      return ExitCode.ENVIRONMENT;
    }
    return report.findings().isIdSettled() ? ExitCode.DONE : ExitCode.FAULTS_IN_DATA;
  }
}
