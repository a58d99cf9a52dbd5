package uk.onefileroutes.pace;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {

  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final Rate BASE = new Rate(240);

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-31", "2026-05-02", "2026-06-18"})
  void theDefaultWindowCoversAnAnnouncedDowntimeAtSevenInLondon(String date) {
    Timetable timetable = closed("daily 06:55-07:35");
    assertThat(timetable.closedAt(london(date + "T06:54:59"))).isEmpty();
    for (String time : List.of("06:55:00", "07:00:00", "07:29:59", "07:34:59")) {
      assertThat(timetable.closedAt(london(date + "T" + time))).as(time).isPresent();
    }
    assertThat(timetable.closedAt(london(date + "T07:35:00"))).isEmpty();
    // summer time: seven in London is six in UTC
    assertThat(timetable.closedAt(Instant.parse(date + "T06:00:00Z"))).isPresent();
    assertThat(timetable.closedAt(Instant.parse(date + "T07:00:00Z"))).isEmpty();
  }

  @Test
  void admissionEndsTheLeadBeforeAWindow() {
    Timetable timetable = closed("daily 06:55-07:35");
    assertThat(timetable.admissionEndsAt(london("2026-03-31T06:54:39.999"))).isEmpty();
    assertThat(timetable.admissionEndsAt(london("2026-03-31T06:54:40"))).isPresent();
    assertThat(timetable.admissionEndsAt(london("2026-03-31T07:34:59.999"))).isPresent();
    assertThat(timetable.admissionEndsAt(london("2026-03-31T07:35:00"))).isEmpty();
  }

  @Test
  void theLeadReachesIntoTheDayBefore() {
    Timetable timetable = closed("MON 00:00-01:00");
    assertThat(timetable.admissionEndsAt(london("2026-06-14T23:59:40"))).isPresent();
    assertThat(timetable.admissionEndsAt(london("2026-06-14T23:59:39"))).isEmpty();
  }

  @Test
  void withoutALeadAdmissionEndsAtTheWindow() {
    Timetable timetable =
        new Timetable(LONDON, BASE, List.of(), windows("daily 06:55-07:35"), Duration.ZERO);
    assertThat(timetable.admissionEndsAt(london("2026-03-31T06:54:59.999"))).isEmpty();
    assertThat(timetable.admissionEndsAt(london("2026-03-31T06:55:00"))).isPresent();
  }

  @Test
  void aNegativeLeadAndALeadOfADayAreRefused() {
    for (Duration lead : List.of(Duration.ofNanos(-1), Duration.ofDays(1))) {
      assertThatThrownBy(() -> new Timetable(LONDON, BASE, List.of(), List.of(), lead))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-14T23:00, false", // Sunday
    "2026-06-15T05:00, false",
    "2026-06-15T21:00, true",
    "2026-06-16T05:59, true",
    "2026-06-16T06:00, false",
    "2026-06-19T23:00, true", // Friday
    "2026-06-20T05:59, true", // to Saturday morning
    "2026-06-20T23:00, false",
  })
  void aWindowAcrossMidnightBelongsToTheDayOnWhichItStarts(String at, boolean isClosed) {
    assertThat(closed("MON-FRI 21:00-06:00").closedAt(london(at)).isPresent()).isEqualTo(isClosed);
  }

  @Test
  void ofOverlappingWindowsTheOneThatEndsLastIsNamed() {
    Timetable timetable = closed("daily 06:00-07:00", "daily 06:30-08:00");
    assertThat(timetable.closedAt(london("2026-06-15T06:15")).map(ClosedWindow::name))
        .contains("w0");
    assertThat(timetable.closedAt(london("2026-06-15T06:45")).map(ClosedWindow::name))
        .contains("w1");
    assertThat(timetable.opens(london("2026-06-15T06:15"))).contains(london("2026-06-15T08:00"));
  }

  @Test
  void wherePlanEntriesOverlapTheLowestRateWins() {
    Timetable timetable =
        plan(
            "daily 08:00-18:00 at 120",
            "daily 12:00-13:00 at 60",
            "daily 12:30-20:00 at unlimited");
    assertThat(rates(timetable, "07:59", "08:00", "12:00", "12:59", "13:00", "18:00", "20:00"))
        .isEqualTo("240 120 60 60 120 unlimited 240");
  }

  @Test
  void aPlanEntryMayBeSlowerOrFasterThanTheBase() {
    assertThat(rates(plan("daily 08:00-09:00 at 300", "daily 10:00-11:00 at 0"), "08:30", "10:30"))
        .isEqualTo("300 0");
  }

  @Test
  void edgesSayWhatChangesAndWhatHoldsThen() {
    Timetable timetable =
        new Timetable(
            LONDON,
            BASE,
            entries("MON-FRI 08:00-18:00 at 120"),
            windows("daily 06:55-07:35", "2026-06-15 18:00-19:00"),
            Timetable.DEFAULT_CLOSE_LEAD);
    List<Edge> edges = timetable.edges(london("2026-06-15T06:55"), london("2026-06-16T06:55"));
    assertThat(edges)
        .extracting(edge -> edge.at().atZone(LONDON).toLocalDateTime() + " " + edge.sentence())
        .containsExactly(
            "2026-06-15T06:55 closed w0 starts: closed",
            "2026-06-15T07:35 closed w0 ends: 240 calls per minute",
            "2026-06-15T08:00 plan p0 starts: 120 calls per minute",
            "2026-06-15T18:00 closed w1 starts, plan p0 ends: closed",
            "2026-06-15T19:00 closed w1 ends: 240 calls per minute");
    assertThat(timetable.nextEdge(london("2026-06-15T06:55"))).contains(edges.get(1));
    assertThat(timetable.nextClosing(london("2026-06-15T06:55"))).contains(edges.get(3));
  }

  @Test
  void hoursThatTouchHaveNoEdgeBetweenThem() {
    Timetable timetable = plan("daily 00:00-24:00 at 60");
    assertThat(timetable.nextEdge(london("2026-06-15T06:55"))).isEmpty();
    assertThat(timetable.edges(london("2026-03-01T00:00"), london("2026-11-01T00:00"))).isEmpty();
    assertThat(rates(timetable, "00:00", "23:59")).isEqualTo("60 60");
    assertThat(plan("FRI,SAT 00:00-24:00 at 60").nextEdge(london("2026-06-19T12:00")))
        .map(Edge::at)
        .contains(london("2026-06-21T00:00"));
  }

  @Test
  void anEdgeOfAWeeklyHourThatSpringSkipsIsFoundAWeekLater() {
    assertThat(closed("SUN 01:15-01:45").nextEdge(london("2026-03-22T02:00")))
        .map(Edge::at)
        .contains(london("2026-04-05T01:15"));
  }

  @Test
  void anEdgeOfADatedWindowIsFoundHoweverFarAway() {
    Timetable timetable = closed("2031-05-02 06:55-07:35");
    assertThat(timetable.nextClosing(london("2026-03-22T02:00")))
        .map(Edge::at)
        .contains(london("2031-05-02T06:55"));
    assertThat(timetable.nextEdge(london("2031-05-02T07:35"))).isEmpty();
  }

  @Test
  void withoutPlanAndWindowsNothingEverChanges() {
    Timetable timetable = closed("never");
    Instant now = london("2026-06-15T12:00");
    assertThat(timetable.nextEdge(now)).isEmpty();
    assertThat(timetable.nextClosing(now)).isEmpty();
    assertThat(timetable.rateAt(now)).isEqualTo(BASE);
    assertThat(timetable.opens(now)).contains(now);
  }

  @Test
  void anotherZoneHasItsOwnHours() {
    Timetable timetable =
        new Timetable(
            ZoneId.of("Asia/Tokyo"), BASE, List.of(), windows("daily 06:55-07:35"), Duration.ZERO);
    assertThat(timetable.closedAt(Instant.parse("2026-06-15T22:00:00Z"))).isPresent();
    assertThat(timetable.closedAt(Instant.parse("2026-06-15T06:00:00Z"))).isEmpty();
  }

  @Test
  void theFirstCallGoesAtOnceAndTheOthersKeepTheSpacing() {
    Timetable timetable = new Timetable(LONDON, new Rate(61), List.of(), List.of(), Duration.ZERO);
    Instant from = london("2026-06-15T12:00");
    assertThat(timetable.finish(from, 0)).contains(from);
    assertThat(timetable.finish(from, 1)).contains(from);
    assertThat(timetable.finish(from, 2)).contains(from.plusSeconds(1));
    assertThat(timetable.finish(from, 3601)).contains(from.plusSeconds(3600));
  }

  @Test
  void finishWaitsForWindowsWithTheirLead() {
    Timetable timetable =
        new Timetable(
            LONDON,
            new Rate(61),
            List.of(),
            windows("daily 12:10-13:00"),
            Timetable.DEFAULT_CLOSE_LEAD);
    Instant from = london("2026-06-15T12:00");
    // 580 s until the lead: 580 calls at 0 s, 1 s, ... 579 s
    assertThat(timetable.finish(from, 580)).contains(from.plusSeconds(579));
    assertThat(timetable.finish(from, 581)).contains(london("2026-06-15T13:00"));
    assertThat(timetable.finish(from, 582)).contains(london("2026-06-15T13:00:01"));
    assertThat(timetable.finish(london("2026-06-15T12:09:40"), 1))
        .contains(london("2026-06-15T13:00"));
  }

  @Test
  void finishGoesThroughThePlanAndTakesTheSpacingOfTheRateThatHolds() {
    Timetable timetable =
        new Timetable(
            LONDON,
            new Rate(61),
            entries("daily 12:01-12:02 at 1", "daily 12:03-12:04 at 0"),
            List.of(),
            Duration.ZERO);
    Instant from = london("2026-06-15T12:00");
    // 60 calls to 12:00:59, then none for 61 s; from 12:02:00 one is due at once
    assertThat(timetable.finish(from, 60)).contains(london("2026-06-15T12:00:59"));
    assertThat(timetable.finish(from, 61)).contains(london("2026-06-15T12:02:00"));
    assertThat(timetable.finish(from, 120)).contains(london("2026-06-15T12:02:59"));
    assertThat(timetable.finish(from, 121)).contains(london("2026-06-15T12:04:00"));
  }

  @Test
  void finishOfAMillionCallsIsDaysAwayAndOfTooManyNever() {
    Timetable timetable = closed("daily 06:55-07:35");
    Instant from = london("2026-06-15T12:00");
    assertThat(timetable.finish(from, 1_000_000).orElseThrow())
        .isBetween(from.plus(Duration.ofDays(3)), from.plus(Duration.ofDays(4)));
    assertThat(timetable.finish(from, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void finishIsUnknownWhereNobodyIsEverAdmitted() {
    Instant from = london("2026-06-15T12:00");
    assertThat(closed("daily 00:00-24:00").finish(from, 1)).isEmpty();
    assertThat(closed("daily 00:00-24:00").opens(from)).isEmpty();
    assertThat(plan("daily 00:00-24:00 at 0").finish(from, 1)).isEmpty();
    assertThat(closed().withRate(Rate.NONE).finish(from, 1)).isEmpty();
  }

  @Test
  void unlimitedCallsTakeNoTimeButWaitForTheWindow() {
    Timetable timetable = closed("daily 06:55-07:35").withRate(Rate.UNLIMITED);
    assertThat(timetable.finish(london("2026-06-15T12:00"), 1_000_000))
        .contains(london("2026-06-15T12:00"));
    assertThat(timetable.finish(london("2026-06-15T07:00"), 1_000_000))
        .contains(london("2026-06-15T07:35"));
  }

  @Test
  void finishOverTheNightTheClocksChangeCountsRealTime() {
    Timetable timetable = new Timetable(LONDON, new Rate(61), List.of(), List.of(), Duration.ZERO);
    assertThat(timetable.finish(london("2026-03-29T00:00"), 3601 + 3600))
        .contains(london("2026-03-29T03:00"));
  }

  private static String rates(Timetable timetable, String... times) {
    return List.of(times).stream()
        .map(time -> timetable.rateAt(london("2026-06-15T" + time)).toString())
        .collect(joining(" "));
  }

  private static Timetable closed(String... windows) {
    return new Timetable(LONDON, BASE, List.of(), windows(windows), Timetable.DEFAULT_CLOSE_LEAD);
  }

  private static Timetable plan(String... entries) {
    return new Timetable(LONDON, BASE, entries(entries), List.of(), Timetable.DEFAULT_CLOSE_LEAD);
  }

  private static List<ClosedWindow> windows(String... texts) {
    List<String> all = List.of(texts);
    return all.stream().map(text -> ClosedWindow.parse("w" + all.indexOf(text), text)).toList();
  }

  private static List<PlanEntry> entries(String... texts) {
    List<String> all = List.of(texts);
    return all.stream().map(text -> PlanEntry.parse("p" + all.indexOf(text), text)).toList();
  }

  private static Instant london(String local) {
    return LocalDateTime.parse(local).atZone(LONDON).toInstant();
  }
}
