package uk.onefileroutes.pace;

import static org.assertj.core.api.Assertions.fail;

import java.util.List;

/**
 * A call that a gate let through.
 *
 * @param at when, on a ticker
 * @param rate that held at that moment
 */
record Admitted(long at, Rate rate) {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  /**
   * No sliding 60 s hold more calls than the highest rate at which one of them left, with three
   * quarters of a second to spare for their way; no two are closer than half the spacing of the
   * later one.
   */
  static void check(List<Admitted> calls, int seed) {
    long room = 1_000_000_000L - Schedule.MAX_LAG.toNanos();
    int first = 0;
    for (int last = 1; last < calls.size(); last++) {
      Admitted call = calls.get(last);
      if (2 * (call.at - calls.get(last - 1).at) < call.rate.spacing().toNanos()) {
        fail("seed %d: less than half the spacing before call %d", seed, last);
      }
      while (call.at - calls.get(first).at >= MINUTE_NANOS + room) {
        first++;
      }
      int count = last - first + 1;
      if (calls.subList(first, last + 1).stream().noneMatch(within -> within.admits(count))) {
        fail("seed %d: %d calls in the minute before call %d", seed, count, last);
      }
    }
  }

  private boolean admits(int count) {
    return rate.callsPerMinute() >= count;
  }
}
