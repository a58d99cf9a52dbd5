package uk.onefileroutes.pace;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Days of the week as people write them. */
public final class Days {
  private Days() {}

  /**
   * Reads {@code daily}, or days as ranges or with commas, such as {@code MON-FRI} or {@code
   * MON,THU}.
   *
   * @throws IllegalArgumentException for anything else, with a sentence for people
   */
  public static Set<DayOfWeek> parse(String text) {
    if (text.equalsIgnoreCase("daily")) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", -1);
      if (ends.length > 2) {
        throw notDays(part);
      }
      DayOfWeek day = day(ends[0]);
      DayOfWeek last = day(ends[ends.length - 1]);
      days.add(day);
      while (day != last) {
        day = day.plus(1);
        days.add(day);
      }
    }
    return days;
  }

  private static DayOfWeek day(String text) {
    String word = text.toUpperCase(Locale.ROOT);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (word.length() >= 3 && day.name().startsWith(word)) {
        return day;
      }
    }
    throw notDays(text);
  }

  private static IllegalArgumentException notDays(String text) {
    return new IllegalArgumentException(
        "\"%s\" is not a day. Days are MON TUE WED THU FRI SAT SUN, as a range or with commas, or daily."
            .formatted(text));
  }
}
