package uk.onefileroutes.assignment;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Days as senders write them: {@code 2026-09-01}, with or without a time behind it. Pure. */
final class WrittenDates {
  private static final Pattern DAY =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?Z?)?");

  private WrittenDates() {}

  /** The day; null if it is none that can be read in one way only. */
  static @Nullable LocalDate parse(String text) {
    Matcher day = DAY.matcher(text);
    try {
      return day.matches() ? LocalDate.parse(day.group(1)) : null;
    } catch (DateTimeException e) { // such as 30 February
      return null;
    }
  }
}
