package uk.onefileroutes.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of a ledger. An embedded database closes itself for good when its disk refuses a
 * write, and opens without the right to write while its disk has none; its connections look well
 * all the same. So those that met it are thrown away, with all others of that time, and the next
 * one opens the database again. Thread-safe.
 */
final class ConnectionPool implements AutoCloseable {
  private static final int POOL_SIZE = 6;
  private static final int FOR_AN_ACCOUNT = 2;
  private static final int MAX_POOL_SIZE = 40;
  private static final long CONNECTION_TIMEOUT_MS = 10_000;

  private static final int READ_ONLY = 90097;
  // a server that became a standby: behind the same name another one may be the primary now
  private static final String READ_ONLY_SERVER = "25006";
  // I/O, corrupted, I/O with a path, closed, shut down. Not "general": the first to meet a closing
  // database gets it, but so does who meets anything else that the database did not expect
  private static final Set<Integer> GONE = Set.of(90028, 90030, 90031, 90098, 90121);

  private final HikariDataSource pool;
  private final boolean isH2;
  private final AtomicInteger generation = new AtomicInteger();
  private volatile String whyGone = "its database closed itself and is opened again";

  ConnectionPool(LedgerLogin place) {
    isH2 = place.isH2();
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setJdbcUrl(place.url());
    config.setUsername(place.user());
    config.setPassword(place.password());
    config.setMaximumPoolSize(POOL_SIZE);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
    config.setAutoCommit(false);
    if (!isH2) { // what the URL says goes before
      config.addDataSourceProperty("reWriteBatchedInserts", "true");
      config.addDataSourceProperty("tcpKeepAlive", "true");
      // a server that is cut off must not hold a worker for ever
      config.addDataSourceProperty("socketTimeout", "120");
      config.addDataSourceProperty("ApplicationName", "onefile-assignment-routes");
    }
    config.setExceptionOverride(
        new SQLExceptionOverride() {
          @java.lang.Override
          public SQLExceptionOverride.Override adjudicate(SQLException e) {
            return isGone(e) || READ_ONLY_SERVER.equals(e.getSQLState())
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
          }
        });
    pool = new HikariDataSource(config);
  }

  Connection get() throws SQLException {
    return pool.getConnection();
  }

  /** Makes room for one more account: what one reads must not keep another waiting. */
  void widen() {
    int size = Math.min(pool.getMaximumPoolSize() + FOR_AN_ACCOUNT, MAX_POOL_SIZE);
    pool.getHikariConfigMXBean().setMaximumPoolSize(size);
  }

  /** To be asked before a connection is taken. */
  int generation() {
    return generation.get();
  }

  /**
   * Takes note of what a transaction failed with, after it was rolled back. A caller that still
   * held a connection when all were thrown away throws away none of those that came after.
   *
   * @param taken the generation before its connection was taken
   */
  void failed(Connection connection, int taken, SQLException e) {
    if (!isGone(e)) {
      return;
    }
    whyGone = SqlWords.of(e);
    if (isFirst(taken)) {
      if (e.getErrorCode() == READ_ONLY) {
        shutDown(connection);
      }
      throwAway();
    }
  }

  /** Why connections were thrown away last: the same words however somebody met it. */
  String whyGone() {
    return whyGone;
  }

  /**
   * As {@link #failed}, where the database noticed by an assertion of its own that it is closed.
   */
  void closedItself(int taken) {
    if (isFirst(taken)) {
      throwAway();
    }
  }

  private boolean isFirst(int taken) {
    return generation.compareAndSet(taken, taken + 1);
  }

  private void throwAway() {
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  /** It would stay open, and without the right to write, for as long as anyone is connected. */
  private static void shutDown(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      return; // it is closed already, which is what was wanted
    }
  }

  /** By what it failed with, or by what the attempt to roll it back failed with. */
  private boolean isGone(SQLException e) {
    return isH2
        && (e.getErrorCode() == READ_ONLY
            || GONE.contains(e.getErrorCode())
            || Arrays.stream(e.getSuppressed())
                .anyMatch(also -> also instanceof SQLException failure && isGone(failure)));
  }

  @java.lang.Override
  public void close() {
    pool.close();
  }
}
