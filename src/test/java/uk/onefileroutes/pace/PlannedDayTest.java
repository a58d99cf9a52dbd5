package uk.onefileroutes.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannedDayTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  @Test
  void aDayIsCutWherePlanAndWindowsChange() {
    assertThat(
            day(
                "2026-06-18T12:00",
                timetable("daily 06:55-07:35", "MON-FRI 08:00-18:00 at 120"),
                null))
        .containsExactly(
            "00:00 240 BASE",
            "06:55 closed w",
            "07:35 240 BASE",
            "08:00 120 PLAN p",
            "18:00 240 BASE");
  }

  @Test
  void hoursAcrossMidnightAreCutAtMidnight() {
    assertThat(day("2026-06-18T12:00", timetable("daily 22:00-02:00", "never"), null))
        .containsExactly("00:00 closed w", "02:00 240 BASE", "22:00 closed w");
  }

  @Test
  void aDayWithoutChangesIsOnePart() {
    assertThat(day("2026-06-18T12:00", timetable("never", "never"), null))
        .containsExactly("00:00 240 BASE");
    // an edge of an entry that another one overrules changes nothing
    Timetable slow = timetable("never", "daily 00:00-24:00 at 60");
    Timetable both =
        slow.withPlan(
            List.of(slow.plan().get(0), PlanEntry.parse("fast", "daily 08:00-10:00 at 200")));
    assertThat(day("2026-06-18T12:00", both, null)).containsExactly("00:00 60 PLAN p");
  }

  @Test
  void aRateSetByHandHoldsFromNowOnAndOpensNoWindow() {
    assertThat(
            day(
                "2026-06-18T12:00",
                timetable("daily 20:00-21:00", "daily 08:00-18:00 at 120"),
                new Rate(30)))
        .containsExactly(
            "00:00 240 BASE",
            "08:00 120 PLAN p",
            "12:00 30 BY_HAND",
            "20:00 closed w",
            "21:00 30 BY_HAND");
  }

  @ParameterizedTest
  @CsvSource({"2026-03-29,23", "2026-06-18,24", "2026-10-25,25"})
  void aDayHasTheHoursThatItHas(String date, int hours) {
    PlannedDay day =
        PlannedDay.around(london(date + "T12:00"), timetable("daily 01:15-01:45", "never"), null);
    assertThat(Duration.between(day.from(), day.until())).isEqualTo(Duration.ofHours(hours));
    assertThat(day.parts().get(0).from()).isEqualTo(day.from());
    assertThat(day.parts().get(day.parts().size() - 1).until()).isEqualTo(day.until());
    for (int i = 1; i < day.parts().size(); i++) {
      assertThat(day.parts().get(i).from()).isEqualTo(day.parts().get(i - 1).until());
    }
    Duration closed =
        day.parts().stream()
            .filter(part -> part.window() != null)
            .map(part -> Duration.between(part.from(), part.until()))
            .reduce(Duration.ZERO, Duration::plus);
    assertThat(closed).isEqualTo(Duration.ofMinutes(hours == 23 ? 0 : hours == 24 ? 30 : 90));
  }

  @Test
  void theFirstAndTheLastMomentBelongToTheDay() {
    Timetable timetable = timetable("never", "never");
    PlannedDay day = PlannedDay.around(london("2026-06-18T00:00"), timetable, null);
    assertThat(day.from()).isEqualTo(london("2026-06-18T00:00"));
    assertThat(PlannedDay.around(day.until().minusNanos(1), timetable, null)).isEqualTo(day);
    assertThat(PlannedDay.around(day.until(), timetable, null).from()).isEqualTo(day.until());
  }

  private static List<String> day(String now, Timetable timetable, @Nullable Rate byHand) {
    return PlannedDay.around(london(now), timetable, byHand).parts().stream()
        .map(
            part ->
                part.from().atZone(LONDON).toLocalTime()
                    + " "
                    + (part.window() != null
                        ? "closed " + part.window()
                        : part.rate()
                            + " "
                            + part.source()
                            + (part.plan() == null ? "" : " " + part.plan())))
        .toList();
  }

  private static Timetable timetable(String window, String plan) {
    return new Timetable(
        LONDON,
        new Rate(240),
        List.of(PlanEntry.parse("p", plan)),
        List.of(ClosedWindow.parse("w", window)),
        Timetable.DEFAULT_CLOSE_LEAD);
  }

  private static Instant london(String local) {
    return LocalDateTime.parse(local).atZone(LONDON).toInstant();
  }
}
