package uk.onefileroutes.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

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
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random plans and windows against an evaluation that looks at a local clock minute by minute and
 * knows nothing of time zones' rules.
 */
class TimetableByTheMinuteTest {

  private static final int DAYS = 6;
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
    List<LocalDateTime> clock = clock(zone, origin);
    for (int round = 0; round < 10; round++) {
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
      compare(new Timetable(zone, new Rate(120), plan, closed, lead), origin, clock);
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

  private static void compare(Timetable timetable, Instant origin, List<LocalDateTime> clock) {
    List<BitSet> plan = timetable.plan().stream().map(e -> minutes(e.hours(), clock)).toList();
    List<BitSet> closed = timetable.closed().stream().map(w -> minutes(w.hours(), clock)).toList();
    int lead = (int) timetable.closeLead().toMinutes();
    List<Shown> shown = new ArrayList<>();
    for (int minute = 0; minute < MINUTES; minute++) {
      int now = minute + BEFORE;
      shown.add(
          new Shown(
              IntStream.range(0, plan.size())
                  .filter(i -> plan.get(i).get(now))
                  .mapToObj(i -> timetable.plan().get(i).rate())
                  .min(Rate::compareTo)
                  .orElse(timetable.base()),
              closed.stream().anyMatch(bits -> bits.get(now)),
              closed.stream()
                  .mapToInt(bits -> bits.nextSetBit(now))
                  .anyMatch(next -> next >= 0 && next <= now + lead)));
    }
    Instant nextEdge = null;
    int edgesSeen = 0;
    Shown after = null;
    for (int minute = MINUTES - 1; minute >= 0; minute--) {
      Instant at = origin.plus(Duration.ofMinutes(minute));
      Shown now = shown.get(minute);
      boolean edge = isEdge(plan, minute) || isEdge(closed, minute);
      // every seventh minute, and each minute at and before a change
      if (minute % 7 == 0 || edge || !now.equals(after)) {
        Supplier<String> where = () -> at + " in " + timetable;
        assertThat(timetable.rateAt(at)).as(where).isEqualTo(now.rate());
        assertThat(timetable.closedAt(at).isPresent()).as(where).isEqualTo(now.closed());
        assertThat(timetable.admissionEndsAt(at).isPresent()).as(where).isEqualTo(now.ends());
        if (nextEdge != null) {
          assertThat(timetable.nextEdge(at).map(Edge::at)).as(where).contains(nextEdge);
        }
      }
      after = edge ? null : now;
      if (edge) {
        nextEdge = at;
        edgesSeen++;
      }
    }
    assertThat(timetable.edges(origin, origin.plus(Duration.ofMinutes(MINUTES))))
        .hasSize(edgesSeen);
    stretchesAgree(timetable, origin, shown);
  }

  /** What holds in one minute. */
  private record Shown(Rate rate, boolean closed, boolean ends) {}

  /** Walks the stretches and looks at each minute of them. */
  private static void stretchesAgree(Timetable timetable, Instant origin, List<Shown> shown) {
    Stretch stretch = timetable.stretchAt(origin);
    for (int minute = 0; minute < MINUTES; minute++) {
      Instant at = origin.plus(Duration.ofMinutes(minute));
      if (!stretch.contains(at)) {
        assertThat(stretch.until()).isEqualTo(at);
        stretch = timetable.stretchAt(at);
      }
      if (!stretch.rate().equals(shown.get(minute).rate())
          || (stretch.window() != null) != shown.get(minute).ends()) {
        fail("At " + at + " " + shown.get(minute) + " but " + stretch + " in " + timetable);
      }
    }
  }

  private static boolean isEdge(List<BitSet> all, int minute) {
    return all.stream()
        .anyMatch(bits -> bits.get(minute + BEFORE) != bits.get(minute + BEFORE - 1));
  }

  /** What a local clock shows each minute, from some days before the origin to some days after. */
  private static List<LocalDateTime> clock(ZoneId zone, Instant origin) {
    return IntStream.range(-BEFORE, MINUTES + 6 * 24 * 60)
        .mapToObj(minute -> LocalDateTime.ofInstant(origin.plusSeconds(minute * 60L), zone))
        .toList();
  }

  /** The minutes of the clock in which these hours hold. */
  private static BitSet minutes(Hours hours, List<LocalDateTime> clock) {
    BitSet all = new BitSet();
    LocalDate first = clock.get(0).toLocalDate().plusDays(1);
    for (LocalDate date = first; date.isBefore(first.plusDays(DAYS + 5)); date = date.plusDays(1)) {
      if (hours instanceof Hours.Weekly weekly && weekly.days().contains(date.getDayOfWeek())) {
        boolean sameDay = weekly.start().isBefore(weekly.end());
        LocalDateTime end = date.plusDays(sameDay ? 0 : 1).atTime(weekly.end());
        all.or(shown(date.atTime(weekly.start()), end, clock));
      }
    }
    if (hours instanceof Hours.Dated dated) {
      all.or(shown(dated.from(), dated.to(), clock));
    }
    return all;
  }

  /** From the first to the last minute at which the clock shows a time in the range. */
  private static BitSet shown(LocalDateTime from, LocalDateTime to, List<LocalDateTime> clock) {
    int[] within =
        IntStream.range(0, clock.size())
            .filter(i -> !clock.get(i).isBefore(from) && clock.get(i).isBefore(to))
            .toArray();
    BitSet minutes = new BitSet();
    if (within.length > 0) {
      minutes.set(within[0], within[within.length - 1] + 1);
    }
    return minutes;
  }
}
