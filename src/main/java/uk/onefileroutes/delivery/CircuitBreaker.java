package uk.onefileroutes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.onefileroutes.ledger.RowKey;

/**
 * Tells an outage of the far side from a request that fails by itself: five failures in a row, from
 * five different learners, are an outage. Then delivery pauses, longer each time, and afterwards
 * one request at a time probes until any answer comes. Thread-safe.
 */
final class CircuitBreaker {
  private static final int FAILURES = 5;

  private final Doubling pauses;
  private final Map<Long, RowKey> inARow = new LinkedHashMap<>();
  private int step; // 0: no outage; otherwise how often in a row the pause was set
  private Instant pausedAt = Instant.EPOCH;
  private Instant pausedUntil = Instant.EPOCH;

  /**
   * What a failure led to.
   *
   * @param pause how long to pause now; zero for not at all
   * @param giveBack whose attempts the outage cost, not their own fault
   */
  record Trip(Duration pause, int step, List<RowKey> giveBack) {
    static final Trip NONE = new Trip(Duration.ZERO, 0, List.of());

    boolean isTripped() {
      return !pause.isZero();
    }
  }

  CircuitBreaker(Doubling pauses) {
    this.pauses = pauses;
  }

  /** A failure of a request that was sent at that time. */
  synchronized Trip failed(long learner, RowKey key, Instant sentAt, Instant now) {
    if (step > 0) {
      // what was on its way when the pause began says nothing new
      return sentAt.isBefore(pausedAt) && !isPutBack(now)
          ? new Trip(Duration.ZERO, step, List.of(key))
          : trip(now, List.of(key));
    }
    inARow.put(learner, key);
    return inARow.size() < FAILURES ? Trip.NONE : trip(now, List.copyOf(inARow.values()));
  }

  /**
   * A failure that is nobody's request: no session can be had. All workers that wait for it hear of
   * the same failure; it counts once.
   */
  synchronized Trip noSession(Instant now) {
    return now.isBefore(pausedUntil) && !isPutBack(now)
        ? new Trip(Duration.ZERO, step, List.of())
        : trip(now, List.of());
  }

  /**
   * Onefile answered.
   *
   * @return whether that ends an outage
   */
  synchronized boolean answered() {
    inARow.clear();
    boolean ended = step > 0;
    step = 0;
    return ended;
  }

  /** Whether only one request at a time may go out, to see whether the outage is over. */
  synchronized boolean isProbing() {
    return step > 0;
  }

  /** A person wants the probe now: whatever fails from here on says something new. */
  synchronized void probeNow() {
    pausedUntil = Instant.EPOCH;
  }

  /** Goes on in an outage that an earlier process was in. */
  synchronized void restore(int earlierStep) {
    step = earlierStep;
  }

  /** The clock, since the pause began: then it can't tell what was before and what after. */
  private boolean isPutBack(Instant now) {
    return now.isBefore(pausedAt);
  }

  private Trip trip(Instant now, List<RowKey> giveBack) {
    Duration pause = pauses.after(step);
    step++;
    pausedAt = now;
    inARow.clear();
    pausedUntil = now.plus(pause);
    return new Trip(pause, step, giveBack);
  }
}
