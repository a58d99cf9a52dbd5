package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.durable.Step;

/**
 * The open ledger: its pool and its transactions. Thread-safe.
 *
 * <p>Opening migrates the schema, apart from the pool. Closing waits for nothing: callers have
 * stopped before.
 *
 * <p>An H2 ledger has one writer at a time, its commit included; readers are not held up. Where H2
 * saves its maps it takes one after the other, and does not stop others who write: after {@code
 * kill -9} in just that save, an index has an entry whose row is not there, or half a transaction
 * is left. In PostgreSQL many write at once, and the account's row is the lock where order matters.
 */
public final class Ledger implements AutoCloseable {
  private final ConnectionPool connections;
  private final String account;
  private final ReentrantLock writer = new ReentrantLock(true);
  // null: an H2 ledger, locked by its file, with one writer at a time
  private final @Nullable InstanceLock instanceLock;

  /** Work in a transaction. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T in(Connection connection) throws SQLException;
  }

  private Ledger(ConnectionPool connections, String account, @Nullable InstanceLock instanceLock) {
    this.connections = connections;
    this.account = account;
    this.instanceLock = instanceLock;
  }

  /**
   * Opens the ledger, creating or migrating it.
   *
   * @param place where it is and how to log in
   * @param account the account whose learner queues, slots and pauses are meant
   * @throws LedgerException if it can't be opened: in use by another process, wrong login, not
   *     reachable, not durable, moved elsewhere, made by a newer version of this program; then it
   *     is as it was
   */
  public static Ledger open(LedgerLogin place, String account) {
    HeldLedger held = HeldLedger.open(place);
    try {
      MoveMark.refuse(held.connection());
      Ledger ledger = open(new ConnectionPool(place), account, held.lock());
      held.connection().close(); // there are others now
      return ledger;
    } catch (SQLException | RuntimeException e) { // Hikari wraps the driver's reason
      held.close();
      throw e instanceof LedgerException known ? known : new LedgerException(SqlWords.of(e), e);
    }
  }

  private static Ledger open(
      ConnectionPool connections, String account, @Nullable InstanceLock lock) {
    try {
      Ledger ledger = new Ledger(connections, account, lock);
      ledger.addAccount();
      return ledger;
    } catch (LedgerException e) {
      connections.close();
      throw e;
    }
  }

  /** The account that this ledger was opened for. */
  public String account() {
    return account;
  }

  /** A transaction that changes nothing. */
  <T extends @Nullable Object> T read(Work<T> work) {
    return withoutInterrupts(() -> transaction(work));
  }

  /** A transaction of its own, after which this step is done. */
  <T extends @Nullable Object> T write(Step step, Work<T> work) {
    T result = inTransaction(work);
    step.done();
    return result;
  }

  /** A transaction that may write. */
  <T extends @Nullable Object> T inTransaction(Work<T> work) {
    return withoutInterrupts(
        () -> {
          if (instanceLock == null) {
            return alone(() -> transaction(work));
          }
          refuseIfNotOurs(instanceLock);
          return transaction(work);
        });
  }

  private static void refuseIfNotOurs(InstanceLock lock) {
    try {
      lock.hold();
    } catch (SQLException e) {
      throw new LedgerException(SqlWords.of(e), e);
    }
  }

  private <T extends @Nullable Object> T alone(Supplier<T> write) {
    writer.lock(); // before a connection is taken: who waits keeps none from the readers
    try {
      return write.get();
    } finally {
      writer.unlock();
    }
  }

  /**
   * Keeps a pending interrupt for the caller: neither the pool nor the embedded database's files
   * survive one well.
   */
  private static <T extends @Nullable Object> T withoutInterrupts(Supplier<T> transaction) {
    boolean interrupted = Thread.interrupted();
    try {
      return transaction.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T extends @Nullable Object> T transaction(Work<T> work) {
    int generation = connections.generation();
    try (Connection connection = connections.get()) {
      try {
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | AssertionError e) {
        rollBack(connection, generation, e);
        throw e;
      }
    } catch (SQLException e) {
      throw new LedgerException(SqlWords.of(e), e);
    } catch (AssertionError e) {
      throw new LedgerException(connections.whyGone(), e);
    }
  }

  /** What failed first is what counts, and what is told. */
  private void rollBack(Connection connection, int generation, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException | AssertionError e) {
      cause.addSuppressed(e);
    }
    if (cause instanceof SQLException e) {
      connections.failed(connection, generation, e);
    } else if (cause instanceof AssertionError) {
      connections.closedItself(generation);
    }
  }

  /**
   * Holds the account's row until the transaction ends. Code that moves queues, or rows that queues
   * may point at, holds it first: else a release and a settlement could undo or deadlock each
   * other. Where there is one writer at a time, a transaction that writes is alone already.
   */
  void lock(Connection connection) throws SQLException {
    if (instanceLock == null) {
      return;
    }
    Sql.query(connection, "SELECT name FROM account WHERE name = ? FOR UPDATE", account)
        .one(r -> r.getString(1));
  }

  @Override
  public void close() {
    connections.close();
    if (instanceLock != null) {
      instanceLock.close();
    }
  }

  private void addAccount() {
    write(
        Step.ACCOUNT_ADDED,
        connection -> {
          boolean known =
              Sql.query(connection, "SELECT name FROM account WHERE name = ?", account)
                  .one(r -> r.getString(1))
                  .isPresent();
          if (!known) {
            Sql.update(connection, "INSERT INTO account (name) VALUES (?)", account);
          }
          return known;
        });
  }
}
