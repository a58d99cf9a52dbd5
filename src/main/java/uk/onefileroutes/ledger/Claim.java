package uk.onefileroutes.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The next request of a learner queue, with all that is needed to send it and to judge its answer.
 *
 * @param feed whose file asked for it
 * @param isHeld whether its slot is known to hold the assignee already, so that no call is needed
 * @param token which run of the process sent it; null while it is not on its way
 */
public record Claim(
    RowKey key,
    String feed,
    AssignmentRequest request,
    Tries tries,
    boolean isHeld,
    @Nullable String token) {

  /**
   * The attempts so far that count towards the limit.
   *
   * @param firstAt when the first of them was made
   */
  public record Tries(int amount, @Nullable Instant firstAt) {}

  /** Whose queue it is the next request of. */
  public long learner() {
    return request.learner();
  }

  static Claim read(ResultSet row) throws SQLException {
    return new Claim(
        RowKey.read(row),
        row.getString("feed"),
        AssignmentRequest.read(row),
        new Tries(row.getInt("attempts"), Sql.nullableInstant(row, "first_attempt_at")),
        row.getBoolean("held"),
        row.getString("claim"));
  }
}
