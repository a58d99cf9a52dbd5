package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.durable.Step;

/**
 * Commits the small writes of parallel workers together, without a timer: a worker that finds
 * nobody at work takes all that waits and runs it in one transaction; who comes meanwhile waits for
 * the next round. Alone, a write is committed at once.
 *
 * <p>Where one of them fails, each is run again in a transaction of its own, so that a failing
 * write fails only its owner. Work must therefore have no effect outside its transaction.
 */
final class GroupCommit {
  private final Ledger ledger;
  private final Object lock = new Object();
  private List<Entry<?>> waiting = new ArrayList<>();
  private boolean busy;

  GroupCommit(Ledger ledger) {
    this.ledger = ledger;
  }

  private record Entry<T extends @Nullable Object>(
      Step step, Ledger.Work<T> work, CompletableFuture<T> result) {

    Runnable runIn(Connection connection) throws SQLException {
      T value = work.in(connection);
      return () -> {
        step.done();
        result.complete(value);
      };
    }
  }

  /**
   * Returns when the work is committed. Not interruptible: what is on its way must be written down;
   * an interrupt is kept for the caller.
   *
   * @throws LedgerException if it could not be committed
   */
  <T extends @Nullable Object> T run(Step step, Ledger.Work<T> work) {
    Entry<T> entry = new Entry<>(step, work, new CompletableFuture<>());
    List<Entry<?>> round = takeRoundOrWaitFor(entry);
    if (!round.isEmpty()) {
      try {
        commit(round);
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
  private List<Entry<?>> takeRoundOrWaitFor(Entry<?> entry) {
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
      List<Entry<?>> round = List.of();
      if (!entry.result.isDone()) {
        busy = true;
        round = waiting;
        waiting = new ArrayList<>();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return round;
    }
  }

  private void commit(List<Entry<?>> round) {
    try {
      List<Runnable> committed =
          ledger.inTransaction(
              connection -> {
                ledger.lock(connection);
                List<Runnable> all = new ArrayList<>(round.size());
                for (Entry<?> entry : round) {
                  all.add(entry.runIn(connection));
                }
                return all;
              });
      committed.forEach(Runnable::run);
    } catch (RuntimeException | Error e) {
      if (round.size() == 1) {
        round.get(0).result.completeExceptionally(e);
      } else {
        round.forEach(entry -> commit(List.of(entry)));
      }
    }
  }
}
