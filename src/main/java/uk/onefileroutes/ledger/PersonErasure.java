package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
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
  private static final String OF_ACCOUNT =
      " AND file_no IN (SELECT no FROM file WHERE account = ?)";
  private static final String IS_IT = " WHERE file_no = ? AND row_no = ? AND part = ?";

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
                        "SELECT file_no, row_no, part FROM file_row WHERE learner = ?"
                            + OF_ACCOUNT
                            + " ORDER BY learner, slot, file_no, row_no, part",
                        learner,
                        ledger.account())
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

  private List<Long> open(Connection connection, long learner) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT DISTINCT f.no FROM file_row r JOIN file f ON f.no = r.file_no
              WHERE r.learner = ? AND f.account = ? AND (f.done_at IS NULL
              OR f.state NOT IN ('done', 'cancelled', 'refused')) ORDER BY f.no""",
            learner,
            ledger.account())
        .list(r -> r.getLong("no"));
  }

  private void erase(Connection connection, long learner, Instant at) throws SQLException {
    Map<RowKey, RowState> rows = new LinkedHashMap<>();
    Sql.query(
            connection,
            "SELECT file_no, row_no, part, state FROM file_row WHERE learner = ?" + OF_ACCOUNT,
            learner,
            ledger.account())
        .each(r -> rows.put(RowKey.read(r), RowState.of(r.getString("state"))));
    RowChanges changes = new RowChanges();
    rows.forEach(
        (row, state) -> {
          if (state == RowState.BLOCKED || state == RowState.REJECTED) {
            changes.move(
                row, state, new RowChanges.To(RowState.CANCELLED, Code.CANCELLED.name(), null, at));
          }
        });
    changes.write(connection);
    for (RowKey row : rows.keySet()) {
      erase(connection, row);
    }
    Sql.update(connection, "DELETE FROM line WHERE " + OF_LEARNER, learner, ledger.account());
    Sql.update(connection, "DELETE FROM slot WHERE " + OF_LEARNER, learner, ledger.account());
    Leaving.deleteSettled(connection, ledger.account());
    Sql.update(
        connection,
        "DELETE FROM directory_user WHERE account = ? AND id = ?",
        ledger.account(),
        learner);
  }

  private static void erase(Connection connection, RowKey row) throws SQLException {
    Object[] key = {row.file(), row.row(), row.part()};
    Sql.update(connection, "DELETE FROM attempt" + IS_IT, key);
    Sql.update(connection, "DELETE FROM request" + IS_IT, key);
    Sql.update(
        connection,
        "UPDATE file_row SET learner = NULL, slot = NULL, assignee = NULL, held = NULL,"
            + " replaced = NULL, message = NULL, warning = NULL"
            + IS_IT,
        key);
  }
}
