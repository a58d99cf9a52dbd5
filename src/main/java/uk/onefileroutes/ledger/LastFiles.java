package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Which file of a feed the next one is compared with. Pure SQL; for a caller's transaction. */
final class LastFiles {
  /** Files of {@code f} that went to delivery; those that were made here say nothing of exports. */
  static final String RELEASED = "f.state IN ('delivering', 'done') AND f.made IS NULL";

  /** Those that had rows. */
  static final String WITH_ROWS =
      RELEASED
          + " AND EXISTS (SELECT 1 FROM tally t WHERE t.file_no = f.no AND t.amount > 0"
          + " AND t.state <> 'ignored')";

  /** Those that named all that is assigned, as far as it is known. */
  static final String WITH_SLOTS =
      RELEASED
          + " AND EXISTS (SELECT 1 FROM tally t WHERE t.file_no = f.no AND t.amount > 0"
          + " AND t.state NOT IN ('ignored', 'invalid'))"
          + " AND NOT EXISTS (SELECT 1 FROM file_figures g WHERE g.file_no = f.no"
          + " AND NOT g.snapshot)";

  private LastFiles() {}

  /** The last of these before a file of its feed. */
  static OptionalLong before(Connection connection, String account, FileEntry file, String which)
      throws SQLException {
    return Sql.query(
            connection,
            "SELECT f.no FROM file f WHERE f.account = ? AND f.feed = ? AND f.no < ? AND "
                + which
                + " ORDER BY f.account DESC, f.feed DESC, f.no DESC LIMIT 1",
            account,
            file.feed(),
            file.no())
        .one(r -> OptionalLong.of(r.getLong("no")))
        .orElse(OptionalLong.empty());
  }
}
