package uk.onefileroutes.keys;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How durations are written: a whole number and a unit, such as 500ms, 5s, 1m, 24h or 7d. */
final class DurationText {
  /** What every duration matches. */
  static final String PATTERN = "(\\d{1,9})(ms|s|m|h|d)";

  private static final Pattern WRITTEN = Pattern.compile(PATTERN);
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private DurationText() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with what to write instead
   */
  static Duration parse(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a duration; write it as 500ms, 5s, 1m, 24h or 7d");
    }
    return UNITS
        .getOrDefault(matcher.group(2), Duration.ZERO)
        .multipliedBy(Long.parseLong(matcher.group(1)));
  }
}
