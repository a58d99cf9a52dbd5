package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two instances from working on one ledger in PostgreSQL, as the lock of its file does for an
 * embedded one: a connection of its own holds a lock of the server's, which ends with it. It is
 * looked after before writes, every few seconds; a connection that was cut is made again. No fence:
 * in these seconds another instance may begin. Thread-safe.
 */
final class InstanceLock implements AutoCloseable {
  private static final long EVERY_NANOS = Duration.ofSeconds(3).toNanos();
  private static final int ANSWER_SECONDS = 5;

  /** Ours among the locks of a database: one a schema. */
  static final String TAKE = "SELECT pg_try_advisory_lock(1330004294, hashtext(current_schema()))";

  /** So that the server notices within half a minute that a machine is gone. */
  private static final String NOTICE_AN_END =
      "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";

  private final LedgerLogin place;
  private @Nullable Connection connection;
  private long lookedAt;
  private boolean isKnown;

  InstanceLock(LedgerLogin place) {
    this.place = place;
  }

  /**
   * Takes the lock, or sees to it that it is still held.
   *
   * @throws SQLException if another instance has it, or the server does not answer
   */
  synchronized void hold() throws SQLException {
    long now = System.nanoTime();
    if (connection != null && now - lookedAt < EVERY_NANOS) {
      return;
    }
    if (connection == null || !connection.isValid(ANSWER_SECONDS)) {
      drop();
      connection = taken();
    }
    lookedAt = now;
  }

  /** Whether it was held all the time since it was taken first. */
  synchronized boolean isUnbroken() throws SQLException {
    return connection != null && connection.isValid(ANSWER_SECONDS);
  }

  private Connection taken() throws SQLException {
    Connection made = DriverManager.getConnection(place.url(), place.user(), place.password());
    try (Statement statement = made.createStatement()) {
      if (!isKnown) { // later all connections that the server allows may be taken
        SharedSession.refuse(made, place);
        isKnown = true;
      }
      statement.execute(NOTICE_AN_END);
      if (Sql.query(made, TAKE).one(r -> r.getBoolean(1)).orElse(false)) {
        return made;
      }
    } catch (SQLException e) {
      made.close();
      throw e;
    }
    made.close();
    throw new SQLException("it is already in use by another instance", "55006");
  }

  /** Gives the lock back before it returns: the server would do so only some time after. */
  @Override
  public synchronized void close() {
    if (connection != null) {
      try (Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(ANSWER_SECONDS);
        statement.execute("SELECT pg_advisory_unlock_all()");
      } catch (SQLException e) {
        drop(); // it was cut: the lock ends with it
      }
    }
    drop();
  }

  private void drop() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      return; // it was cut
    } finally {
      connection = null;
    }
  }
}
