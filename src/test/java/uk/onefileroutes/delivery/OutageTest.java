package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.onefileroutes.delivery.DeliveryFixture.PATIENCE;
import static uk.onefileroutes.delivery.DeliveryFixture.defaults;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.onefileroutes.pace.PaceStatus;
import uk.onefileroutes.pace.Pause;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;

/** When Onefile does not work for anybody. */
@Timeout(600)
class OutageTest {
  @Test
  void anOutageCostsNoAttemptAndIsProbedByOneCallAtATime() throws Exception {
    try (DeliveryFixture it =
        new DeliveryFixture(
            "delivery.retry.attempts=2", "delivery.concurrency=2", "delivery.outage.pause=100ms")) {
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
  void anOutageOutlivesARestartAndIsThenProbedByOneCall() throws Exception {
    try (DeliveryFixture it =
        new DeliveryFixture("delivery.retry.attempts=1", "delivery.outage.pause=10s")) {
      // five failures and no more: otherwise rows with one attempt would be blocked
      ArmedFault outage = it.simulator.faults().add(Fault.hang().on(Selection.users()));
      it.simulator.faults().add(Fault.answer(503).on(Selection.users()));
      long file = it.drop(defaults(1, 5));
      await().atMost(PATIENCE).until(() -> outage.taken() == 5);
      outage.remove();
      await()
          .atMost(PATIENCE)
          .until(() -> it.instance().pace().now().admission().state() == PaceStatus.State.PAUSED);
      it.restart();
      assertThat(it.instance().pace().now().pauses())
          .extracting(Pause::reason)
          .containsExactly(Pause.Reason.OUTAGE);
      int before = it.assigning().size();
      it.simulator.faults().clear();
      ArmedFault probe = it.simulator.faults().add(Fault.hang().on(Selection.users()));
      await().atMost(PATIENCE).until(() -> probe.taken() == 1);
      long later = it.drop(defaults(6, 9));
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  it.instance().files().in(uk.onefileroutes.assignment.FileState.DELIVERING).size()
                      == 2);
      assertThat(it.assigning()).hasSize(before + 1); // the others wait for the probe
      probe.remove();
      it.results(file);
      it.assertAll(later, "sent,SENT");
    }
  }
}
