package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;

/**
 * What was tried for rows, and what came of it. A retry continues the history, it begins no new
 * one. Changes nothing. Thread-safe; each verb is one transaction.
 */
public final class AttemptLog {
  private static final String PERSON = "('blocked', 'rejected')";

  private final Ledger ledger;

  /**
   * One call.
   *
   * @param endedAt when its answer was there, or given up
   * @param httpStatus null where no answer came
   */
  public record Attempt(
      Instant endedAt, long tookMs, @Nullable Integer httpStatus, String code, String message) {}

  /**
   * A row as it stands, and how it came to it.
   *
   * @param calls all calls ever made for it
   * @param attempts the newest of them, oldest first
   */
  public record RowHistory(
      RowKey key,
      RowStanding standing,
      @Nullable Long learner,
      @Nullable String slot,
      int calls,
      List<Attempt> attempts) {
    public RowHistory {
      attempts = List.copyOf(attempts);
    }

    private RowHistory with(List<Attempt> all) {
      return new RowHistory(key, standing, learner, slot, calls, all);
    }
  }

  public AttemptLog(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * A row of a file, each assignment that it asks for; empty if there is no such row.
   *
   * @param newest how many calls of each at most
   */
  public List<RowHistory> row(long file, long row, int newest) {
    return ledger.read(
        connection -> rows(connection, newest, " AND row_no = ?", new Object[] {file, row, 1000}));
  }

  /** What a row of a file asks for; empty if it is not there, or asks for nothing valid. */
  public Optional<AskedAssignment> asked(long file, long row) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT f.learner, f.slot, f.assignee, f.held, q.path, q.payload FROM file_row f
                    LEFT JOIN request q ON q.file_no = f.file_no AND q.row_no = f.row_no
                      AND q.part = f.part
                    WHERE f.file_no = ? AND f.row_no = ? AND f.part = 0 AND f.slot IS NOT NULL""",
                    file,
                    row)
                .one(AskedAssignment::read));
  }

  /**
   * The first rows of a file that need a person, because Onefile refused them or they were given
   * up.
   *
   * @param limit how many rows at most
   * @param newest how many calls of each at most
   */
  public List<RowHistory> forPerson(long file, int limit, int newest) {
    return ledger.read(
        connection -> {
          Map<RowState, Long> tally = Tally.of(connection, file);
          if (!tally.containsKey(RowState.BLOCKED) && !tally.containsKey(RowState.REJECTED)) {
            return List.of(); // without reading a million rows to see that
          }
          return rows(connection, newest, " AND state IN " + PERSON, new Object[] {file, limit});
        });
  }

  private static List<RowHistory> rows(
      Connection connection, int newest, String which, Object[] parameters) throws SQLException {
    List<RowHistory> rows =
        Sql.query(
                connection,
                "SELECT file_no, row_no, part, state, code, message, learner, slot, attempts"
                    + " FROM file_row WHERE file_no = ?"
                    + which
                    + " ORDER BY file_no, row_no, part LIMIT ?",
                parameters)
            .list(AttemptLog::row);
    List<RowHistory> all = new ArrayList<>(rows.size());
    for (RowHistory row : rows) {
      List<Attempt> attempts = new ArrayList<>(attempts(connection, row.key, newest));
      Collections.reverse(attempts);
      all.add(row.with(attempts));
    }
    return all;
  }

  private static List<Attempt> attempts(Connection connection, RowKey row, int newest)
      throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT ended_at, took_ms, http_status, code, message FROM attempt WHERE file_no = ?
              AND row_no = ? AND part = ? ORDER BY file_no DESC, row_no DESC, part DESC,
              id DESC LIMIT ?""",
            row.file(),
            row.row(),
            row.part(),
            newest)
        .list(
            r -> {
              int status = r.getInt("http_status");
              return new Attempt(
                  Sql.instant(r, "ended_at"),
                  r.getLong("took_ms"),
                  r.getObject("http_status") == null ? null : Integer.valueOf(status),
                  r.getString("code"),
                  r.getString("message"));
            });
  }

  private static RowHistory row(ResultSet row) throws SQLException {
    long learner = row.getLong("learner");
    return new RowHistory(
        RowKey.read(row),
        RowStanding.read(row),
        row.getObject("learner") == null ? null : Long.valueOf(learner),
        row.getString("slot"),
        row.getInt("attempts"),
        List.of());
  }
}
