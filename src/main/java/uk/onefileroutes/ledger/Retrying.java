package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.durable.Step;

/**
 * Puts final rows up for sending again; of several rows for one slot only the newest. Rows are
 * looked for without, and changed with, the account's row, so that delivery continues meanwhile.
 */
final class Retrying {
  private static final int PAGE = 500;

  private final Ledger ledger;
  private final RetryOf which;
  private final Instant at;
  private long retried;
  private long superseded;

  Retrying(Ledger ledger, RetryOf which, Instant at) {
    this.ledger = ledger;
    this.which = which;
    this.at = at;
  }

  /** A row that may be retried, as it was found. */
  private record Row(RowKey key, long learner, String slot) {
    static Row read(ResultSet row) throws SQLException {
      return new Row(RowKey.read(row), row.getLong("learner"), row.getString("slot"));
    }
  }

  long retried() {
    return retried;
  }

  long superseded() {
    return superseded;
  }

  void run() {
    for (long file : files()) {
      Pages.each(RowKey.beforeAllOf(file), this::page);
    }
  }

  /** The files that have rows in question, by their counts. */
  private List<Long> files() {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    "SELECT DISTINCT f.no FROM tally t JOIN file f ON f.no = t.file_no"
                        + " WHERE t.state IN "
                        + states()
                        + " AND t.amount > 0 AND f.state IN ('delivering', 'done')"
                        + " AND f.stored <> ''"
                        + " AND f.account = ? AND f.no = COALESCE(CAST(? AS BIGINT), f.no)"
                        + " ORDER BY f.no DESC",
                    ledger.account(),
                    which.file())
                .list(r -> r.getLong("no")));
  }

  /** Without a wish only what waits for a person; else also what Onefile refused. */
  private String states() {
    return which.isAll() ? "('blocked')" : "('blocked', 'rejected')";
  }

  private Optional<RowKey> page(RowKey after) {
    List<Row> page = ledger.read(connection -> find(connection, after));
    if (!page.isEmpty()) {
      ledger.write(
          Step.ROWS_RETRIED,
          connection -> {
            ledger.lock(connection);
            return retry(connection, page);
          });
    }
    return Pages.next(page, PAGE, Row::key);
  }

  private List<Row> find(Connection connection, RowKey after) throws SQLException {
    List<Object> further = new ArrayList<>();
    if (which.learner() != null) {
      further.add(which.learner());
    }
    if (which.code() != null) {
      further.add(which.code());
    }
    further.add(PAGE);
    return Sql.query(
            connection,
            """
            SELECT file_no, row_no, part, learner, slot FROM file_row
            WHERE %s AND state IN %s %s %s ORDER BY file_no, row_no, part LIMIT ?"""
                .formatted(
                    RowKey.FOLLOWS,
                    states(),
                    which.learner() == null ? "" : "AND learner = ?",
                    which.code() == null ? "" : "AND code = ?"),
            after.and(further.toArray()))
        .list(Row::read);
  }

  private int retry(Connection connection, List<Row> page) throws SQLException {
    RowChanges rows = new RowChanges();
    List<@Nullable Object[]> reopened = new ArrayList<>();
    long ended = 0;
    for (Row row : page) {
      Optional<RowState> state = stateIfStillToRetry(connection, row);
      if (state.isEmpty()) {
        continue;
      }
      Optional<RowKey> newer =
          Newer.than(connection, ledger.account(), row.key, row.learner, row.slot);
      if (newer.isPresent()) {
        rows.move(
            row.key,
            state.get(),
            new RowChanges.To(
                RowState.SUPERSEDED,
                Code.SUPERSEDED.name(),
                LearnerQueues.supersededBy(newer.get()),
                at));
        ended++;
      } else {
        rows.move(row.key, state.get(), new RowChanges.To(RowState.PLANNED, null, null, at));
        reopened.add(new Object[] {row.key.file(), row.key.row(), row.key.part()});
      }
    }
    rows.write(connection);
    reopen(connection, reopened);
    int sentAgain = reopened.size();
    if (sentAgain + ended > 0) {
      Sql.update(
          connection,
          "UPDATE file SET state = 'delivering', done_at = NULL WHERE no = ? AND state = 'done'",
          page.get(0).key.file());
    }
    if (sentAgain > 0) {
      // a slot may change behind the back of a file that was compared with it
      Sql.update(
          connection,
          "UPDATE file SET overtaken = TRUE WHERE state = 'receiving' AND account = ?",
          ledger.account());
      for (long learner : page.stream().map(Row::learner).distinct().toList()) {
        new LearnerQueue(connection, ledger.account(), learner).restart();
      }
    }
    retried += sentAgain;
    superseded += ended;
    return page.size();
  }

  private Optional<RowState> stateIfStillToRetry(Connection connection, Row row)
      throws SQLException {
    return Sql.query(
            connection,
            "SELECT r.state FROM file_row r JOIN file f ON f.no = r.file_no WHERE r.file_no = ?"
                + " AND r.row_no = ? AND r.part = ? AND f.state IN ('delivering', 'done')"
                + " AND f.stored <> ''"
                + " AND r.state IN "
                + states(),
            row.key.file(),
            row.key.row(),
            row.key.part())
        .one(r -> RowState.of(r.getString("state")));
  }

  private static void reopen(Connection connection, List<@Nullable Object[]> keys)
      throws SQLException {
    Sql.batch(
        connection,
        "UPDATE file_row SET http_status = NULL WHERE file_no = ? AND row_no = ? AND part = ?",
        keys);
    Sql.batch(
        connection,
        """
        UPDATE request SET closed = FALSE, attempts = 0, first_attempt_at = NULL
          WHERE file_no = ? AND row_no = ? AND part = ?""",
        keys);
  }
}
