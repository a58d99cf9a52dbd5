package uk.onefileroutes.pace;

import java.time.Duration;

/**
 * Where the calls stand against their evenly spaced slots, on the ticker. Immutable.
 *
 * <p>Slots are at least {@link Rate#spacing} apart, and a call leaves in its slot or up to {@link
 * #MAX_LAG} after it. So from one call to the one that a minute's number comes after it there are
 * at least 61 s less the lag: no sliding 60 s hold more calls than the highest rate that held in
 * them, and what is left of the 61 s is for the way to Onefile.
 *
 * @param slot the slot of the last call
 * @param left when that call left: in its slot, or at most {@link #MAX_LAG} later
 */
record Schedule(long slot, long left) {

  /**
   * How late a call may be and the next one still keep to its slot. A call that is later begins a
   * new schedule: nothing is caught up then.
   */
  static final Duration MAX_LAG = Duration.ofMillis(250);

  /** The schedule that begins with a call now. */
  static Schedule beginning(long now) {
    return new Schedule(now, now);
  }

  /**
   * When the next call may leave: in its slot, but at least half the spacing after the last call.
   */
  long next(Rate rate) {
    long spacing = rate.spacing().toNanos();
    long early = (spacing + 1) / 2;
    long lag = left - slot;
    return left + Math.max(spacing - lag, early);
  }

  /** The schedule after a call that leaves now, not before {@link #next}. */
  Schedule after(Rate rate, long now) {
    long due = slot + rate.spacing().toNanos();
    return now - due > MAX_LAG.toNanos() ? beginning(now) : new Schedule(due, now);
  }
}
