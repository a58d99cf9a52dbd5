package uk.onefileroutes.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code erase}: one learner, from ledger and archive. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Removes a learner from the ledger and the archive; this can't be undone.",
      "Rows keep their state, and a file its number of rows. Answers that went to senders, backups and Onefile are",
      "not touched."
    })
final class EraseCommand extends OperationsCommand {
  @Parameters(paramLabel = "LEARNER", description = "The Onefile id.")
  private String learner = "";

  @Option(names = "--yes", description = "Really do it.")
  private boolean isMeant;

  @Override
  int ask(Operations operations) throws CommandFailure {
    if (!isMeant) {
      throw new CommandFailure(
          ExitCode.CONFIGURATION,
          "This removes learner %s for good. Say --yes if that is meant.".formatted(learner));
    }
    out.println(operations.erase(learner));
    return ExitCode.DONE;
  }
}
