package uk.onefileroutes.cli;

import picocli.CommandLine.Command;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Refused;

/** {@code backup}: a backup of the embedded ledger, now. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Backs the embedded ledger up now, into backup/ of the data folder.",
      "A running instance keeps working. The newest ledger.backup.keep are kept."
    })
final class BackupCommand extends OperationsCommand {
  @Override
  boolean isOfLedger() {
    return true;
  }

  @Override
  Answer ask(Operations operations) throws Refused {
    return Answer.of(operations.backup());
  }
}
