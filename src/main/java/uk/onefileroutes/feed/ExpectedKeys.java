package uk.onefileroutes.feed;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.KeyTable.Topic;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Type;
import uk.onefileroutes.pace.Days;

/** The keys {@code expected.*} of a feed. */
final class ExpectedKeys {
  static final Topic TOPIC = new Topic("by when a file is expected");

  private static final Key<LocalTime> BY =
      TOPIC.add(
          Key.of("expected.by", Type.timeOfDay())
              .example("06:30")
              .means(
                  "A file is expected by this time of day, on the clocks of delivery.zone; else the alarm FILE_MISSING, a WARN line with EXPECTED:, and a line when it is there."));

  private static final Key<Set<DayOfWeek>> DAYS =
      TOPIC.add(
          Key.of("expected.days", Type.text(ExpectedKeys::days))
              .orElse("daily")
              .means("On which days, such as MON-FRI."));

  private static final Key<Duration> GRACE =
      TOPIC.add(
          Key.of("expected.grace", Type.duration("0s", "12h"))
              .orElse("0s")
              .means("How much later it may come.")
              .raised("It is noticed later that none came."));

  private static final Key<ZoneId> ZONE =
      TOPIC.add(
          Key.of("expected.zone", Type.zone())
              .example("Europe/Dublin")
              .absent("that of delivery.zone")
              .means("On whose clocks."));

  private ExpectedKeys() {}

  /** What the keys say; null where no file is expected by any time. */
  static @Nullable Expected read(Keys keys) {
    Optional<LocalTime> by = keys.find(BY);
    Set<DayOfWeek> days = keys.get(DAYS);
    Duration grace = keys.get(GRACE);
    ZoneId zone = keys.find(ZONE).orElse(null);
    if (!keys.isSet(BY) && Stream.of(DAYS, GRACE, ZONE).anyMatch(keys::isSet)) {
      keys.fault(BY + ": missing; write a time of day such as 06:30, or remove the others");
    }
    return by.map(time -> new Expected(days, time, grace, zone)).orElse(null);
  }

  private static Set<DayOfWeek> days(String text) {
    try {
      return Days.parse(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).replaceAll("\\.$", "") + "; write such as MON-FRI", e);
    }
  }
}
