package uk.onefileroutes.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls that were admitted, and how long the next one must wait for its distance from the last.
 * Guarded by the lock of its {@link Pace}.
 */
final class Admissions {
  private @Nullable Instant last;
  private long lastNanos;
  private long count;

  /**
   * @param earlier when another process, now gone, last admitted a call or may have; one in the
   *     future counts as now. Null: none did
   */
  Admissions(@Nullable Instant earlier, PaceTime time) {
    this.last = earlier;
    if (earlier != null) {
      Instant now = time.instant();
      Duration ago = earlier.isBefore(now) ? Duration.between(earlier, now) : Duration.ZERO;
      Duration enough = new Rate(1).spacing();
      this.lastNanos = time.nanos() - (ago.compareTo(enough) < 0 ? ago : enough).toNanos();
    }
  }

  /** Nanoseconds until a call may follow at this rate; 0 or less: it may now. */
  long nanosToNext(Rate rate, long now) {
    return last == null ? 0 : lastNanos + rate.spacing().toNanos() - now;
  }

  /** A call is admitted now. */
  void add(Instant wall, long now) {
    lastNanos = now;
    last = wall;
    count++;
  }

  /** How many there were in this process. */
  long count() {
    return count;
  }

  /** When the last one was, on the wall clock: here, or by the process before this one. */
  Optional<Instant> last() {
    return Optional.ofNullable(last);
  }
}
