package uk.onefileroutes.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;

/**
 * A row as it stands.
 *
 * @param codes why, joined with {@code ;}; null while it is planned or being sent
 * @param message the same as sentences; null where the code says it all
 * @param attempts calls made for it
 */
public record StoredRow(
    long row,
    int part,
    RowState state,
    @Nullable String codes,
    @Nullable String message,
    @Nullable String warning,
    @Nullable Integer httpStatus,
    int attempts,
    Instant changedAt) {

  static StoredRow read(ResultSet row) throws SQLException {
    return new StoredRow(
        row.getLong("row_no"),
        row.getInt("part"),
        RowState.of(row.getString("state")),
        row.getString("code"),
        row.getString("message"),
        row.getString("warning"),
        row.getObject("http_status", Integer.class),
        row.getInt("attempts"),
        Sql.instant(row, "changed_at"));
  }
}
