package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.onefileroutes.delivery.DeliveryFixture.PATIENCE;
import static uk.onefileroutes.delivery.DeliveryFixture.defaults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;

@Timeout(600)
class DeliveryTest {
  @Test
  void aHangingCallHoldsUpNobodyElse() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture()) {
      ArmedFault hang = it.simulator.faults().add(Fault.hang().on(Selection.users().forLearner(1)));
      long first = it.drop(defaults(1, 20));
      await().atMost(PATIENCE).until(() -> hang.taken() == 1);
      long second = it.drop(defaults(21, 40));
      it.assertAll(second, "sent,SENT");
      assertThat(it.assigning(1)).extracting(Call::status).containsExactly(Call.IN_FLIGHT);
      hang.remove();
      it.assertAll(first, "sent,SENT");
    }
  }

  /** The last of several chances to lose a request that was sent: a step of the route itself. */
  @Test
  void aStepThatFailsBehindTheCallSettlesItsRowAndEndsNoWorker() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture("delivery.concurrency=1")) {
      AtomicInteger answers = new AtomicInteger();
      AdviceWith.adviceWith(
          it.instance().camel(),
          "send-to-onefile",
          route ->
              route
                  .weaveById("read-answer")
                  .before()
                  .process(
                      exchange -> {
                        if (answers.incrementAndGet() == 2) { // the first is the login's
                          throw new IllegalStateException("broken on purpose");
                        }
                      }));
      it.assertAll(it.drop(defaults(1, 5)), "sent,SENT");
      assertThat(it.assigning()).hasSize(6);
      assertThat(it.assigning(1)).extracting(Call::applied).containsExactly(true, true);
    }
  }

  @Test
  void neverTwoCallsForALearnerAtOnceAndTheLastRowWins() throws Exception {
    Random random = new Random(7);
    try (DeliveryFixture it =
        new DeliveryFixture("delivery.retry.attempts=50", "plan.hold.change-percent=never")) {
      for (int n = 2; n <= 5; n++) {
        it.simulator
            .faults()
            .add(Fault.latency(Duration.ofMillis(3L * n)).on(Selection.users().everyNth(n)));
      }
      it.simulator.faults().add(Fault.answer(500).on(Selection.users().everyNth(17)));
      it.simulator.faults().add(Fault.cutAfter().on(Selection.users().everyNth(23)));
      List<Long> files = new ArrayList<>();
      for (int file = 0; file < 4; file++) {
        StringBuilder rows = new StringBuilder();
        for (int row = 0; row < 60; row++) {
          rows.append(1 + random.nextInt(6))
              .append(",iqa,learning-aim,")
              .append(900 + random.nextInt(5))
              .append(',')
              .append(1 + random.nextInt(8))
              .append(",\n");
        }
        files.add(it.drop(rows.toString()));
      }
      files.forEach(
          file ->
              assertThat(it.results(file))
                  .hasSize(60)
                  .allSatisfy(
                      line -> assertThat(line).containsPattern(",(sent|superseded|unchanged),")));
      assertThat(it.assigning()).hasSizeGreaterThan(48).noneMatch(Call::overlapped);
    }
  }
}
