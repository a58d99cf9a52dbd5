package uk.onefileroutes.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refused;

/** {@code erase}: one learner, from ledger and archive. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Removes a learner from the ledger and the archive; this can't be undone.",
      "Assignments keep their state, and a file its counts. Answers that went to senders, backups and Onefile are",
      "not touched."
    })
final class EraseCommand extends OperationsCommand {
  @Parameters(paramLabel = "LEARNER", description = "The Onefile id.")
  private String learner = "";

  @Option(names = "--yes", description = "Confirms that it is to be done.")
  private boolean isConfirmed;

  @Override
  Answer ask(Operations operations) throws Refused {
    if (!isConfirmed) {
      throw new Refused(
          new Refusal(
              Refusal.Code.USAGE,
              "This removes learner %s for good.".formatted(learner),
              "Add --yes to confirm."));
    }
    return Answer.of(operations.erase(learner));
  }
}
