package uk.onefileroutes.pace;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How {@link Hours} are written in the configuration. */
final class HoursText {

  private static final String WEEKLY_EXAMPLE = "MON-FRI 21:00-06:00";
  private static final String DATED_EXAMPLE = "2026-05-02 06:55-07:35";

  private static final Pattern TWO_DATES =
      Pattern.compile("(\\S+) ([^- ]+)-(\\d+-\\d+-\\d+) (\\S+)");
  private static final Pattern ONE_DATE = Pattern.compile("\\d+-\\d+-\\d+|\\d+[./]\\d+[./]\\d+");
  private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})");

  private HoursText() {}

  static Hours parse(String text) {
    // Word processors turn hyphens into dashes; spaces around hyphens and commas mean nothing.
    String tidy =
        text.strip()
            .replaceAll("[\\u2010-\\u2015]", "-")
            .replaceAll("\\s*([,-])\\s*", "$1")
            .replaceAll("\\s+", " ");
    if (tidy.isEmpty()) {
      throw wrong("No hours are given.", "daily 06:55-07:35");
    }
    if (tidy.equalsIgnoreCase("never")) {
      return new Hours.Never();
    }
    Matcher twoDates = TWO_DATES.matcher(tidy);
    if (twoDates.matches()) {
      return dated(
          date(twoDates.group(1)).atTime(start(twoDates.group(2))),
          end(date(twoDates.group(3)), twoDates.group(4)));
    }
    String[] words = tidy.split(" ", -1);
    if (words.length != 2) {
      throw wrong(
          "\"%s\" is not days (or a date), one space, and hours.".formatted(text.strip()),
          "daily 06:55-07:35");
    }
    String[] ends = words[1].split("-", -1);
    if (ends.length != 2) {
      throw wrong("\"%s\" is not a range of hours.".formatted(words[1]), WEEKLY_EXAMPLE);
    }
    LocalTime start = start(ends[0]);
    LocalTime end = time(ends[1]);
    if (start.equals(end) && !ends[1].equals("24:00")) {
      throw wrong(
          "\"%s\" starts when it ends. The whole day is written 00:00-24:00.".formatted(words[1]),
          "daily 00:00-24:00");
    }
    if (ONE_DATE.matcher(words[0]).matches()) {
      LocalDate date = date(words[0]);
      return dated(date.atTime(start), (end.isAfter(start) ? date : date.plusDays(1)).atTime(end));
    }
    return new Hours.Weekly(days(words[0]), start, end);
  }

  private static Hours dated(LocalDateTime from, LocalDateTime to) {
    if (!from.isBefore(to)) {
      throw wrong(
          "The end, %s, is not after the start, %s.".formatted(spoken(to), spoken(from)),
          DATED_EXAMPLE);
    }
    return new Hours.Dated(from, to);
  }

  private static LocalDateTime end(LocalDate date, String text) {
    return text.equals("24:00") ? date.plusDays(1).atStartOfDay() : date.atTime(time(text));
  }

  private static LocalTime start(String text) {
    if (text.equals("24:00")) {
      throw wrong("24:00 is where a day ends; it starts at 00:00.", "daily 00:00-24:00");
    }
    return time(text);
  }

  /** Midnight for 24:00 too: as an end it is always the end of a day. */
  private static LocalTime time(String text) {
    Matcher parts = TIME.matcher(text);
    if (parts.matches()) {
      int hour = Integer.parseInt(parts.group(1));
      int minute = Integer.parseInt(parts.group(2));
      if (minute < 60 && (hour < 24 || (hour == 24 && minute == 0))) {
        return LocalTime.of(hour % 24, minute);
      }
    }
    throw wrong("\"%s\" is not a time of day from 00:00 to 24:00.".formatted(text), WEEKLY_EXAMPLE);
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException notADate) {
      throw wrong("\"%s\" is not a date written year-month-day.".formatted(text), DATED_EXAMPLE);
    }
  }

  private static Set<DayOfWeek> days(String text) {
    try {
      return Days.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()), WEEKLY_EXAMPLE);
    }
  }

  private static IllegalArgumentException wrong(String sentence, String example) {
    return new IllegalArgumentException(sentence + " Right would be, for example: " + example);
  }

  static String write(Hours.Weekly hours) {
    return write(hours.days()) + " " + hours.start() + "-" + endOfDay(hours.end());
  }

  static String write(Hours.Dated hours) {
    LocalDateTime from = hours.from();
    LocalDateTime to = hours.to();
    LocalDate lastDay =
        to.toLocalTime().equals(LocalTime.MIDNIGHT)
            ? to.toLocalDate().minusDays(1)
            : to.toLocalDate();
    String end = endOfDay(to.toLocalTime());
    return spoken(from) + "-" + (lastDay.equals(from.toLocalDate()) ? end : lastDay + " " + end);
  }

  private static String write(Set<DayOfWeek> days) {
    if (days.size() == 7) {
      return "daily";
    }
    List<String> runs = new ArrayList<>();
    for (DayOfWeek first : DayOfWeek.values()) {
      if (days.contains(first) && !days.contains(first.minus(1))) {
        DayOfWeek last = first;
        while (days.contains(last.plus(1))) {
          last = last.plus(1);
        }
        String between = last == first.plus(1) ? "," : "-";
        runs.add(last == first ? brief(first) : brief(first) + between + brief(last));
      }
    }
    return String.join(",", runs);
  }

  private static String brief(DayOfWeek day) {
    return day.name().substring(0, 3);
  }

  private static String endOfDay(LocalTime end) {
    return end.equals(LocalTime.MIDNIGHT) ? "24:00" : end.toString();
  }

  private static String spoken(LocalDateTime at) {
    return at.toLocalDate() + " " + at.toLocalTime();
  }
}
