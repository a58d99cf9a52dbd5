package uk.onefileroutes.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A fault in place. Thread safe. */
public final class ArmedFault {
  private final Fault fault;
  private final @Nullable RateLimiter rate;
  private final CountDownLatch removed = new CountDownLatch(1);
  private @Nullable Instant firstTaken;
  private int seen;
  private int taken;

  ArmedFault(Fault fault) {
    this.fault = fault;
    this.rate = fault instanceof Fault.Rate limit ? new RateLimiter(limit.callsPerMinute()) : null;
  }

  /** What it does. */
  public Fault fault() {
    return fault;
  }

  /** How many calls it has taken so far. */
  public synchronized int taken() {
    return taken;
  }

  /** Ends it, and lets go whom it makes wait. May be called again. */
  public void remove() {
    removed.countDown();
  }

  synchronized boolean takes(String path, @Nullable Integer learner, Instant at) {
    Selection selection = fault.selection();
    if (isRemoved() || !selection.fits(path, learner)) {
      return false;
    }
    seen++;
    boolean due =
        seen > selection.skipped()
            && (seen - selection.skipped()) % selection.every() == 0
            && (selection.times() == 0 || taken < selection.times())
            && isInTime(selection.lasting(), at)
            && (rate == null || !rate.admits(at));
    if (due) {
      taken++;
      firstTaken = firstTaken == null ? at : firstTaken;
    }
    return due;
  }

  private boolean isInTime(@Nullable Duration lasting, Instant at) {
    return lasting == null || firstTaken == null || at.isBefore(firstTaken.plus(lasting));
  }

  boolean isRemoved() {
    return removed.getCount() == 0;
  }

  /** Waits as long as the fault says, or until it is removed. */
  void makeWait() throws InterruptedException {
    if (fault instanceof Fault.Latency latency) {
      boolean unused = isRemovedWithin(latency.delay());
    } else if (fault instanceof Fault.Hang) {
      removed.await();
    }
  }

  /** Waits so long; true, and at once, when it is removed. */
  boolean isRemovedWithin(Duration time) throws InterruptedException {
    return removed.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
