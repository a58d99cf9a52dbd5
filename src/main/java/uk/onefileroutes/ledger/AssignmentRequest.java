package uk.onefileroutes.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What is sent for a row: whom it makes what to which learner, and the call that says so.
 *
 * @param slot which of the learner's slots it fills
 * @param kind the kind's word
 * @param path below the base URL
 * @param payload JSON
 */
public record AssignmentRequest(
    long learner, String slot, long assignee, String kind, String path, String payload) {

  static AssignmentRequest read(ResultSet row) throws SQLException {
    return new AssignmentRequest(
        row.getLong("learner"),
        row.getString("slot"),
        row.getLong("assignee"),
        row.getString("kind"),
        row.getString("path"),
        row.getString("payload"));
  }
}
