package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Commits the small changes of parallel workers together, without a timer: a worker that finds
 * nobody at work takes all that waits and writes it in one transaction, which holds the account's
 * row; who comes meanwhile waits for the next round. Alone, a change is committed at once.
 *
 * <p>Where a round fails, each of its changes is written again in a transaction of its own, so that
 * a failing change fails only its owner. Thread-safe.
 *
 * @param <T> a change
 * @param <R> what became of it
 */
final class GroupCommit<T, R> {
  private final Ledger ledger;
  private final Round<T, R> round;
  private final Consumer<T> committed;
  private final Object lock = new Object();
  private List<Entry<T, R>> waiting = new ArrayList<>();
  private boolean busy;

  /** Has no effect outside its transaction. */
  @FunctionalInterface
  interface Round<T, R> {
    /** Writes them; returns what became of each. */
    List<R> write(Connection connection, List<T> changes) throws SQLException;
  }

  private record Entry<T, R>(T change, CompletableFuture<R> result) {}

  /**
   * @param committed told of each change once it is
   */
  GroupCommit(Ledger ledger, Round<T, R> round, Consumer<T> committed) {
    this.ledger = ledger;
    this.round = round;
    this.committed = committed;
  }

  /**
   * Returns when the change is committed. Not interruptible: what is on its way must be written
   * down; an interrupt is kept for the caller.
   *
   * @throws LedgerException if it could not be committed
   */
  R run(T change) {
    Entry<T, R> entry = new Entry<>(change, new CompletableFuture<>());
    List<Entry<T, R>> entries = takeRoundOrWaitFor(entry);
    if (!entries.isEmpty()) {
      try {
        commit(entries);
      } finally {
        synchronized (lock) {
          busy = false;
          lock.notifyAll();
        }
      }
    }
    try {
      return entry.result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * The round that the caller must commit, its own entry among them; or none if somebody else
   * committed it.
   */
  private List<Entry<T, R>> takeRoundOrWaitFor(Entry<T, R> entry) {
    boolean interrupted = false;
    synchronized (lock) {
      waiting.add(entry);
      while (busy && !entry.result.isDone()) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      List<Entry<T, R>> entries = List.of();
      if (!entry.result.isDone()) {
        busy = true;
        entries = waiting;
        waiting = new ArrayList<>();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return entries;
    }
  }

  private void commit(List<Entry<T, R>> entries) {
    List<T> changes = entries.stream().map(Entry::change).toList();
    try {
      List<R> results =
          ledger.inTransaction(
              connection -> {
                ledger.lock(connection);
                return round.write(connection, changes);
              });
      for (int i = 0; i < entries.size(); i++) {
        committed.accept(changes.get(i));
        entries.get(i).result.complete(results.get(i));
      }
    } catch (RuntimeException | Error e) {
      if (entries.size() == 1) {
        entries.get(0).result.completeExceptionally(e);
      } else {
        entries.forEach(entry -> commit(List.of(entry)));
      }
    }
  }
}
