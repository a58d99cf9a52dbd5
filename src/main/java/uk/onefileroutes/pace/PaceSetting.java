package uk.onefileroutes.pace;

import org.jspecify.annotations.Nullable;

/**
 * What was said of the pace: by configuration, and by hand.
 *
 * @param planned base rate, plan and windows
 * @param byHand the rate set in place of base rate and plan; null if none is
 */
record PaceSetting(Timetable planned, @Nullable Rate byHand) {

  PaceSetting with(Timetable other) {
    return new PaceSetting(other, byHand);
  }

  PaceSetting withRate(@Nullable Rate rate) {
    return new PaceSetting(planned, rate);
  }

  /** What holds. */
  Timetable effective() {
    return byHand == null ? planned : planned.withRate(byHand);
  }
}
