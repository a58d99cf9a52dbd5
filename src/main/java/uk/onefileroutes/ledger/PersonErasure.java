package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.RowState;

/**
 * Takes one learner out of the ledger. What is left is how many rows a file had in which state.
 * Thread-safe; may be called again.
 */
public final class PersonErasure {
  private static final String OF_LEARNER = "learner = ? AND account = ?";

  private final Ledger ledger;

  public PersonErasure(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * The files that have rows of a learner, and which rows these are.
   *
   * @throws ActionRefused if one of the files is not ended: its rows may still be sent, and its
   *     answer is owed
   */
  public Map<Long, Set<Long>> rowsOf(long learner) throws ActionRefused {
    List<Long> open = ledger.read(connection -> open(connection, learner));
    if (!open.isEmpty()) {
      throw new ActionRefused(
          "Learner %d has assignments in files that are not done: %s. Cancel them, or wait until they are done."
              .formatted(learner, open));
    }
    Map<Long, Set<Long>> rows = new TreeMap<>();
    ledger
        .read(
            connection ->
                Sql.query(
                        connection,
                        """
                        SELECT file_no, row_no, part FROM file_row WHERE learner = ? AND file_no > 0
                          ORDER BY learner, slot, file_no, row_no, part""",
                        learner)
                    .list(RowKey::read))
        .forEach(key -> rows.computeIfAbsent(key.file(), no -> new TreeSet<>()).add(key.row()));
    return rows;
  }

  /**
   * Erases the learner: slots, requests, attempts, what the directory has; rows lose everything but
   * their state and code. Rows that could be retried are cancelled. One transaction.
   *
   * @throws ActionRefused as {@link #rowsOf}
   */
  public void erase(long learner, Instant at) throws ActionRefused {
    List<Long> open =
        ledger.inTransaction(
            connection -> {
              ledger.lock(connection);
              List<Long> still = open(connection, learner);
              if (still.isEmpty()) {
                erase(connection, learner, at);
              }
              return still;
            });
    if (!open.isEmpty()) {
      throw new ActionRefused(
          "Learner %d has assignments in files that are not done: %s.".formatted(learner, open));
    }
  }

  private static List<Long> open(Connection connection, long learner) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT DISTINCT f.no FROM file_row r JOIN file f ON f.no = r.file_no
              WHERE r.learner = ? AND (f.done_at IS NULL
              OR f.state NOT IN ('done', 'cancelled', 'refused')) ORDER BY f.no""",
            learner)
        .list(r -> r.getLong("no"));
  }

  private void erase(Connection connection, long learner, Instant at) throws SQLException {
    List<RowKey> rows =
        Sql.query(
                connection,
                "SELECT file_no, row_no, part FROM file_row WHERE learner = ? AND file_no > 0",
                learner)
            .list(RowKey::read);
    for (RowKey row : rows) {
      erase(connection, row, at);
    }
    Sql.update(connection, "DELETE FROM line WHERE " + OF_LEARNER, learner, ledger.account());
    Sql.update(connection, "DELETE FROM slot WHERE " + OF_LEARNER, learner, ledger.account());
    Leaving.deleteSettled(connection);
    Sql.update(
        connection,
        "DELETE FROM directory_user WHERE account = ? AND id = ?",
        ledger.account(),
        learner);
  }

  private static void erase(Connection connection, RowKey row, Instant at) throws SQLException {
    Object[] key = {row.file(), row.row(), row.part()};
    String isIt = " WHERE file_no = ? AND row_no = ? AND part = ?";
    RowState state =
        Sql.query(connection, "SELECT state FROM file_row" + isIt, key)
            .one(r -> RowState.of(r.getString("state")))
            .orElseThrow();
    if (state == RowState.BLOCKED || state == RowState.REJECTED) {
      LearnerQueues.moveRow(connection, row, RowState.CANCELLED, Code.CANCELLED.name(), null, at);
    }
    Sql.update(connection, "DELETE FROM attempt" + isIt, key);
    Sql.update(connection, "DELETE FROM request" + isIt, key);
    Sql.update(
        connection,
        "UPDATE file_row SET learner = NULL, slot = NULL, assignee = NULL, held = NULL,"
            + " replaced = NULL, message = NULL, warning = NULL"
            + isIt,
        key);
  }
}
