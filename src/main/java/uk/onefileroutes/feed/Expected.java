package uk.onefileroutes.feed;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By when a feed's files are expected.
 *
 * @param days on which one is; at least one
 * @param by the time of day
 * @param grace how much later it may come
 * @param zone on whose clocks; null: on those that all go by
 */
public record Expected(Set<DayOfWeek> days, LocalTime by, Duration grace, @Nullable ZoneId zone) {
  public Expected {
    days = Set.copyOf(days);
  }

  /** On whose clocks its times are. */
  public ZoneId zoneOr(ZoneId otherwise) {
    return zone == null ? otherwise : zone;
  }

  /** The last moment at or before this one by which a file had to be there. */
  public Instant lastDeadline(Instant now, ZoneId clocks) {
    LocalDate day = now.atZone(clocks).toLocalDate();
    while (!days.contains(day.getDayOfWeek()) || deadline(day, clocks).isAfter(now)) {
      day = day.minusDays(1);
    }
    return deadline(day, clocks);
  }

  /** The first moment after this one by which a file has to be there. */
  public Instant nextDeadline(Instant now, ZoneId clocks) {
    LocalDate day = now.atZone(clocks).toLocalDate().minusDays(1); // grace may reach past midnight
    while (!days.contains(day.getDayOfWeek()) || !deadline(day, clocks).isAfter(now)) {
      day = day.plusDays(1);
    }
    return deadline(day, clocks);
  }

  private Instant deadline(LocalDate day, ZoneId clocks) {
    return day.atTime(by).atZone(clocks).toInstant().plus(grace);
  }
}
