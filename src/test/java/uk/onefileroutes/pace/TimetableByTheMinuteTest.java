package uk.onefileroutes.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random plans and windows against an evaluation that looks at a local clock minute by minute and
 * knows nothing of time zones' rules.
 */
class TimetableByTheMinuteTest {

  private static final int DAYS = 9;
  private static final int MINUTES = DAYS * 24 * 60;
  private static final int BEFORE = 3 * 24 * 60;

  /** Times at which things go wrong, if they do. */
  private static final List<String> TIMES =
      List.of("00:00", "00:30", "01:00", "01:01", "01:15", "01:30", "01:45", "01:59", "02:00");

  @ParameterizedTest
  @CsvSource({
    "Europe/London, 2026-03-25, 11",
    "Europe/London, 2026-10-21, 12",
    "Europe/London, 2026-06-10, 13",
    "America/Havana, 2026-03-04, 14", // midnight itself is skipped
    "America/Havana, 2026-10-28, 15",
    "Australia/Lord_Howe, 2026-04-01, 16", // half an hour
    "Australia/Lord_Howe, 2026-09-30, 17",
  })
  void randomTimetablesAgreeWithALookAtTheClockEachMinute(String zoneId, String day, long seed) {
    ZoneId zone = ZoneId.of(zoneId);
    Random random = new Random(seed);
    Instant origin = LocalDate.parse(day).atStartOfDay(zone).toInstant();
    for (int round = 0; round < 6; round++) {
      List<PlanEntry> plan = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        Rate rate = new Rate(random.nextInt(4) * 60);
        plan.add(new PlanEntry("p" + i, hours(random, day), rate));
      }
      List<ClosedWindow> closed = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        closed.add(new ClosedWindow("w" + i, hours(random, day)));
      }
      Duration lead = Duration.ofMinutes(random.nextInt(3) * 7L);
      compare(new Timetable(zone, new Rate(120), plan, closed, lead), origin);
    }
  }

  private static Hours hours(Random random, String day) {
    LocalTime start = time(random);
    LocalTime end = time(random);
    if (random.nextInt(4) == 0) {
      LocalDate date = LocalDate.parse(day).plusDays(random.nextInt(DAYS));
      LocalDate endDate = end.isAfter(start) ? date : date.plusDays(1 + random.nextInt(2));
      return new Hours.Dated(date.atTime(start), endDate.atTime(end));
    }
    Set<DayOfWeek> days = EnumSet.of(DayOfWeek.SUNDAY);
    for (int i = random.nextInt(7); i > 0; i--) {
      days.add(DayOfWeek.of(1 + random.nextInt(7)));
    }
    // through the text and back, so that reading and writing are held to it as well
    return Hours.parse(
        new Hours.Weekly(days, start, start.equals(end) ? end.plusMinutes(1) : end).toString());
  }

  private static LocalTime time(Random random) {
    return random.nextBoolean()
        ? LocalTime.parse(TIMES.get(random.nextInt(TIMES.size())))
        : LocalTime.of(random.nextInt(24), random.nextInt(60));
  }

  private static void compare(Timetable timetable, Instant origin) {
    List<BitSet> plan =
        timetable.plan().stream().map(e -> minutes(e.hours(), timetable.zone(), origin)).toList();
    List<BitSet> closed =
        timetable.closed().stream().map(w -> minutes(w.hours(), timetable.zone(), origin)).toList();
    int lead = (int) timetable.closeLead().toMinutes();
    Instant nextEdge = null;
    int edgesSeen = 0;
    for (int minute = MINUTES - 1; minute >= 0; minute--) {
      Instant at = origin.plus(Duration.ofMinutes(minute));
      Rate rate = null;
      for (int i = 0; i < plan.size(); i++) {
        Rate its = timetable.plan().get(i).rate();
        rate =
            plan.get(i).get(minute + BEFORE) && (rate == null || its.compareTo(rate) < 0)
                ? its
                : rate;
      }
      int now = minute + BEFORE;
      boolean isClosed = closed.stream().anyMatch(bits -> bits.get(now));
      boolean ends =
          closed.stream()
              .mapToInt(bits -> bits.nextSetBit(now))
              .anyMatch(next -> next >= 0 && next <= now + lead);
      Supplier<String> where = () -> at + " in " + timetable;
      assertThat(timetable.rateAt(at)).as(where).isEqualTo(rate == null ? timetable.base() : rate);
      assertThat(timetable.closedAt(at).isPresent()).as(where).isEqualTo(isClosed);
      assertThat(timetable.admissionEndsAt(at).isPresent()).as(where).isEqualTo(ends);
      if (nextEdge != null && minute % 7 == 0) {
        assertThat(timetable.nextEdge(at).map(Edge::at)).as(where).isEqualTo(Optional.of(nextEdge));
      }
      if (isEdge(plan, minute) || isEdge(closed, minute)) {
        nextEdge = at;
        edgesSeen++;
      }
    }
    assertThat(timetable.edges(origin, origin.plus(Duration.ofMinutes(MINUTES))))
        .hasSize(edgesSeen);
    stretchesChangeWhereTheClockSaysSo(timetable, origin);
  }

  /** Walks the stretches and looks at each minute of them. */
  private static void stretchesChangeWhereTheClockSaysSo(Timetable timetable, Instant origin) {
    Stretch stretch = timetable.stretchAt(origin);
    for (int minute = 0; minute < MINUTES; minute++) {
      Instant at = origin.plus(Duration.ofMinutes(minute));
      if (!stretch.contains(at)) {
        assertThat(stretch.until()).isEqualTo(at);
        stretch = timetable.stretchAt(at);
      }
      assertThat(stretch.rate()).isEqualTo(timetable.rateAt(at));
      assertThat(stretch.window() != null).isEqualTo(timetable.admissionEndsAt(at).isPresent());
    }
  }

  private static boolean isEdge(List<BitSet> all, int minute) {
    return all.stream()
        .anyMatch(bits -> bits.get(minute + BEFORE) != bits.get(minute + BEFORE - 1));
  }

  /** The minutes, from some days before the origin, in which these hours hold. */
  private static BitSet minutes(Hours hours, ZoneId zone, Instant origin) {
    BitSet all = new BitSet();
    LocalDate first = LocalDate.ofInstant(origin, zone).minusDays(2);
    for (LocalDate date = first; date.isBefore(first.plusDays(DAYS + 5)); date = date.plusDays(1)) {
      if (hours instanceof Hours.Weekly weekly && weekly.days().contains(date.getDayOfWeek())) {
        boolean sameDay = weekly.start().isBefore(weekly.end());
        LocalDateTime end = date.plusDays(sameDay ? 0 : 1).atTime(weekly.end());
        all.or(shown(date.atTime(weekly.start()), end, zone, origin));
      }
    }
    if (hours instanceof Hours.Dated dated) {
      all.or(shown(dated.from(), dated.to(), zone, origin));
    }
    return all;
  }

  /** From the first to the last minute at which a local clock shows a time in the range. */
  private static BitSet shown(LocalDateTime from, LocalDateTime to, ZoneId zone, Instant origin) {
    int firstMinute = -1;
    int lastMinute = -1;
    int around =
        (int) Duration.between(LocalDateTime.ofInstant(origin, zone), from).toMinutes() + BEFORE;
    for (int i = Math.max(0, around - 180); i < around + 180 + 4 * 24 * 60; i++) {
      LocalDateTime shown =
          LocalDateTime.ofInstant(origin.plus(Duration.ofMinutes(i - BEFORE)), zone);
      if (!shown.isBefore(from) && shown.isBefore(to)) {
        firstMinute = firstMinute < 0 ? i : firstMinute;
        lastMinute = i;
      }
    }
    BitSet minutes = new BitSet();
    if (firstMinute >= 0) {
      minutes.set(firstMinute, lastMinute + 1);
    }
    return minutes;
  }
}
