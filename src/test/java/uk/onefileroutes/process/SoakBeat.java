package uk.onefileroutes.process;

import java.time.Duration;

/** Says when something is due that is done every so often; what was missed is left out. */
final class SoakBeat {
  private final long every;
  private long next = System.nanoTime();

  SoakBeat(Duration every) {
    this.every = every.toNanos();
  }

  /** Whether it is due now; then not before the next time. */
  boolean isDue() {
    long now = System.nanoTime();
    if (now < next) {
      return false;
    }
    next = Math.max(next + every, now);
    return true;
  }
}
