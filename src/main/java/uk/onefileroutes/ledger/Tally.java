package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;

/**
 * The counts of a file's rows: read, and their changes gathered within a transaction and written
 * once at its end. Rows of a dry run are not counted.
 */
final class Tally {
  private record Cell(long fileNo, RowState state) {}

  private final Map<Cell, Long> changes = new HashMap<>();

  /** How many of a file's rows are in which state; states without rows are left out. */
  static Map<RowState, Long> of(Connection connection, long fileNo) throws SQLException {
    Map<RowState, Long> tally = new EnumMap<>(RowState.class);
    Sql.query(
            connection, "SELECT state, amount FROM tally WHERE file_no = ? AND amount <> 0", fileNo)
        .each(r -> tally.put(RowState.of(r.getString("state")), r.getLong("amount")));
    return tally;
  }

  void add(long fileNo, RowState state, long amount) {
    if (!DryRunRows.isDryRun(fileNo)) {
      changes.merge(new Cell(fileNo, state), amount, Long::sum);
    }
  }

  void move(long fileNo, RowState from, RowState to) {
    add(fileNo, from, -1);
    add(fileNo, to, 1);
  }

  void write(Connection connection) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    changes.forEach(
        (cell, amount) -> {
          if (amount != 0) {
            rows.add(new Object[] {amount, cell.fileNo, cell.state.word()});
          }
        });
    for (@Nullable Object[] row : rows) {
      int updated =
          Sql.update(
              connection,
              "UPDATE tally SET amount = amount + ? WHERE file_no = ? AND state = ?",
              row);
      if (updated == 0) {
        Sql.update(connection, "INSERT INTO tally (amount, file_no, state) VALUES (?, ?, ?)", row);
      }
    }
    changes.clear();
  }
}
