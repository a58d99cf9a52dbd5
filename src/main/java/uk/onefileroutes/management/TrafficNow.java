package uk.onefileroutes.management;

import java.util.List;
import uk.onefileroutes.ledger.Traffic;

/**
 * What came of calls with assignments: the sums, and by half hours.
 *
 * @param since the beginning of the first half hour; the last one is not over
 * @param delivered that Onefile accepted
 * @param failed that left a row rejected or blocked
 * @param again that failed and are tried again
 * @param halfHours those in which there were any
 */
public record TrafficNow(
    String since, long delivered, long failed, long again, List<HalfHour> halfHours) {
  static TrafficNow of(List<Traffic.Slice> slices) {
    return new TrafficNow(
        slices.get(0).from().toString(),
        slices.stream().mapToLong(Traffic.Slice::delivered).sum(),
        slices.stream().mapToLong(Traffic.Slice::failed).sum(),
        slices.stream().mapToLong(Traffic.Slice::again).sum(),
        slices.stream().filter(slice -> slice.calls() > 0).map(HalfHour::of).toList());
  }

  /** What came of the calls of a half hour. */
  public record HalfHour(String from, long delivered, long failed, long again) {
    static HalfHour of(Traffic.Slice slice) {
      return new HalfHour(
          slice.from().toString(), slice.delivered(), slice.failed(), slice.again());
    }
  }
}
