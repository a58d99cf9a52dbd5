package uk.onefileroutes.pace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which the timetable does not change.
 *
 * @param from from when, included
 * @param until to when, excluded; {@link Instant#MAX} if it never changes again
 * @param rate the rate that holds
 * @param plan the plan entry that sets the rate, null where the base rate holds
 * @param window the closed window that we are in or about to enter, null where admission is open
 */
record Stretch(
    Instant from,
    Instant until,
    Rate rate,
    @Nullable PlanEntry plan,
    @Nullable ClosedWindow window) {

  boolean contains(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(until);
  }

  boolean admits() {
    return window == null && !rate.isNone();
  }
}
