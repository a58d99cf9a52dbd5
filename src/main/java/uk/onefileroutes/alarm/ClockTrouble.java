package uk.onefileroutes.alarm;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether this machine's clock can be believed: it jumped, or it is far from Onefile's. A jump is
 * over when Onefile's clock agrees, or after an hour without another. Thread-safe.
 */
public final class ClockTrouble implements AlarmCheck {
  private static final Duration DOUBTED = Duration.ofHours(1);
  // one may be a page out of a cache
  private static final int ANSWERS = 3;

  private final Duration bound;
  private final InstantSource clock;
  private @Nullable Jump jump;
  private boolean isSaid; // of the jump: it is, however soon it is over
  private Duration ahead = Duration.ZERO;
  private int inARow;
  private boolean isTold;

  private record Jump(Duration by, Instant to) {}

  /**
   * @param bound from which difference on clocks disagree; more than an answer may take
   */
  public ClockTrouble(Duration bound, InstantSource clock) {
    this.bound = bound;
    this.clock = clock;
  }

  /** The clock was put forward or back, to this time. */
  public synchronized void jumped(Duration by, Instant to) {
    jump = new Jump(by, to);
    isSaid = false;
    isTold = true;
    inARow = 0; // what was seen by another clock
  }

  /** An answer of Onefile says what time it is there. */
  public synchronized void heard(Instant there) {
    ahead = Duration.between(there, clock.instant());
    isTold = true;
    if (ahead.abs().compareTo(bound) > 0) {
      inARow = Math.min(inARow + 1, ANSWERS);
    } else {
      inARow = 0;
      jump = isSaid ? null : jump;
    }
  }

  @Override
  public Set<AlarmCode> codes() {
    return Set.of(AlarmCode.CLOCK);
  }

  @Override
  public synchronized void check(AlarmScan scan) {
    Jump last = jump;
    if (last != null && isSaid && isOver(last)) {
      jump = null;
      last = null;
    }
    isSaid = true;
    if (inARow >= ANSWERS) {
      scan.sees(
          AlarmCode.CLOCK,
          "the clock of this machine is %d s %s that of Onefile. Windows, plan and deadlines go by it; set it right, and see that it is kept right (NTP)"
              .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of"));
    } else if (last != null) {
      scan.sees(
          AlarmCode.CLOCK,
          "the clock of this machine was put %s by %d s, to %s. Windows and plan go by it from now on; is it right?"
              .formatted(
                  last.by().isNegative() ? "back" : "forward",
                  last.by().abs().toSeconds(),
                  last.to()));
    } else if (!isTold) {
      scan.cannotTell(AlarmCode.CLOCK);
    }
  }

  private boolean isOver(Jump last) {
    Duration age = Duration.between(last.to(), clock.instant());
    return age.compareTo(DOUBTED) >= 0;
  }
}
