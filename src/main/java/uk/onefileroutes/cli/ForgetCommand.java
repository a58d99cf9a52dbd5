package uk.onefileroutes.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Operations.SlotChoice;
import uk.onefileroutes.management.Refused;

/** {@code forget}: what slots hold, so that it is sent again. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    description = {
      "Forgets what the ledger says that Onefile holds, so that the next file sends it again.",
      "Sends nothing by itself. One of FILE, --learner and --all is needed."
    })
final class ForgetCommand extends OperationsCommand {
  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  /** Exactly one of them. */
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

    @Option(names = "--all", description = "Everything: the next full export costs a call a row.")
    private boolean all;
  }

  @Override
  Answer ask(Operations operations) throws Refused {
    return Answer.of(operations.forget(slots()));
  }

  private SlotChoice slots() {
    return which.all ? SlotChoice.ALL : new SlotChoice(which.file, which.learner);
  }
}
