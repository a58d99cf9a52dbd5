package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.onefileroutes.delivery.DeliveryFixture.PATIENCE;
import static uk.onefileroutes.delivery.DeliveryFixture.defaults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Fault.Spoilt.Body;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/** Requests that left and whose answer nobody has, and answers that come too late. */
@Timeout(600)
class LostAnswerTest {
  private static final String ADDITIONAL = "1,observer,additional,50,,\n";

  @Test
  void aCutConnectionIsRepeatedWhetherOrNotItWasApplied() throws Exception {
    try (DeliveryFixture it = new DeliveryFixture()) {
      it.simulator.faults().add(Fault.cutBefore().on(Selection.users().forLearner(1).next(1)));
      it.simulator.faults().add(Fault.cutAfter().on(Selection.users().forLearner(2).next(1)));
      long file = it.drop(defaults(1, 3) + "4,observer,additional,50,,\n");
      it.simulator.faults().add(Fault.cutAfter().on(Selection.users().forLearner(4).next(1)));
      it.assertAll(file, "sent,SENT");
      assertThat(it.assigning(1)).extracting(Call::applied).containsExactly(false, true);
      assertThat(it.assigning(2)).extracting(Call::applied).containsExactly(true, true);
      assertThat(it.assigning(3)).hasSize(1);
      assertThat(it.assigning(4)).hasSize(2);
    }
  }

  @Test
  void aSlotMadeUnknownIsNeverTakenForUnchanged() throws Exception {
    try (DeliveryFixture it =
        new DeliveryFixture("delivery.uncertain-additional=block", "delivery.retry.attempts=1")) {
      String rows = ADDITIONAL + defaults(2, 3);
      it.assertAll(it.drop(defaults(2, 2)), "sent,SENT");
      it.assertAll(it.drop("2,assessor,default,901,,\n"), "sent,SENT");
      ArmedFault cut = it.simulator.faults().add(Fault.cutAfter().on(Selection.users()));
      assertThat(it.results(it.drop(rows)))
          .anyMatch(row -> row.startsWith("1,") && row.contains(",blocked,OUTCOME_UNKNOWN,"))
          .anyMatch(row -> row.startsWith("2,") && row.contains(",blocked,TOO_MANY_ATTEMPTS,"))
          .anyMatch(row -> row.startsWith("3,") && row.contains(",blocked,TOO_MANY_ATTEMPTS,"));
      cut.remove();
      it.assertAll(it.drop(rows), "sent,SENT");
      assertThat(it.assigning(1)).hasSize(2);
      assertThat(it.assigning(2)).hasSize(4);
      assertThat(it.assigning(3)).hasSize(2);
      it.assertAll(it.drop(rows), "unchanged,UNCHANGED");
    }
  }

  @Test
  void anErrorThatMeansAlreadyAssignedCountsAsSentByCodeOrByWords() throws Exception {
    Simulator strict =
        Simulator.start(
            SimulatorOptions.defaults().withCallsPerMinute(0).withRepeatedAdditionalRefused(true));
    try (DeliveryFixture it =
        new DeliveryFixture(
            strict,
            null,
            "onefile.already-assigned.codes=-99",
            "onefile.already-assigned.pattern=(?i)already")) {
      it.simulator.faults().add(Fault.cutAfter().on(Selection.users().forLearner(1).next(1)));
      it.simulator
          .faults()
          .add(Fault.answer(400).withError(-99, "No.").on(Selection.users().forLearner(2)));
      it.simulator
          .faults()
          .add(Fault.answer(400).withError(-98, "No.").on(Selection.users().forLearner(3)));
      it.assertAll(it.drop(ADDITIONAL + "2,iqa,additional,50,,\n"), "sent,ALREADY_ASSIGNED");
      it.assertAll(it.drop("3,iqa,additional,50,,\n"), "rejected,BAD_REQUEST");
      assertThat(it.assigning(1)).hasSize(2);
      assertThat(it.assigning(2)).hasSize(1);
    }
  }

  @Test
  void anAnswerThatDripsOrHangsEndsInTimeAndHoldsUpNobody() throws Exception {
    try (DeliveryFixture it =
        new DeliveryFixture("onefile.answer-timeout=3s", "delivery.retry.attempts=2")) {
      it.simulator.faults().add(Fault.spoilt(Body.DRIPPING).on(Selection.users().forLearner(1)));
      it.simulator
          .faults()
          .add(Fault.spoilt(Body.DRIPPING).on(Selection.users().forLearner(2).next(1)));
      it.simulator.faults().add(Fault.hang().on(Selection.users().forLearner(3).next(1)));
      long slow = it.drop(defaults(1, 3));
      await().atMost(PATIENCE).until(() -> it.assigning().size() >= 3);
      it.assertAll(it.drop(defaults(4, 20)), "sent,SENT");
      assertThat(it.assigning())
          .filteredOn(call -> call.learner() != null && call.learner() <= 3)
          .as("they were still waited for")
          .hasSize(3);
      assertThat(it.results(slow))
          .anyMatch(row -> row.startsWith("1,") && row.contains("no answer in time"))
          .filteredOn(row -> row.contains(",sent,SENT,"))
          .hasSize(2);
      assertThat(it.assigning(1)).hasSize(2);
    }
  }
}
