package uk.onefileroutes.alarm;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments in messages, on the clocks that people read. */
final class LocalTimes {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private LocalTimes() {}

  static String of(Instant at, ZoneId zone) {
    return MINUTES.format(at.atZone(zone));
  }
}
