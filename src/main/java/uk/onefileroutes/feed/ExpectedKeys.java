package uk.onefileroutes.feed;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.pace.Days;

/** Reads the keys {@code expected.*} of a feed. */
final class ExpectedKeys {
  private static final String BY = "expected.by";
  private static final String DAYS = "expected.days";
  private static final String DAILY = "daily";
  private static final String GRACE = "expected.grace";
  private static final String ZONE = "expected.zone";

  private ExpectedKeys() {}

  /** What the keys say; null where no file is expected by any time. */
  static @Nullable Expected read(Keys keys) {
    String by = keys.value(BY);
    keys.describe(new Keys.Described(BY, Keys.Kind.TIME_OF_DAY, null, null, null, List.of()));
    boolean areDaysSaid = !keys.untouched(DAYS).isEmpty();
    String days = keys.value(DAYS, DAILY);
    boolean isGraceSaid = !keys.untouched(GRACE).isEmpty();
    Duration grace = keys.duration(GRACE, Duration.ZERO, Duration.ZERO, Duration.ofHours(12));
    ZoneId zone = zone(keys);
    if (by == null || by.isEmpty()) {
      if (areDaysSaid || isGraceSaid || zone != null) {
        keys.fault(BY + ": missing; write a time of day such as 06:30, or remove the others");
      }
      return null;
    }
    Set<DayOfWeek> on = EnumSet.allOf(DayOfWeek.class);
    try {
      on = Days.parse(days.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      keys.fault(
          DAYS, String.valueOf(e.getMessage()).replaceAll("\\.$", ""), "write such as MON-FRI");
    }
    if (!by.matches("([01]\\d|2[0-3]):[0-5]\\d")) {
      keys.fault(BY, "not a time of day", "write such as 06:30");
      return null;
    }
    return new Expected(on, LocalTime.parse(by), grace, zone);
  }

  private static @Nullable ZoneId zone(Keys keys) {
    String name = keys.value(ZONE);
    if (name == null || name.isEmpty()) {
      return null;
    }
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      keys.fault(ZONE, "not a time zone", "write such as Europe/London");
      return null;
    }
  }
}
