package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.RowKey;

class CircuitBreakerTest {
  private static final Instant NOON = Instant.parse("2026-03-31T12:00:00Z");
  private final CircuitBreaker breaker =
      new CircuitBreaker(new Doubling(Duration.ofSeconds(30), Duration.ofMinutes(15)));

  private CircuitBreaker.Trip fail(long learner, Instant sentAt, Instant now) {
    return breaker.failed(learner, key(learner), sentAt, now);
  }

  private static RowKey key(long learner) {
    return new RowKey(1, learner, 0);
  }

  private CircuitBreaker.Trip outage() {
    for (long learner = 1; learner <= 4; learner++) {
      assertThat(fail(learner, NOON, NOON).isTripped()).isFalse();
    }
    return fail(5, NOON, NOON);
  }

  @Test
  void fiveFailuresOfFiveLearnersInARowAreAnOutage() {
    CircuitBreaker.Trip trip = outage();
    assertThat(trip.pause()).isEqualTo(Duration.ofSeconds(30));
    assertThat(trip.giveBack()).containsExactly(key(1), key(2), key(3), key(4), key(5));
    assertThat(breaker.isProbing()).isTrue();
  }

  @Test
  void oneLearnerFailingOftenIsNone() {
    for (int i = 0; i < 50; i++) {
      assertThat(fail(1 + i % 4, NOON, NOON)).isEqualTo(CircuitBreaker.Trip.NONE);
    }
  }

  @Test
  void anAnswerInBetweenStartsTheCountAgain() {
    for (long learner = 1; learner <= 4; learner++) {
      fail(learner, NOON, NOON);
    }
    assertThat(breaker.answered()).isFalse();
    assertThat(outage().isTripped()).isTrue();
  }

  @Test
  void eachProbeThatFailsDoublesThePauseUpToAQuarterOfAnHour() {
    outage();
    Instant now = NOON;
    for (long seconds : List.of(60L, 120L, 240L, 480L, 900L, 900L)) {
      now = now.plusSeconds(1000);
      CircuitBreaker.Trip trip = fail(1, now, now.plusSeconds(1));
      assertThat(trip.pause()).isEqualTo(Duration.ofSeconds(seconds));
      assertThat(trip.giveBack()).containsExactly(key(1));
    }
  }

  @Test
  void whatWasOnItsWayWhenThePauseBeganProlongsNothing() {
    outage();
    CircuitBreaker.Trip late = fail(6, NOON.minusMillis(1), NOON.plusSeconds(3));
    assertThat(late.isTripped()).isFalse();
    assertThat(late.giveBack()).containsExactly(key(6));
  }

  @Test
  void anyAnswerEndsIt() {
    outage();
    assertThat(breaker.answered()).isTrue();
    assertThat(breaker.isProbing()).isFalse();
    assertThat(outage().pause()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void anOutageOfAnEarlierProcessGoesOn() {
    breaker.restore(3);
    assertThat(breaker.isProbing()).isTrue();
    assertThat(fail(1, NOON, NOON).pause()).isEqualTo(Duration.ofMinutes(4));
  }

  @Test
  void aSessionThatCantBeHadCountsOnceHoweverManyWorkersHearOfIt() {
    CircuitBreaker.Trip first = breaker.noSession(NOON);
    assertThat(first.pause()).isEqualTo(Duration.ofSeconds(30));
    for (int worker = 2; worker <= 8; worker++) {
      assertThat(breaker.noSession(NOON.plusMillis(worker)).isTripped()).isFalse();
    }
    assertThat(breaker.noSession(NOON.plusSeconds(30)).pause()).isEqualTo(Duration.ofMinutes(1));
  }
}
