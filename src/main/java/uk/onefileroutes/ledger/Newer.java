package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Which row a row must give way to: a later one for the same slot, of a file that was released.
 * What was superseded or cancelled asks for nothing any more; what Onefile refused still does, for
 * it is what its sender wanted last.
 */
final class Newer {
  /** For the rows {@code n} of a released file that was not cancelled. */
  static final String ASKS = "n.state NOT IN ('superseded', 'cancelled')";

  /** For the rows {@code n} of a cancelled file: what is undelivered there is about to end. */
  static final String ASKED_BEFORE_CANCEL =
      "n.state NOT IN ('superseded', 'cancelled', 'planned', 'waiting')";

  private Newer() {}

  /** A released file that came later. */
  record File(long no, boolean isCancelled) {
    /** Those of its rows that ask. */
    Undelivered.Asking asking() {
      return new Undelivered.Asking(no, isCancelled ? ASKED_BEFORE_CANCEL : ASKS);
    }
  }

  /** The files that were released though they came later, newest first. */
  static List<File> files(Connection connection, Ledger ledger, long fileNo) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT no, state FROM file WHERE no > ? AND account = ? AND released_at IS NOT NULL
              ORDER BY no DESC""",
            fileNo,
            ledger.account())
        .list(r -> new File(r.getLong("no"), r.getString("state").equals("cancelled")));
  }

  /** The next later row that asks for this row's slot. */
  static Optional<RowKey> than(
      Connection connection, String account, RowKey key, long learner, String slot)
      throws SQLException {
    return Sql.query(
            connection,
            "SELECT n.file_no, n.row_no, n.part FROM file_row n JOIN file f ON f.no = n.file_no"
                + " WHERE n.learner = ? AND n.slot = ? AND n.file_no >= ? AND f.account = ?"
                + " AND (n.file_no > ? OR n.row_no > ? OR n.row_no = ? AND n.part > ?)"
                + " AND (f.state IN ('delivering', 'done') AND "
                + ASKS
                + " OR f.state = 'cancelled' AND f.released_at IS NOT NULL AND "
                + ASKED_BEFORE_CANCEL
                + ") ORDER BY n.file_no, n.row_no, n.part LIMIT 1",
            learner,
            slot,
            key.file(),
            account,
            key.file(),
            key.row(),
            key.row(),
            key.part())
        .one(RowKey::read);
  }
}
