package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
  private static final Instant NOON = Instant.parse("2026-03-31T12:00:00Z");
  private final RetrySchedule schedule =
      new RetrySchedule(6, Duration.ofSeconds(2), Duration.ofMinutes(15), Duration.ofHours(24));

  @Test
  void theWaitDoublesFromTheFirstToTheLongestWithAQuarterOfJitter() {
    for (int made = 1; made <= 40; made++) {
      long seconds = Math.min(2L << Math.min(made - 1, 30), 900);
      assertThat(schedule.delay(made))
          .isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(seconds * 1250));
    }
  }

  @Test
  void theLastAttemptIsTheSixth() {
    assertThat(schedule.next(5, NOON, NOON, null)).isPresent();
    assertThat(schedule.next(6, NOON, NOON, null)).isEmpty();
  }

  @Test
  void aDayAfterTheFirstAttemptItIsGivenUp() {
    Instant end = NOON.plus(Duration.ofHours(24));
    assertThat(schedule.next(1, NOON, end.minusMillis(1), null)).isPresent();
    assertThat(schedule.next(1, NOON, end, null)).isEmpty();
  }

  @Test
  void retryAfterWinsOverAShorterWaitOnly() {
    Instant later = NOON.plusSeconds(60);
    assertThat(schedule.next(1, NOON, NOON, later)).contains(later);
    assertThat(schedule.next(1, NOON, NOON, NOON).orElseThrow())
        .isAfterOrEqualTo(NOON.plusSeconds(2));
  }
}
