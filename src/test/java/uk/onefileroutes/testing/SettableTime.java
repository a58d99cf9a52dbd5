package uk.onefileroutes.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import uk.onefileroutes.pace.PaceTime;

/**
 * Time that moves only when a test says so. Whoever waits on it wakes up when it moves. Safe
 * between threads.
 *
 * <p>To move through time in step with waiting threads, call {@link #awaitWaiters} before and after
 * each move.
 */
public final class SettableTime implements PaceTime {

  private static final long PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();

  private final Map<Condition, Lock> rooms = new HashMap<>();
  private final Set<Thread> waiters = new HashSet<>();
  private Instant wall;
  private long nanos;

  /** Starts at this moment; the ticker starts near its overflow, as it may. */
  public SettableTime(Instant start) {
    this.wall = start;
    this.nanos = Long.MAX_VALUE - 1_000_000_000L;
  }

  /** Starts at this moment, for example {@code 2026-03-31T06:00:00Z}. */
  public static SettableTime at(String start) {
    return new SettableTime(Instant.parse(start));
  }

  @Override
  public synchronized Instant instant() {
    return wall;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  /** Moves wall clock and ticker forward together. */
  public void advance(Duration by) {
    move(wallAfter(by), by);
  }

  /** Moves wall clock and ticker forward together, until the wall clock shows this moment. */
  public void advanceTo(Instant instant) {
    advance(Duration.between(instant(), instant));
  }

  private synchronized Instant wallAfter(Duration by) {
    return wall.plus(by);
  }

  /** Sets the wall clock, forward or back; the ticker doesn't notice. */
  public void jumpTo(Instant instant) {
    move(instant, Duration.ZERO);
  }

  private void move(Instant instant, Duration by) {
    Map<Condition, Lock> all;
    synchronized (this) {
      wall = instant;
      nanos += by.toNanos();
      waiters.clear();
      all = new HashMap<>(rooms);
    }
    all.forEach(
        (changed, lock) -> {
          lock.lock();
          try {
            changed.signalAll();
          } finally {
            lock.unlock();
          }
        });
  }

  @Override
  @SuppressWarnings(
      "WaitNotInLoop") // the caller loops: a wake-up for no reason is part of the promise
  public void awaitUntil(Lock lock, Condition changed, long deadline) throws InterruptedException {
    synchronized (this) {
      if (deadline - nanos <= 0) {
        return;
      }
      rooms.put(changed, lock);
      waiters.add(Thread.currentThread());
      notifyAll();
    }
    try {
      changed.await();
    } finally {
      synchronized (this) {
        waiters.remove(Thread.currentThread());
      }
    }
  }

  /**
   * Waits, in real time, until so many threads have seen the present time and wait for it to move.
   *
   * @throws IllegalStateException if that has not happened after 15 s
   */
  public synchronized void awaitWaiters(int count) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (waiters.size() < count) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new IllegalStateException(
            "only " + waiters.size() + " of " + count + " threads wait");
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
