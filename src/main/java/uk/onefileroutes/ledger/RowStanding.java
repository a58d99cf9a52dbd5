package uk.onefileroutes.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;

/**
 * How a row stands, and why.
 *
 * @param codes why, joined with {@code ;}; null while it is planned or being sent
 * @param message the same as sentences; null where the code says it all
 */
public record RowStanding(RowState state, @Nullable String codes, @Nullable String message) {

  static RowStanding read(ResultSet row) throws SQLException {
    return new RowStanding(
        RowState.of(row.getString("state")), row.getString("code"), row.getString("message"));
  }
}
