package uk.onefileroutes.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceSentenceTest {
  private static final Timetable TIMETABLE =
      new Timetable(
          ZoneId.of("Europe/London"),
          new Rate(240),
          List.of(
              PlanEntry.parse("office-hours", "MON-FRI 08:00-18:00 at 120"),
              PlanEntry.parse("sundays", "SUN 00:00-24:00 at 0")),
          List.of(
              ClosedWindow.parse("daily-release", "daily 06:55-07:35"),
              ClosedWindow.parse("upgrade", "2026-06-03 07:00-2026-06-04 06:00")),
          Timetable.DEFAULT_CLOSE_LEAD);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-06-01T05:54:59Z | Rate 240/min: base rate",
        "2026-06-01T05:55:00Z | Closed: daily-release until 07:35",
        "2026-06-01T06:35:00Z | Rate 240/min: base rate",
        "2026-06-01T07:00:00Z | Rate 120/min: plan office-hours until 18:00",
        "2026-06-03T06:10:00Z | Closed: upgrade until 2026-06-04 06:00",
        "2026-06-07T10:00:00Z | Rate 0/min: plan sundays until 2026-06-08 00:00"
      })
  void itSaysWhatHoldsUntilWhenOnLocalClocks(String at, String sentence) {
    assertThat(PaceSentence.of(TIMETABLE, Instant.parse(at), null)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-06-01T07:00:00Z | Rate 30/min: set by hand",
        "2026-06-01T05:55:00Z | Closed: daily-release until 07:35"
      })
  void aRateSetByHandStandsBeforeThePlanButNotBeforeAWindow(String at, String sentence) {
    assertThat(PaceSentence.of(TIMETABLE, Instant.parse(at), new Rate(30))).isEqualTo(sentence);
  }
}
