package uk.onefileroutes.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;

/**
 * A row as it stands.
 *
 * @param attempts calls made for it
 */
public record StoredRow(
    long row,
    int part,
    RowState state,
    RowNote note,
    @Nullable Integer httpStatus,
    int attempts,
    Instant changedAt) {

  static StoredRow read(ResultSet row) throws SQLException {
    return new StoredRow(
        row.getLong("row_no"),
        row.getInt("part"),
        RowState.of(row.getString("state")),
        new RowNote(row.getString("code"), row.getString("message"), row.getString("warning")),
        row.getObject("http_status", Integer.class),
        row.getInt("attempts"),
        Sql.instant(row, "changed_at"));
  }
}
