package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.onefileroutes.delivery.DeliveryFixture.PATIENCE;
import static uk.onefileroutes.delivery.DeliveryFixture.defaults;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.pace.PaceStatus;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

@Timeout(240)
class DeliveryTest {
  private final Path folder;

  DeliveryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void oneLoginRenewsTheSessionForAllCallsInFlight() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture(folder)) {
      ArmedFault hang =
          it.simulator.faults().add(Fault.hang().on(Selection.users())); // before it is judged
      long file = it.drop(defaults(1, 40));
      await()
          .atMost(PATIENCE)
          .until(
              () -> it.assigning().stream().filter(c -> c.status() == Call.IN_FLIGHT).count() == 8);
      it.simulator.killTokens();
      hang.remove();
      it.assertAll(file, "sent,SENT");
      assertThat(it.logins()).isEqualTo(2);
      assertThat(it.assigning()).filteredOn(call -> call.status() == 401).hasSize(8);
    }
  }

  @Test
  void a429PausesTheAccountCostsNoAttemptAndOutlivesARestart() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture(folder, "delivery.retry.attempts=1")) {
      it.simulator
          .faults()
          .add(Fault.answer(429).withRetryAfter("600").on(Selection.users().next(1)));
      long file = it.drop(defaults(1, 40));
      await()
          .atMost(PATIENCE)
          .until(() -> it.instance().pace().now().state() == PaceStatus.State.PAUSED);
      it.restart();
      assertThat(it.instance().pace().now().state()).isEqualTo(PaceStatus.State.PAUSED);
      it.instance().pace().resume(uk.onefileroutes.pace.Pause.Reason.SERVER);
      it.assertAll(file, "sent,SENT");
      assertThat(it.assigning()).filteredOn(call -> call.status() == 429).hasSize(1);
    }
  }

  @Test
  void a429WithADateInThePastOrZeroPausesASecond() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture(folder, "delivery.concurrency=1")) {
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
      long file = it.drop(defaults(1, 1));
      it.assertAll(file, "sent,SENT");
      assertThat(zero.taken()).isEqualTo(1);
      List<Instant> at = it.assigning(1).stream().map(Call::at).toList();
      assertThat(at).hasSize(3);
      for (int i = 1; i < at.size(); i++) {
        assertThat(Duration.between(at.get(i - 1), at.get(i)).toMillis()).isGreaterThan(900);
      }
    }
  }

  @Test
  void oneLearnerWhoAlwaysFailsIsBlockedAndStopsNobody() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture(folder, "delivery.retry.attempts=3")) {
      it.simulator.faults().add(Fault.answer(500).on(Selection.users().forLearner(5)));
      long file = it.drop(defaults(1, 20));
      List<String> results = it.results(file);
      assertThat(results.get(4)).contains(",blocked,TOO_MANY_ATTEMPTS,").contains("HTTP 500");
      assertThat(results)
          .filteredOn(line -> !line.startsWith("5,"))
          .hasSize(19)
          .allSatisfy(line -> assertThat(line).contains(",sent,SENT,"));
      assertThat(it.assigning(5)).hasSize(3);
    }
  }

  @Test
  void anOutageCostsNoAttemptAndIsProbedByOneCallAtATime() throws Exception {
    try (DeliveryFixture it =
        new DeliveryFixture(
            folder,
            "delivery.retry.attempts=2",
            "delivery.concurrency=2",
            "delivery.outage.pause=100ms")) {
      ArmedFault outage = it.simulator.faults().add(Fault.answer(503).on(Selection.users()));
      long file = it.drop(defaults(1, 30));
      await().atMost(PATIENCE).until(() -> outage.taken() >= 9);
      outage.remove();
      it.assertAll(file, "sent,SENT");
      List<Call> failed = it.assigning().stream().filter(call -> call.status() == 503).toList();
      // the five, perhaps one that was on its way, then one after each pause: 200 ms, 400 ms, ...
      List<Call> probes = failed.subList(6, failed.size());
      for (int i = 1; i < probes.size(); i++) {
        assertThat(Duration.between(probes.get(i - 1).at(), probes.get(i).at()).toMillis())
            .isGreaterThan(150);
      }
    }
  }

  @Test
  void aCutConnectionIsRepeatedWhetherOrNotItWasApplied() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture(folder)) {
      it.simulator.faults().add(Fault.cutBefore().on(Selection.users().forLearner(1).next(1)));
      it.simulator.faults().add(Fault.cutAfter().on(Selection.users().forLearner(2).next(1)));
      long file = it.drop(defaults(1, 3));
      it.assertAll(file, "sent,SENT");
      assertThat(it.assigning(1)).extracting(Call::applied).containsExactly(false, true);
      assertThat(it.assigning(2)).extracting(Call::applied).containsExactly(true, true);
      assertThat(it.assigning(3)).hasSize(1);
    }
  }

  @Test
  void aPageUnder200AndARedirectAreNoSuccess() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture(folder)) {
      it.simulator.faults().add(Fault.htmlUnder200().on(Selection.users().forLearner(1).next(1)));
      it.simulator
          .faults()
          .add(
              Fault.answer(302)
                  .withHeader("Location", it.simulator.baseUrl() + "/Elsewhere")
                  .on(Selection.users().forLearner(2).next(1)));
      long file = it.drop(defaults(1, 2));
      it.assertAll(file, "sent,SENT");
      assertThat(it.assigning(1)).hasSize(2);
      assertThat(it.assigning(2)).hasSize(2);
      assertThat(it.simulator.calls()).noneMatch(call -> call.path().endsWith("/Elsewhere"));
    }
  }

  @Test
  void aHangingCallHoldsUpNobodyElse() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture(folder)) {
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

  @Test
  void aLostAnswerToAnAdditionalAssignmentBlocksWhereThatIsAskedFor() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture(folder, "delivery.uncertain-additional=block")) {
      it.simulator.faults().add(Fault.cutAfter().on(Selection.users().next(1)));
      long file = it.drop("1,observer,additional,50,,\n");
      it.assertAll(file, "blocked,OUTCOME_UNKNOWN");
      assertThat(it.assigning()).hasSize(1);
    }
  }

  @Test
  void anErrorThatMeansAlreadyAssignedCountsAsSent() throws Exception {
    Simulator strict =
        Simulator.start(
            SimulatorOptions.defaults().withCallsPerMinute(0).withRepeatedAdditionalRefused(true));
    try (DeliveryFixture it =
        new DeliveryFixture(folder, strict, null, "onefile.already-assigned.pattern=(?i)already")) {
      it.simulator.faults().add(Fault.cutAfter().on(Selection.users().next(1)));
      long file = it.drop("1,observer,additional,50,,\n");
      it.assertAll(file, "sent,ALREADY_ASSIGNED");
      assertThat(it.assigning()).hasSize(2);
    }
  }

  @Test
  void neverTwoCallsForALearnerAtOnceAndTheLastRowWins() throws Exception {
    Random random = new Random(7);
    try (DeliveryFixture it = new DeliveryFixture(folder, "delivery.retry.attempts=50")) {
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
