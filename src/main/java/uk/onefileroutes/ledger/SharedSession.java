package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Recognises a pooler that gives a session of the server away between two transactions (PgBouncer's
 * {@code pool_mode=transaction}): a lock that belongs to a session would be another's there, or
 * nobody's. Stateless.
 */
final class SharedSession {
  private static final String PROCESS = "SELECT pg_backend_pid()";
  // with the ledger's own no more than it takes at work
  private static final int OTHERS = 3;

  private SharedSession() {}

  /**
   * Lets other connections begin a transaction each, until one gets the very process of the server
   * that this one had: which its session would never lose.
   *
   * @param connection idle, each of its statements a transaction of its own
   * @throws SQLException if its session is not its own, or the server does not answer
   */
  static void refuse(Connection connection, LedgerLogin place) throws SQLException {
    refuse(connection, place, process(connection), OTHERS);
  }

  /**
   * @param left how many others may still be opened; those before hold theirs meanwhile, so that
   *     what a pooler has idle comes to an end
   */
  private static void refuse(Connection connection, LedgerLogin place, int ours, int left)
      throws SQLException {
    if (left == 0) {
      return;
    }
    try (Connection other =
        DriverManager.getConnection(place.url(), place.user(), place.password())) {
      other.setAutoCommit(false);
      if (process(other) == ours || process(connection) != ours) {
        throw new SQLException(
            "a pooler in front of it shares sessions between transactions, so that no session can"
                + " hold a lock; set pool_mode=session for this database, or connect to the server"
                + " itself by ledger.url");
      }
      refuse(connection, place, ours, left - 1);
      other.rollback();
    }
  }

  private static int process(Connection connection) throws SQLException {
    return Sql.query(connection, PROCESS).one(row -> row.getInt(1)).orElseThrow();
  }
}
