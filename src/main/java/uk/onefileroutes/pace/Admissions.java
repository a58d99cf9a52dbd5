package uk.onefileroutes.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls that were admitted, and how long the next one must wait for its slot. Guarded by the
 * lock of its {@link Pace}.
 */
final class Admissions {
  // longer than any spacing: what was before that delays nobody
  private static final Duration LONG_AGO = Duration.ofMinutes(2);

  private @Nullable Instant last;
  private @Nullable Schedule schedule;
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
      Duration counted = ago.compareTo(LONG_AGO) < 0 ? ago : LONG_AGO;
      this.schedule = Schedule.beginning(time.nanos() - counted.toNanos());
    }
  }

  /** Nanoseconds until a call may follow at this rate; 0 or less: it may now. */
  long nanosToNext(Rate rate, long now) {
    return schedule == null ? 0 : schedule.next(rate) - now;
  }

  /** A call is admitted now, at this rate. */
  void add(Rate rate, Instant wall, long now) {
    schedule = schedule == null ? Schedule.beginning(now) : schedule.after(rate, now);
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
