package uk.onefileroutes.pace;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * The time the pace lives by: a wall clock for windows and plan, a ticker for the spacing of calls
 * and for pauses, and waiting. The ticker never jumps, whatever is done to the wall clock.
 */
public interface PaceTime extends InstantSource {

  /** Nanoseconds on the ticker; only differences mean anything. */
  long nanos();

  /**
   * Waits until the ticker shows the deadline, the condition is signalled or for no reason at all,
   * whichever comes first.
   *
   * @param lock held by the caller, given up while waiting
   * @param changed a condition of that lock
   * @param deadline on the ticker
   * @throws InterruptedException if the thread is interrupted
   */
  void awaitUntil(Lock lock, Condition changed, long deadline) throws InterruptedException;

  /** The time of this machine. */
  static PaceTime system() {
    return SystemTime.INSTANCE;
  }

  /** The time of this machine. */
  enum SystemTime implements PaceTime {
    /** The only one. */
    INSTANCE;

    @Override
    public Instant instant() {
      return Instant.now();
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    @SuppressWarnings(
        "WaitNotInLoop") // the caller loops: a wake-up for no reason is part of the promise
    public void awaitUntil(Lock lock, Condition changed, long deadline)
        throws InterruptedException {
      long unused = changed.awaitNanos(deadline - System.nanoTime());
    }
  }
}
