package uk.onefileroutes.ports;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whose login is compared next. There is a budget of wrong logins, which time refills; each turn
 * takes one of it, and a login that turns out to be right gives it back. So right logins never wait
 * for each other, and guesses are as many as the budget, however many come at once. Where the
 * budget is used up, logins wait: clients take turns, so that nobody waits behind another client's
 * guesses. Not thread-safe; knows neither clock nor server.
 *
 * @param <T> what waits
 */
final class LoginQueue<T extends LoginQueue.Waiting> {
  /** Wrong logins that are answered at once after a quiet time. */
  static final int BURST = 5;

  /** For one more wrong login. */
  static final Duration REFILL = Duration.ofMillis(250);

  /** At most this many wait, of one client and of all. */
  static final int MAX_OF_CLIENT = 64;

  static final int MAX_OF_ALL = 256;

  private final Map<String, Deque<T>> clients = new LinkedHashMap<>();
  private int waiting;
  private int budget = BURST;
  private long refilledAt;

  /** Something that waits for its turn. */
  interface Waiting {
    /** Whether nobody waits for its answer any more. */
    boolean isGone();
  }

  LoginQueue(long nowNanos) {
    refilledAt = nowNanos;
  }

  /** Adds it at the end of its client's queue; false: too many wait, it was not added. */
  boolean offer(String client, T login) {
    Deque<T> queued = clients.get(client);
    if (waiting >= MAX_OF_ALL || (queued != null && queued.size() >= MAX_OF_CLIENT)) {
      removeGone();
      queued = clients.get(client);
    }
    if (waiting >= MAX_OF_ALL || (queued != null && queued.size() >= MAX_OF_CLIENT)) {
      return false;
    }
    clients.computeIfAbsent(client, added -> new ArrayDeque<>()).add(login);
    waiting++;
    return true;
  }

  /** Takes the one whose turn it is; empty: nobody waits, or the budget is used up. */
  Optional<T> next(long nowNanos) {
    refill(nowNanos);
    while (budget > 0 && waiting > 0) {
      Map.Entry<String, Deque<T>> first = clients.entrySet().iterator().next();
      Deque<T> queued = first.getValue();
      String client = first.getKey();
      T login = queued.remove();
      waiting--;
      clients.remove(client);
      if (!queued.isEmpty()) {
        clients.put(client, queued); // behind the others
      }
      if (!login.isGone()) {
        budget--;
        return Optional.of(login);
      }
    }
    return Optional.empty();
  }

  /** A turn was used by a right login. */
  void giveBack() {
    budget = Math.min(BURST, budget + 1);
  }

  boolean isEmpty() {
    return waiting == 0;
  }

  private void refill(long nowNanos) {
    long due = (nowNanos - refilledAt) / REFILL.toNanos();
    refilledAt += due * REFILL.toNanos();
    budget = (int) Math.min(BURST, budget + due);
  }

  private void removeGone() {
    Iterator<Deque<T>> queues = clients.values().iterator();
    while (queues.hasNext()) {
      Deque<T> queued = queues.next();
      int before = queued.size();
      queued.removeIf(Waiting::isGone);
      waiting -= before - queued.size();
      if (queued.isEmpty()) {
        queues.remove();
      }
    }
  }
}
