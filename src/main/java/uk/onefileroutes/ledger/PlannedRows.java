package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uk.onefileroutes.durable.Step;

/**
 * The rows of files that are being read. Each chunk is compared with the slots while it is stored,
 * so that at the end of a file nothing but its state is left to change, however many rows it has.
 * Thread-safe; each verb is one transaction.
 */
public final class PlannedRows {
  private final Ledger ledger;

  public PlannedRows(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Makes a file ready to be read from its beginning: what an earlier, interrupted reading stored
   * is deleted.
   *
   * @throws IllegalStateException if it is not being read any more; nothing is changed then
   */
  public void begin(long fileNo) {
    ledger.write(
        Step.READING_BEGUN,
        connection -> {
          refuseUnlessReading(connection, fileNo);
          Sql.update(connection, "UPDATE file SET overtaken = FALSE WHERE no = ?", fileNo);
          deleteRows(connection, fileNo);
          return fileNo;
        });
  }

  /**
   * Stores the next rows of a file that is being read, each as it is decided from what its slot
   * holds in the same transaction. Rows of earlier chunks that give way to these are changed.
   *
   * @param rule what becomes of a row that asks for a slot
   * @return what these rows add to the file's figures
   */
  public SlotFigures store(long fileNo, List<NewRow> rows, SlotDecision.Rule rule, Instant at) {
    return ledger.write(
        Step.ROWS_STORED,
        connection -> {
          refuseUnlessReading(connection, fileNo);
          PlannedChunk.Target target = PlannedChunk.Target.of(fileNo);
          return new PlannedChunk(connection, ledger.account(), target, rule, at).store(rows);
        });
  }

  /** Those of a file that was read whole. */
  public Contradictions contradictions(long fileNo) {
    return new Contradictions(ledger, fileNo, Step.ROWS_STORED);
  }

  /** Rows of a file that was released are not ours to touch, for no caller. */
  private static void refuseUnlessReading(Connection connection, long fileNo) throws SQLException {
    boolean reading =
        Sql.query(
                connection, "SELECT no FROM file WHERE no = ? AND " + AcceptedFiles.IS_READ, fileNo)
            .isAny();
    if (!reading) {
      throw new IllegalStateException("file " + fileNo + " is not being read");
    }
  }

  static void deleteRows(Connection connection, long fileNo) throws SQLException {
    Sql.update(connection, "DELETE FROM request WHERE file_no = ?", fileNo);
    Sql.update(connection, "DELETE FROM tally WHERE file_no = ?", fileNo);
    Sql.update(connection, "DELETE FROM file_row WHERE file_no = ?", fileNo);
  }

  /**
   * Deletes the next rows of a file, with all that was sent for them; their counts stay.
   *
   * @param size how many
   * @return whether there may be more
   */
  static boolean deletePage(Connection connection, long fileNo, int size) throws SQLException {
    Optional<Long> last =
        Sql.query(
                connection,
                """
                SELECT row_no FROM file_row WHERE file_no = ? ORDER BY file_no, row_no, part
                LIMIT 1 OFFSET ?""",
                fileNo,
                size - 1)
            .one(r -> r.getLong("row_no"));
    long to = last.orElse(Long.MAX_VALUE);
    for (String table : List.of("attempt", "request", "file_row")) {
      Sql.update(
          connection, "DELETE FROM " + table + " WHERE file_no = ? AND row_no <= ?", fileNo, to);
    }
    return last.isPresent();
  }
}
