package uk.onefileroutes.pace;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Hours on local clocks: weekly, on one date, or never. They include their start and exclude their
 * end.
 *
 * <p>On the day the clocks go forward, skipped local time lasts no time: {@code daily 01:15-01:45}
 * does not happen in London on 29 March 2026. On the day they go back, hours last from the first
 * coming of their start to the last coming of their end: on 25 October 2026 the same hours last
 * from the first 01:15 to the second 01:45, which is 90 minutes.
 */
public sealed interface Hours {

  /**
   * Reads {@code daily 06:55-07:35}, {@code MON-FRI 21:00-06:00} (to the next morning), {@code
   * SAT,SUN 00:00-24:00}, {@code 2026-05-02 06:55-07:35}, {@code 2026-05-02 22:00-2026-05-03 06:00}
   * or {@code never}. Days are English, in any case, short or long.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong and a right example
   */
  static Hours parse(String text) {
    return HoursText.parse(text);
  }

  /**
   * The pieces of real time that touch {@code from} to {@code until}; pieces far outside may be
   * among them, or cut.
   */
  List<Interval> pieces(ZoneId zone, Instant from, Instant until);

  /** The next start or end after this moment. */
  default Optional<Instant> nextEdge(ZoneId zone, Instant after) {
    return pieces(zone, after, after).stream()
        .flatMap(piece -> Stream.of(piece.start(), piece.end()))
        .filter(edge -> edge.isAfter(after))
        .min(Instant::compareTo);
  }

  /** The piece of real time around this moment, if it lies within these hours. */
  default Optional<Interval> pieceAt(ZoneId zone, Instant instant) {
    return pieces(zone, instant, instant).stream()
        .filter(piece -> piece.contains(instant))
        .findFirst();
  }

  /**
   * The same hours on some days of each week; they may end on the next day.
   *
   * @param days the days on which they start
   * @param start when they start
   * @param end when they end: on the next day if not after the start; midnight is the end of the
   *     day
   */
  record Weekly(Set<DayOfWeek> days, LocalTime start, LocalTime end) implements Hours {

    /** Copies the days. */
    public Weekly {
      days = Set.copyOf(days);
    }

    @Override
    public List<Interval> pieces(ZoneId zone, Instant from, Instant until) {
      // Two days to each side: hours of the day before may reach in, and pieces that touch must be
      // seen to be merged.
      LocalDate last = LocalDate.ofInstant(until, zone).plusDays(2);
      List<Interval> pieces = new ArrayList<>();
      for (LocalDate date = LocalDate.ofInstant(from, zone).minusDays(2);
          !date.isAfter(last);
          date = date.plusDays(1)) {
        if (days.contains(date.getDayOfWeek())) {
          LocalDate endDate = end.isAfter(start) ? date : date.plusDays(1);
          pieces.add(Interval.of(zone, date.atTime(start), endDate.atTime(end)));
        }
      }
      return Interval.merged(pieces);
    }

    @Override
    public Optional<Instant> nextEdge(ZoneId zone, Instant after) {
      // Nearly always within two days. Within sixteen, or there is none: a single hour a week may
      // be skipped in spring.
      return nextEdge(zone, after, Duration.ofDays(2))
          .or(() -> nextEdge(zone, after, Duration.ofDays(16)));
    }

    private Optional<Instant> nextEdge(ZoneId zone, Instant after, Duration within) {
      Instant until = after.plus(within);
      return pieces(zone, after, until).stream()
          .flatMap(piece -> Stream.of(piece.start(), piece.end()))
          .filter(edge -> edge.isAfter(after) && !edge.isAfter(until))
          .min(Instant::compareTo);
    }

    @Override
    public String toString() {
      return HoursText.write(this);
    }
  }

  /**
   * Hours that come once.
   *
   * @param from the local start
   * @param to the local end, after the start
   */
  record Dated(LocalDateTime from, LocalDateTime to) implements Hours {

    @Override
    public List<Interval> pieces(ZoneId zone, Instant from, Instant until) {
      return Interval.merged(List.of(Interval.of(zone, this.from, to)));
    }

    @Override
    public String toString() {
      return HoursText.write(this);
    }
  }

  /** Hours that never come: what is there by default can be switched off with it. */
  record Never() implements Hours {

    @Override
    public List<Interval> pieces(ZoneId zone, Instant from, Instant until) {
      return List.of();
    }

    @Override
    public String toString() {
      return "never";
    }
  }
}
