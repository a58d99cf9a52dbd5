package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;

/**
 * Changes of rows, gathered within a transaction and written in sets, with the counts of their
 * files. Each row at most once.
 */
final class RowChanges {
  private final Tally tally = new Tally();
  private final List<@Nullable Object[]> moved = new ArrayList<>();
  private final List<@Nullable Object[]> called = new ArrayList<>();

  /** What a row becomes. */
  record To(RowState state, @Nullable String code, @Nullable String message, Instant at) {}

  /** A row becomes something else. */
  void move(RowKey key, RowState from, To to) {
    moved.add(
        new Object[] {
          to.state.word(),
          to.code,
          Sql.bounded(to.message, 4000),
          to.at,
          key.file(),
          key.row(),
          key.part()
        });
    tally.move(key.file(), from, to.state);
  }

  /**
   * A row that was sent becomes something else.
   *
   * @param before how its slot was; null if the call did not reach it
   */
  void settle(RowKey key, To to, @Nullable Integer httpStatus, @Nullable Before before) {
    called.add(
        new Object[] {
          to.state.word(),
          to.code,
          Sql.bounded(to.message, 4000),
          to.at,
          httpStatus,
          before == null ? null : before.assignee(),
          before == null ? null : before.state().word(),
          key.file(),
          key.row(),
          key.part()
        });
    tally.move(key.file(), RowState.SENDING, to.state);
  }

  void write(Connection connection) throws SQLException {
    Sql.batch(
        connection,
        """
        UPDATE file_row SET state = ?, code = ?, message = ?, changed_at = ?
          WHERE file_no = ? AND row_no = ? AND part = ?""",
        moved);
    // what a lost answer left behind is the row's own doing: the first time counts
    Sql.batch(
        connection,
        """
        UPDATE file_row SET state = ?, code = ?, message = ?, changed_at = ?,
          attempts = attempts + 1, http_status = ?,
          replaced = CASE WHEN slot_was IS NULL THEN CAST(? AS BIGINT) ELSE replaced END,
          slot_was = COALESCE(slot_was, CAST(? AS VARCHAR(7)))
          WHERE file_no = ? AND row_no = ? AND part = ?""",
        called);
    tally.write(connection);
  }
}
