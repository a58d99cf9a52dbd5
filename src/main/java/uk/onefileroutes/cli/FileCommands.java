package uk.onefileroutes.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Operations.ReleaseChoice;
import uk.onefileroutes.management.Operations.RowChoice;
import uk.onefileroutes.management.Refused;

/** {@code release}, {@code cancel}, {@code retry}, {@code pause}, {@code resume}. */
final class FileCommands {
  private FileCommands() {}

  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = {
        "Lets a held file go to delivery, or a part of it; then the rest stays held and can be released",
        "later."
      })
  static final class Release extends OperationsCommand {
    @Parameters(paramLabel = "FILE", description = "Its number or name, as status shows them.")
    private String file = "";

    @Option(
        names = "--plan",
        paramLabel = "DIGEST",
        description = "Only if it would send just what plan showed under this digest.")
    private @Nullable String plan;

    @Option(
        names = "--only",
        paramLabel = "adds",
        description = "Only what is not known to replace anybody.")
    private @Nullable String only;

    @Option(
        names = "--first",
        paramLabel = "N",
        description = "Only so many assignments, in the order of the file.")
    private @Nullable Long first;

    @Override
    String fileMeant() {
      return file;
    }

    @Override
    Answer ask(Operations operations) throws Refused {
      return Answer.of(operations.release(file, new ReleaseChoice(plan, only, first)));
    }
  }

  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      description = {
        "Sends nothing more of a file. What was sent stays sent.",
        "Its sender gets results all the same."
      })
  static final class Cancel extends OperationsCommand {
    @Parameters(paramLabel = "FILE", description = "Its number or name, as status shows them.")
    private String file = "";

    @Override
    String fileMeant() {
      return file;
    }

    @Override
    Answer ask(Operations operations) throws Refused {
      return Answer.of(operations.cancel(file));
    }
  }

  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = {
        "Sends assignments again that Onefile refused or that were given up.",
        "Without FILE or option: all that are blocked. With one: those that are blocked or rejected."
      })
  static final class Retry extends OperationsCommand {
    @ArgGroup private @Nullable Which which;

    /** At most one of them. */
    static final class Which {
      @Parameters(
          paramLabel = "FILE",
          description = "Those of this file; its number or name, as status shows them.")
      private @Nullable String file;

      @Option(names = "--code", paramLabel = "C", description = "Those with this code.")
      private @Nullable String code;

      @Option(
          names = "--learner",
          paramLabel = "ID",
          description = "Those of this learner; the Onefile id.")
      private @Nullable String learner;
    }

    @Override
    @Nullable String fileMeant() {
      return which == null ? null : which.file;
    }

    @Override
    Answer ask(Operations operations) throws Refused {
      return Answer.of(
          operations.retry(
              which == null
                  ? RowChoice.ALL_BLOCKED
                  : new RowChoice(which.file, which.code, which.learner)));
    }
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Sends nothing until resumed, also after a restart. Files still come in.")
  static final class Pause extends OperationsCommand {
    @Parameters(paramLabel = "WHY", description = "For the person on the next shift.")
    private String why = "";

    @Override
    Answer ask(Operations operations) throws Refused {
      return Answer.of(operations.pause(why));
    }
  }

  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Goes on sending: after a pause, an outage or a refused login.")
  static final class Resume extends OperationsCommand {
    @Override
    Answer ask(Operations operations) throws Refused {
      return Answer.of(operations.resume());
    }
  }
}
