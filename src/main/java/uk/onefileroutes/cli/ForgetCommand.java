package uk.onefileroutes.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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
  static final class Which extends SlotOptions {
    @Option(names = "--all", description = "Everything: the next full export costs a call a row.")
    private boolean all;

    @Override
    SlotChoice choice() {
      return all ? SlotChoice.ALL : super.choice();
    }
  }

  @Override
  @Nullable String fileMeant() {
    return which.file();
  }

  @Override
  Answer ask(Operations operations) throws Refused {
    return Answer.of(operations.forget(which.choice()));
  }
}
