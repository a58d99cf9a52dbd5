package uk.onefileroutes.cli;

import picocli.CommandLine.Command;

/** {@code backup}: a backup of the embedded ledger, now. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Backs the embedded ledger up now, into backup/ of the data folder.",
      "An instance that runs goes on meanwhile. The newest ledger.backup.keep are kept."
    })
final class BackupCommand extends OperationsCommand {
  @Override
  int ask(Operations operations) throws CommandFailure {
    out.println(operations.backup());
    return ExitCode.DONE;
  }
}
