package uk.onefileroutes.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a row of a file was found to ask for.
 *
 * @param held what the slot was known to hold when the row was read; null where that was not known
 * @param path of the request, below the base URL; null where nothing is to be sent
 * @param payload of the request
 */
public record AskedAssignment(
    long learner,
    String slot,
    long assignee,
    @Nullable Long held,
    @Nullable String path,
    @Nullable String payload) {

  static AskedAssignment read(ResultSet row) throws SQLException {
    long held = row.getLong("held");
    return new AskedAssignment(
        row.getLong("learner"),
        row.getString("slot"),
        row.getLong("assignee"),
        row.getObject("held") == null ? null : Long.valueOf(held),
        row.getString("path"),
        row.getString("payload"));
  }
}
