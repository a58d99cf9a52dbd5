package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A ledger that nobody else works on while this is open, with the tables of this version, and one
 * connection to it; whether it may be worked on is not asked. For one thread.
 */
final class HeldLedger implements AutoCloseable {
  private final LedgerLogin place;
  private final Connection connection;
  private final @Nullable InstanceLock lock;

  private HeldLedger(LedgerLogin place, Connection connection, @Nullable InstanceLock lock) {
    this.place = place;
    this.connection = connection;
    this.lock = lock;
  }

  /**
   * Opens it, creating or migrating it.
   *
   * @throws LedgerException as {@link Ledger#open}
   */
  static HeldLedger open(LedgerLogin place) {
    InstanceLock lock = place.isH2() ? null : new InstanceLock(place);
    try {
      if (lock != null) {
        lock.hold(); // before the tables are migrated under another's feet
      }
      return new HeldLedger(place, Schema.open(place), lock);
    } catch (SQLException | RuntimeException e) { // Flyway wraps the driver's reason
      if (lock != null) {
        lock.close();
      }
      throw new LedgerException(SqlWords.of(e), e);
    }
  }

  LedgerLogin place() {
    return place;
  }

  Connection connection() {
    return connection;
  }

  /** What holds it beyond this connection; null: H2 holds it while anybody is connected. */
  @Nullable InstanceLock lock() {
    return lock;
  }

  /** What this connection does from here on is one transaction. */
  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** Takes back what was not committed; a connection that was cut has taken it back itself. */
  void rollBack() {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      return;
    }
  }

  /**
   * Sees to it that it was ours all the time.
   *
   * @throws SQLException if another instance could have had it meanwhile
   */
  void refuseIfLost() throws SQLException {
    if (lock != null && !lock.isUnbroken()) {
      throw new SQLException("its connection was cut", "08006");
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      return; // it was cut
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
