package uk.onefileroutes.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.feed.Expected;

class BacklogDeadlineTest {
  private static final Expected WEEKDAYS =
      new Expected(
          EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
          LocalTime.of(6, 30),
          Duration.ofMinutes(30),
          null);

  @ParameterizedTest
  @CsvSource({
    // in time for Monday: until Tuesday's is expected
    "2026-11-23T06:20:00Z, 2026-11-24T07:00:00Z",
    "2026-11-22T23:00:00Z, 2026-11-24T07:00:00Z",
    // late for Monday: the same
    "2026-11-23T09:30:00Z, 2026-11-24T07:00:00Z",
    // in time for Friday: over the weekend
    "2026-11-27T06:59:59Z, 2026-11-30T07:00:00Z",
    "2026-11-27T07:00:00Z, 2026-11-30T07:00:00Z",
    // the clocks change in between
    "2026-03-27T06:20:00Z, 2026-03-30T06:00:00Z",
  })
  void aFileIsToBeDoneWhenTheNextOneIsExpected(Instant accepted, Instant deadline) {
    assertThat(BacklogDeadline.nextAfter(accepted, WEEKDAYS, ZoneId.of("Europe/London")))
        .isEqualTo(deadline);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T06:59:59Z, 2026-11-23T07:00:00Z",
    "2026-11-23T07:00:00Z, 2026-11-24T07:00:00Z"
  })
  void theNextDeadlineIsBehindTheMoment(Instant now, Instant next) {
    assertThat(WEEKDAYS.nextDeadline(now, ZoneId.of("Europe/London"))).isEqualTo(next);
  }
}
