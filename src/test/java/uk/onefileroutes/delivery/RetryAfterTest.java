package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.onefileroutes.delivery.DeliveryFixture.PATIENCE;
import static uk.onefileroutes.delivery.DeliveryFixture.defaults;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.onefileroutes.pace.PaceStatus;
import uk.onefileroutes.pace.Pause;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.testing.LogLines;

/** 429 and 503, with what they say about when to come back, sensible and absurd. */
@Timeout(600)
class RetryAfterTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** A header and the pause that it leads to. */
  private record Asked(@Nullable String header, Duration least, Duration most) {
    Asked(@Nullable String header, Duration about) {
      this(header, about, about);
    }
  }

  @Test
  void aPauseIsAsLongAsOnefileAsksAndAtMostAnHour() throws Exception {
    String inTwoMinutes =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plusSeconds(120).atOffset(ZoneOffset.UTC));
    Duration unsaid = Duration.ofSeconds(60);
    List<Asked> all =
        List.of(
            new Asked("600", Duration.ofMinutes(10)),
            new Asked(inTwoMinutes, Duration.ofSeconds(30), Duration.ofSeconds(120)),
            new Asked(null, unsaid, unsaid.plusSeconds(5)),
            new Asked("soon", unsaid, unsaid.plusSeconds(5)),
            new Asked("-5", unsaid, unsaid.plusSeconds(5)),
            new Asked("999999999", HOUR),
            new Asked("99999999999999999999", HOUR),
            new Asked("Fri, 31 Dec 9999 23:59:59 GMT", HOUR),
            new Asked("Sun, 01 Jan 2090 00:00:00 GMT", HOUR));
    try (DeliveryFixture it =
            new DeliveryFixture("delivery.concurrency=1", "delivery.retry.attempts=1");
        LogLines log = LogLines.open()) {
      for (int i = 0; i < all.size(); i++) {
        @Nullable String header = all.get(i).header;
        Fault.Answer fault = Fault.answer(429);
        it.simulator
            .faults()
            .add(
                (header == null ? fault : fault.withRetryAfter(header))
                    .on(Selection.users().forLearner(i + 1).next(1)));
      }
      Instant dropped = Instant.now();
      long file = it.drop(defaults(1, all.size()));
      for (int i = 0; i < all.size(); i++) {
        await().atMost(PATIENCE).until(() -> pause(it).isPresent());
        Call refused = it.assigning(i + 1).get(0);
        assertThat(refused.status()).isEqualTo(429);
        Asked asked = all.get(i);
        assertThat(Duration.between(refused.at(), pause(it).orElseThrow().until()))
            .as("Retry-After: " + asked.header)
            .isBetween(
                asked.least.minus(Duration.between(dropped, refused.at()).plusSeconds(1)),
                asked.most.plusSeconds(20));
        if (i
            == all.size() - 1) { // more than an hour: an alarm, as it still holds when it is looked
          await().atMost(PATIENCE).until(() -> !log.with("WARN", "THROTTLED").isEmpty());
        }
        it.instance().pace().resume(Pause.Reason.SERVER);
      }
      it.assertAll(file, "sent,SENT");
    }
  }

  private static Optional<Pause> pause(DeliveryFixture it) {
    return it.instance().pace().now().pauses().stream()
        .filter(pause -> pause.reason() == Pause.Reason.SERVER)
        .findFirst();
  }

  @Test
  void a429PausesTheAccountCostsNoAttemptAndOutlivesARestart() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture("delivery.retry.attempts=1")) {
      it.simulator
          .faults()
          .add(Fault.answer(429).withRetryAfter("600").on(Selection.users().next(1)));
      long file = it.drop(defaults(1, 40));
      await()
          .atMost(PATIENCE)
          .until(() -> it.instance().pace().now().admission().state() == PaceStatus.State.PAUSED);
      it.restart();
      assertThat(it.instance().pace().now().admission().state()).isEqualTo(PaceStatus.State.PAUSED);
      it.instance().pace().resume(Pause.Reason.SERVER);
      it.assertAll(file, "sent,SENT");
      assertThat(it.assigning()).filteredOn(call -> call.status() == 429).hasSize(1);
    }
  }

  @Test
  void a429WithADateInThePastOrZeroPausesASecond() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture("delivery.concurrency=1")) {
      ArmedFault zero =
          it.simulator
              .faults()
              .add(Fault.answer(429).withRetryAfter("0").on(Selection.users().next(1)));
      it.simulator
          .faults()
          .add(
              Fault.answer(429)
                  .withRetryAfter("Tue, 31 Mar 2015 12:00:00 GMT")
                  .on(Selection.users().next(1)));
      it.assertAll(it.drop(defaults(1, 1)), "sent,SENT");
      assertThat(zero.taken()).isEqualTo(1);
      List<Duration> waits = waits(it, 1);
      assertThat(waits).hasSize(2).allMatch(wait -> wait.toMillis() > 900);
    }
  }

  @Test
  void a503IsRepeatedNotBeforeItAsksAndNobodyWaitsForYears() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture("delivery.retry.within=4s")) {
      answer503(it, 1, "2", 1);
      answer503(it, 2, "999999999", 1);
      answer503(it, 3, "Sun, 01 Jan 2090 00:00:00 GMT", 0);
      answer503(it, 4, "soon", 1);
      List<String> results = it.results(it.drop(defaults(1, 5)));
      assertThat(results.get(2)).contains(",blocked,TOO_MANY_ATTEMPTS,").contains("HTTP 503");
      assertThat(results).filteredOn(row -> row.contains(",sent,SENT,")).hasSize(4);
      assertThat(waits(it, 1)).hasSize(1).allMatch(wait -> wait.toMillis() > 1_900);
      assertThat(waits(it, 2)).hasSize(1).allMatch(wait -> wait.toMillis() > 3_900);
      assertThat(waits(it, 3)).hasSize(1).allMatch(wait -> wait.toMillis() > 3_900);
      assertThat(waits(it, 4)).hasSize(1);
    }
  }

  private static void answer503(DeliveryFixture it, int learner, String retryAfter, int times) {
    it.simulator
        .faults()
        .add(
            Fault.answer(503)
                .withRetryAfter(retryAfter)
                .on(Selection.users().forLearner(learner).next(times)));
  }

  /** The times between the calls for a learner. */
  private static List<Duration> waits(DeliveryFixture it, int learner) {
    List<Instant> at = it.assigning(learner).stream().map(Call::at).toList();
    return java.util.stream.IntStream.range(1, at.size())
        .mapToObj(i -> Duration.between(at.get(i - 1), at.get(i)))
        .toList();
  }
}
