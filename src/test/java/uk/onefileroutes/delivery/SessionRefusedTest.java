package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.onefileroutes.delivery.DeliveryFixture.PATIENCE;
import static uk.onefileroutes.delivery.DeliveryFixture.defaults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.pace.PaceStatus;
import uk.onefileroutes.pace.Pause;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.LogLines;

/** Sessions that Onefile does not accept, or not any more. */
@Timeout(600)
class SessionRefusedTest {
  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void oneLoginRenewsTheSessionForFiftyCallsInFlight(int status) throws Exception {
    Simulator simulator =
        Simulator.start(
            SimulatorOptions.defaults().withCallsPerMinute(0).withBadTokenStatus(status));
    try (DeliveryFixture it =
        new DeliveryFixture(
            simulator,
            null,
            "delivery.concurrency=50",
            "delivery.retry.attempts=1",
            "onefile.renew-on=401,403")) {
      ArmedFault hang =
          it.simulator.faults().add(Fault.hang().on(Selection.users())); // before it is judged
      long file = it.drop(defaults(1, 120));
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  it.assigning().stream().filter(c -> c.status() == Call.IN_FLIGHT).count() == 50);
      it.simulator.killTokens();
      hang.remove();
      it.assertAll(file, "sent,SENT");
      assertThat(it.logins()).isEqualTo(2);
      assertThat(it.assigning()).filteredOn(call -> call.status() == status).hasSize(50);
    }
  }

  @Test
  void aNewSessionThatIsRefusedTooPausesAndNoRowSuffers() throws Exception {
    try (DeliveryFixture it =
            new DeliveryFixture("delivery.retry.attempts=1", "delivery.outage.pause=30s");
        LogLines log = LogLines.open()) {
      ArmedFault refused = it.simulator.faults().add(Fault.answer(401).on(Selection.users()));
      long file = it.drop(defaults(1, 30));
      await()
          .atMost(PATIENCE)
          .until(() -> it.instance().pace().now().admission().state() == PaceStatus.State.PAUSED);
      assertThat(it.instance().pace().now().pauses())
          .extracting(Pause::reason)
          .containsExactly(Pause.Reason.UNAUTHORISED);
      await()
          .atMost(PATIENCE)
          .until(() -> log.with("WARN", "UNAUTHORISED", "onefile.customer-token").size() == 1);
      refused.remove();
      it.instance().pace().resume(Pause.Reason.UNAUTHORISED);
      it.assertAll(file, "sent,SENT");
      // more, where calls were first refused with the second session, or with the one after it
      assertThat(it.logins()).isBetween(2L, 4L);
      assertThat(it.assigning()).hasSizeLessThanOrEqualTo(30 + 2 * 8);
    }
  }

  @Test
  void deliveryGoesOnByItselfSoonAfterTheSessionIsAcceptedAgain() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture("delivery.retry.attempts=1")) {
      ArmedFault refused = it.simulator.faults().add(Fault.answer(401).on(Selection.users()));
      long file = it.drop(defaults(1, 3));
      await().atMost(PATIENCE).until(() -> refused.taken() > 6); // more than one pause's worth
      refused.remove();
      it.assertAll(file, "sent,SENT");
    }
  }
}
