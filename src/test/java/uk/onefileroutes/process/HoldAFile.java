package uk.onefileroutes.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ledger.NewFile;
import uk.onefileroutes.ledger.NewRow;
import uk.onefileroutes.ledger.PlannedRows;
import uk.onefileroutes.ledger.Trust;
import uk.onefileroutes.plan.SlotRule;

/**
 * A program that accepts a file of default assessors into the ledger of a data folder and holds it
 * for a person.
 */
final class HoldAFile {
  private HoldAFile() {}

  /** Data folder, name, content. */
  public static void main(String[] arguments) throws IOException {
    Path data = Path.of(arguments[0]);
    String stored = "spool/" + UUID.randomUUID();
    Files.writeString(data.resolve(stored), arguments[2]);
    try (Ledger ledger = Ledger.open(LedgerLogin.embedded(data), "onefile")) {
      AcceptedFiles files = new AcceptedFiles(ledger);
      Instant now = Instant.now();
      long no =
          files.accept(
              new NewFile(
                  "inbox", arguments[1], arguments[2].length(), "0".repeat(64), now, stored, now));
      files.sourceRemoved(no);
      PlannedRows rows = new PlannedRows(ledger);
      rows.begin(no);
      rows.store(no, rows(arguments[2]), new SlotRule(Trust.FOR_EVER, now), now);
      boolean unused = new FileActions(ledger).hold(no, "LOOK", "Somebody must look.", 1, now);
    }
  }

  private static List<NewRow> rows(String content) {
    List<String> lines = content.lines().skip(1).toList();
    List<NewRow> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      List<String> cells = List.of(lines.get(i).split(",", -1));
      NewRow.Ask ask =
          new NewRow.Ask(
              Long.parseLong(cells.get(0)),
              "default/assessor",
              Long.parseLong(cells.get(3)),
              cells.get(2),
              "User/" + cells.get(0),
              "{}",
              "assessor");
      rows.add(NewRow.planned(i + 1, 0, null, ask));
    }
    return rows;
  }
}
