package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;

/**
 * Changes of a file's counts, gathered within a transaction and written once at its end. Rows of a
 * dry run are not counted.
 */
final class Tally {
  private record Cell(long fileNo, RowState state) {}

  private final Map<Cell, Long> changes = new HashMap<>();

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
