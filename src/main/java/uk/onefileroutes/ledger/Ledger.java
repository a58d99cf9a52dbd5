package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.durable.Step;

/**
 * The open ledger as one account sees it: pool and transactions. Others see it by {@link #of}; all
 * of them share pool, writer and lock, and file numbers are unique over all. Thread-safe.
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
  /** How often a number may be taken by another account before it is given up. */
  private static final int MAX_TRIES = 100;

  /** The state of a statement whose key is there already. */
  private static final String TAKEN = "23505";

  private final ConnectionPool connections;
  private final String account;
  private final ReentrantLock writer;
  // null: an H2 ledger, locked by its file, with one writer at a time
  private final @Nullable InstanceLock instanceLock;
  private final boolean isOpener;

  /** Work in a transaction. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T in(Connection connection) throws SQLException;
  }

  /** Work in a transaction that gives a file its number. */
  @FunctionalInterface
  interface Numbered<T extends @Nullable Object> {
    /**
     * Does it.
     *
     * @param no the next number of the ledger
     */
    T in(Connection connection, long no) throws SQLException;
  }

  private Ledger(
      ConnectionPool connections,
      String account,
      ReentrantLock writer,
      @Nullable InstanceLock instanceLock,
      boolean isOpener) {
    this.connections = connections;
    this.account = account;
    this.writer = writer;
    this.instanceLock = instanceLock;
    this.isOpener = isOpener;
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
      Ledger ledger = new Ledger(connections, account, new ReentrantLock(true), lock, true);
      ledger.addAccount();
      return ledger;
    } catch (LedgerException e) {
      connections.close();
      throw e;
    }
  }

  /**
   * This ledger as another account sees it, which is added where it is new. It works as long as
   * this is open, and closing it closes nothing.
   */
  public Ledger of(String other) {
    Ledger view = new Ledger(connections, other, writer, instanceLock, false);
    view.addAccount();
    connections.widen();
    return view;
  }

  /** The account whose files, queues, slots, pauses and alarms are meant. */
  public String account() {
    return account;
  }

  /** Every account that the ledger knows, by name. */
  public List<String> accounts() {
    return read(Ledger::accounts);
  }

  static List<String> accounts(Connection connection) throws SQLException {
    return Sql.query(connection, "SELECT name FROM account ORDER BY name")
        .list(r -> r.getString(1));
  }

  /** Whether the account ever had a file. */
  public boolean hasFiles() {
    return read(
        connection ->
            Sql.query(connection, "SELECT no FROM file WHERE account = ? LIMIT 1", account)
                .isAny());
  }

  /** Whether the account has files that need a reading, a person, a call or an answer yet. */
  public boolean hasOpenFiles() {
    return read(
        connection -> Sql.query(connection, Overview.OPEN_FILES + " LIMIT 1", account).isAny());
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

  /**
   * A transaction of its own that holds the account's row and gives a file the next number of all
   * accounts, after which this step is done. A failure costs no number. Where another account took
   * it meanwhile, the work is done again with the next one.
   */
  <T extends @Nullable Object> T writeNumbered(Step step, Numbered<T> work) {
    for (int tries = 1; ; tries++) {
      try {
        return write(step, connection -> numbered(connection, work));
      } catch (LedgerException e) {
        if (tries == MAX_TRIES || !isTaken(e)) {
          throw e;
        }
      }
    }
  }

  private <T extends @Nullable Object> T numbered(Connection connection, Numbered<T> work)
      throws SQLException {
    lock(connection); // two feeds would find the same number
    long last =
        Sql.query(connection, "SELECT COALESCE(MAX(no), 0) FROM file")
            .one(r -> r.getLong(1))
            .orElse(0L);
    return work.in(connection, last + 1);
  }

  private static boolean isTaken(LedgerException e) {
    return e.getCause() instanceof SQLException sql && TAKEN.equals(sql.getSQLState());
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
    if (!isOpener) {
      return;
    }
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
