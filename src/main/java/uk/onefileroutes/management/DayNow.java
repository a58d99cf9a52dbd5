package uk.onefileroutes.management;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.pace.PlannedDay;

/**
 * A local day.
 *
 * @param zone whose clocks are meant
 * @param from its first moment
 * @param until the first moment of the next day
 */
public record DayNow(String zone, String from, String until, List<DayPart> parts) {
  static DayNow of(PlannedDay day) {
    return new DayNow(
        day.zone().getId(),
        day.from().toString(),
        day.until().toString(),
        day.parts().stream().map(DayPart::of).toList());
  }

  /**
   * A part of a day in which one thing holds.
   *
   * @param callsPerMinute a number, or {@code unlimited}; what it would be where a window is closed
   * @param source where it comes from: {@code base}, {@code plan}, {@code by_hand}
   * @param plan the plan entry it comes from
   * @param closed the window in which no call leaves
   */
  public record DayPart(
      String from,
      String until,
      String callsPerMinute,
      String source,
      @Nullable String plan,
      @Nullable String closed) {
    static DayPart of(PlannedDay.Part part) {
      return new DayPart(
          part.from().toString(),
          part.until().toString(),
          part.rate().toString(),
          part.source().name().toLowerCase(Locale.ROOT),
          part.plan(),
          part.window());
    }
  }
}
