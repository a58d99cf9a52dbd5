package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;

/**
 * What a file changed, and what becomes of it when the file is undone. Thread-safe; each verb is
 * one transaction, or one a page where it reads rows.
 */
public final class Undoing {
  private static final int PAGE = 1000;
  private static final String OPEN = "('planned', 'sending', 'waiting')";

  private final Ledger ledger;

  /**
   * A slot that the file reached.
   *
   * @param row of the file
   */
  public record Row(long row, long learner, UndoDecision.Reached slot, UndoDecision decision) {}

  /** A row, and its place among all. */
  private record Placed(RowKey key, Row row) {}

  public Undoing(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Looks whether a file can be undone now.
   *
   * @return the number of the newest file of the account, for {@link MadeHere#accept}
   * @throws ActionRefused if it changed nothing, may still change something, or its rows are kept
   *     no longer
   */
  public long begin(FileEntry file) throws ActionRefused {
    Optional<String> refusal = ledger.read(connection -> refusal(connection, file.no()));
    if (refusal.isPresent()) {
      throw new ActionRefused(refusal.get());
    }
    return new MadeHere(ledger).begin(file);
  }

  private Optional<String> refusal(Connection connection, long no) throws SQLException {
    FileState state = FileEntry.find(connection, ledger.account(), no).orElseThrow().state();
    Optional<String> unsent =
        switch (state) {
          case HELD ->
              Optional.of(
                  "File %1$d is held, and nothing of it was sent. `cancel %1$d` gives it up.");
          case RECEIVING ->
              Optional.of(
                  "File %1$d is still being read, and nothing of it was sent. `cancel %1$d` gives it up.");
          case REFUSED -> Optional.of("File %1$d was refused, and nothing of it was sent.");
          case DELIVERING, DONE, CANCELLED -> Optional.empty();
        };
    if (unsent.isPresent()) {
      return unsent.map(sentence -> sentence.formatted(no));
    }
    long open = openRows(connection, no);
    if (open > 0) {
      return Optional.of(
          "%1$,d %2$s of file %3$d %4$s not final yet. `cancel %3$d` ends it, then it can be undone."
              .formatted(
                  open, open == 1 ? "assignment" : "assignments", no, open == 1 ? "is" : "are"));
    }
    return hasRows(connection, no)
        ? Optional.empty()
        : Optional.of(
            "File %d has no rows, or it is older than its rows are kept (retention.rows)."
                .formatted(no));
  }

  static long openRows(Connection connection, long no) throws SQLException {
    return Sql.query(
            connection,
            "SELECT COALESCE(SUM(amount), 0) FROM tally WHERE file_no = ? AND state IN " + OPEN,
            no)
        .one(r -> r.getLong(1))
        .orElse(0L);
  }

  private static boolean hasRows(Connection connection, long no) throws SQLException {
    return Sql.query(connection, "SELECT row_no FROM file_row WHERE file_no = ? LIMIT 1", no)
        .isAny();
  }

  /** Every slot that the file reached, in the order of its rows; read page by page. */
  public Iterator<Row> rows(long fileNo) {
    Iterator<Placed> placed =
        Pages.iterate(
            RowKey.beforeAllOf(fileNo),
            PAGE,
            after -> ledger.read(connection -> page(connection, after)),
            Placed::key);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return placed.hasNext();
      }

      @Override
      public Row next() {
        return placed.next().row();
      }
    };
  }

  /** What a newer file asked for and nobody can send any more counts no longer. */
  private List<Placed> page(Connection connection, RowKey after) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT h.*, s.file_no AS owner, s.assignee AS there, s.known,
              (SELECT MIN(n.file_no) FROM file_row n JOIN file f ON f.no = n.file_no
                WHERE n.learner = h.learner AND n.slot = h.slot AND n.file_no > h.file_no
                AND n.state IN %s AND f.account = ? AND f.state <> 'cancelled') AS asking
            FROM (SELECT file_no, row_no, part, learner, slot, assignee, slot_was, replaced
              FROM file_row WHERE %s AND learner IS NOT NULL AND slot IS NOT NULL
              AND (slot_was IS NOT NULL OR state = 'sent')
              ORDER BY file_no, row_no, part LIMIT ?) h
            LEFT JOIN slot s ON s.account = ? AND s.learner = h.learner AND s.slot = h.slot
            ORDER BY h.row_no, h.part"""
                .formatted(OPEN, RowKey.FOLLOWS),
            ledger.account(),
            after.file(),
            after.row(),
            after.row(),
            after.part(),
            PAGE,
            ledger.account())
        .list(Undoing::placed);
  }

  private static Placed placed(ResultSet row) throws SQLException {
    @Nullable String was = row.getString("slot_was");
    RowKey key = RowKey.read(row);
    UndoDecision.Reached reached =
        new UndoDecision.Reached(
            key.file(),
            row.getString("slot"),
            row.getLong("assignee"),
            was == null
                ? null
                : new Before(Before.State.of(was), row.getObject("replaced", Long.class)),
            new UndoDecision.Now(
                row.getBoolean("known") ? row.getObject("there", Long.class) : null,
                row.getObject("owner", Long.class),
                row.getObject("asking", Long.class)));
    return new Placed(
        key, new Row(key.row(), row.getLong("learner"), reached, UndoDecision.of(reached)));
  }
}
