package uk.onefileroutes.feed;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * By when a feed's files are expected.
 *
 * @param days on which one is; at least one
 * @param by the time of day
 * @param grace how much later it may come
 */
public record Expected(Set<DayOfWeek> days, LocalTime by, Duration grace) {
  public Expected {
    days = Set.copyOf(days);
  }

  /** The last moment at or before this one by which a file had to be there. */
  public Instant lastDeadline(Instant now, ZoneId zone) {
    LocalDate day = now.atZone(zone).toLocalDate();
    while (!days.contains(day.getDayOfWeek()) || deadline(day, zone).isAfter(now)) {
      day = day.minusDays(1);
    }
    return deadline(day, zone);
  }

  private Instant deadline(LocalDate day, ZoneId zone) {
    return day.atTime(by).atZone(zone).toInstant().plus(grace);
  }
}
