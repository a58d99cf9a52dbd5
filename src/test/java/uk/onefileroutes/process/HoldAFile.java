package uk.onefileroutes.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerActions;
import uk.onefileroutes.ledger.LedgerFiles;
import uk.onefileroutes.ledger.LedgerPlace;
import uk.onefileroutes.ledger.NewFile;

/** A program that accepts a file into the ledger of a data folder and holds it for a person. */
final class HoldAFile {
  private HoldAFile() {}

  /** Data folder, name, content. */
  public static void main(String[] arguments) throws IOException {
    Path data = Path.of(arguments[0]);
    String stored = "spool/" + UUID.randomUUID();
    Files.writeString(data.resolve(stored), arguments[2]);
    try (Ledger ledger = Ledger.open(LedgerPlace.embedded(data), "onefile")) {
      LedgerFiles files = new LedgerFiles(ledger);
      Instant now = Instant.now();
      long no =
          files.accept(
              new NewFile(
                  "inbox", arguments[1], arguments[2].length(), "0".repeat(64), now, stored, now));
      files.sourceRemoved(no);
      boolean unused = new LedgerActions(ledger).hold(no, "LOOK", "Somebody must look.", now);
    }
  }
}
