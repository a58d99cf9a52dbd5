package uk.onefileroutes.simulator;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A fault in place. Thread safe. */
public final class ArmedFault {
  private final Fault fault;
  private final CountDownLatch removed = new CountDownLatch(1);
  private int seen;
  private int taken;

  ArmedFault(Fault fault) {
    this.fault = fault;
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

  synchronized boolean takes(String path, @Nullable Integer learner) {
    Selection selection = fault.selection();
    if (isRemoved() || !selection.fits(path, learner)) {
      return false;
    }
    seen++;
    boolean due =
        seen > selection.skipped()
            && (seen - selection.skipped()) % selection.every() == 0
            && (selection.times() == 0 || taken < selection.times());
    if (due) {
      taken++;
    }
    return due;
  }

  boolean isRemoved() {
    return removed.getCount() == 0;
  }

  /** Waits as long as the fault says, or until it is removed. */
  void makeWait() throws InterruptedException {
    if (fault instanceof Fault.Latency latency) {
      boolean unused = removed.await(latency.delay().toNanos(), TimeUnit.NANOSECONDS);
    } else if (fault instanceof Fault.Hang) {
      removed.await();
    }
  }
}
