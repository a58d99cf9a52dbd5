package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.durable.Step;

/**
 * What is known of the answers to the senders. An answer is announced with its names before it is
 * written, so that after a crash it is finished under the same names and never written twice.
 * Thread-safe; each verb is one transaction.
 */
public final class ReportSteps {
  private static final int PAGE = 1000;
  private static final String OPEN_ROWS =
      """
      EXISTS (SELECT 1 FROM tally t WHERE t.file_no = f.no AND t.amount > 0
        AND t.state IN ('planned', 'sending', 'waiting'))""";

  private static final String HAS_NO_ANSWER =
      """
      NOT EXISTS (SELECT 1 FROM report p WHERE p.file_no = f.no
        AND p.written_at IS NOT NULL)""";

  private final Ledger ledger;

  /**
   * An announced answer.
   *
   * @param complete false where rows were still open
   * @param rejectsName null where there is nothing to fix
   */
  public record Announced(
      int seq, boolean complete, String resultsName, @Nullable String rejectsName) {}

  public ReportSteps(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * The released files of which every row is final, and cancelled ones that had no answer yet,
   * oldest first.
   */
  public List<FileEntry> finished() {
    return files(
        "f.state IN ('delivering', 'cancelled')"
            + " AND (f.state = 'delivering' OR f.done_at IS NULL AND NOT f.to_be_read) AND NOT "
            + OPEN_ROWS);
  }

  /**
   * The oldest released file with open rows that was accepted before this instant and has had no
   * answer yet.
   */
  public List<FileEntry> overdue(Instant acceptedBefore) {
    return files(
        "f.state = 'delivering' AND f.accepted_at <= ? AND " + OPEN_ROWS + " AND " + HAS_NO_ANSWER,
        acceptedBefore);
  }

  /** The held files that have had no answer yet, oldest first. A file is held at most once. */
  public List<FileEntry> held() {
    return files("f.state = 'held' AND " + HAS_NO_ANSWER);
  }

  /** The refused files whose senders were not told why yet, oldest first. */
  public List<FileEntry> refused() {
    return files("f.refusal_owed = TRUE");
  }

  private List<FileEntry> files(String condition, Object... parameters) {
    List<Object> all = new ArrayList<>(List.of(parameters));
    all.add(ledger.account());
    return ledger.read(
        connection ->
            FileEntry.where(
                connection, condition + " AND f.account = ? ORDER BY f.no", all.toArray()));
  }

  /** The answer that was announced for a file and not written yet. */
  public Optional<Announced> unwritten(long fileNo) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT seq, complete, results_name, rejects_name FROM report
                      WHERE file_no = ? AND written_at IS NULL ORDER BY seq LIMIT 1""",
                    fileNo)
                .one(ReportSteps::announced));
  }

  /** Announces an answer under names that are free now, in place of one that was not written. */
  public Announced announce(
      long fileNo, boolean complete, String resultsName, @Nullable String rejectsName) {
    return ledger.write(
        Step.ANSWER_ANNOUNCED,
        connection -> {
          Sql.update(
              connection, "DELETE FROM report WHERE file_no = ? AND written_at IS NULL", fileNo);
          int seq =
              Sql.query(
                      connection,
                      "SELECT COALESCE(MAX(seq), 0) FROM report WHERE file_no = ?",
                      fileNo)
                  .one(r -> r.getInt(1) + 1)
                  .orElse(1);
          Sql.update(
              connection,
              """
              INSERT INTO report (file_no, seq, complete, results_name, rejects_name)
                VALUES (?, ?, ?, ?, ?)""",
              fileNo,
              seq,
              complete,
              resultsName,
              rejectsName);
          return new Announced(seq, complete, resultsName, rejectsName);
        });
  }

  /**
   * Notes that an announced answer is where it belongs; if it was complete, the file is done, or
   * stays cancelled. One of which rows were put up for sending again meanwhile gets a further
   * answer.
   *
   * @param owesMail whether a mail about it is owed, see {@link SenderMails}
   */
  public void written(long fileNo, Announced report, Instant at, boolean owesMail) {
    ledger.write(
        Step.ANSWER_WRITTEN,
        connection -> {
          ledger.lock(connection);
          if (report.complete()) {
            Sql.update(
                connection,
                "UPDATE file f SET state = CASE WHEN f.state = 'delivering' THEN 'done' ELSE f.state"
                    + " END, done_at = ? WHERE f.no = ? AND f.state IN ('delivering', 'cancelled')"
                    + " AND NOT "
                    + OPEN_ROWS,
                at,
                fileNo);
            Sql.update(
                connection,
                "UPDATE file SET refusal_owed = FALSE WHERE no = ? AND refusal_owed = TRUE",
                fileNo);
          }
          return Sql.update(
              connection,
              "UPDATE report SET written_at = ?, mail_owed = ? WHERE file_no = ? AND seq = ?",
              at,
              owesMail,
              fileNo,
              report.seq());
        });
  }

  /** A file's rows in order of row and part, read page by page while iterating. */
  public Iterator<StoredRow> rows(long fileNo) {
    return Pages.iterate(
        RowKey.beforeAllOf(fileNo),
        PAGE,
        after -> ledger.read(connection -> rows(connection, after)),
        row -> new RowKey(fileNo, row.row(), row.part()));
  }

  private static Announced announced(ResultSet row) throws SQLException {
    return new Announced(
        row.getInt("seq"),
        row.getBoolean("complete"),
        row.getString("results_name"),
        row.getString("rejects_name"));
  }

  private static List<StoredRow> rows(Connection connection, RowKey after) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT row_no, part, state, code, message, warning, http_status, attempts, changed_at
            FROM file_row WHERE %s ORDER BY file_no, row_no, part LIMIT ?"""
                .formatted(RowKey.FOLLOWS),
            after.and(PAGE))
        .list(StoredRow::read);
  }
}
