package uk.onefileroutes.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorFaultsTest {
  private static final String TO_FIVE = "{\"DefaultAssessorID\":5}";

  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorOptions.defaults());
    caller = Caller.of(simulator);
    simulator.forgetCalls();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private List<Integer> statusesOf(int calls) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      statuses.add(caller.post("/User/1", TO_FIVE).statusCode());
    }
    return statuses;
  }

  @Test
  void theNextCallsAreAnsweredOtherwiseAndNotApplied() throws Exception {
    ArmedFault fault = simulator.faults().add(Fault.answer(503).on(Selection.all().next(2)));
    assertThat(statusesOf(2)).containsExactly(503, 503);
    assertThat(simulator.state().defaultAssessors()).isEmpty();
    assertThat(statusesOf(1)).containsExactly(204);
    assertThat(fault.taken()).isEqualTo(2);
    assertThat(simulator.calls()).extracting(Call::status).containsExactly(503, 503, 204);
    assertThat(simulator.calls())
        .extracting(call -> call.ending().faulted())
        .containsExactly(true, true, false);
    assertThat(simulator.calls()).extracting(Call::applied).containsExactly(false, false, true);
  }

  @Test
  void eachThirdCallIsAnsweredOtherwise() throws Exception {
    simulator.faults().add(Fault.answer(500).on(Selection.users().everyNth(3)));
    assertThat(statusesOf(7)).containsExactly(204, 204, 500, 204, 204, 500, 204);
  }

  @Test
  void someCallsPassBeforeTheFault() throws Exception {
    simulator.faults().add(Fault.answer(500).on(Selection.all().after(2).next(1)));
    assertThat(statusesOf(4)).containsExactly(204, 204, 500, 204);
  }

  @Test
  void oneLearnerIsHit() throws Exception {
    simulator.faults().add(Fault.answer(409).on(Selection.all().forLearner(2)));
    assertThat(caller.post("/User/1", TO_FIVE).statusCode()).isEqualTo(204);
    assertThat(caller.post("/User/2", TO_FIVE).statusCode()).isEqualTo(409);
    assertThat(caller.post("/User/5/Assign", "{\"LearnerID\":2,\"Level\":1}").statusCode())
        .isEqualTo(409);
    assertThat(caller.post("/User/2/Assign", "{\"LearnerID\":3,\"Level\":1}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void onePathIsHit() throws Exception {
    simulator
        .faults()
        .add(Fault.answer(500).on(Selection.all().under(Simulator.BASE_PATH + "/Standard")));
    assertThat(caller.post("/Standard/Search", "{}").statusCode()).isEqualTo(500);
    assertThat(caller.post("/Unit/Search", "{}").statusCode()).isEqualTo(204);
  }

  @Test
  void anAnswerHasTheBodyAndHeadersAskedFor() throws Exception {
    simulator
        .faults()
        .add(
            Fault.answer(503)
                .withError(-11, "Centre not found")
                .withRetryAfter("Wed, 04 Mar 2026 09:00:00 GMT")
                .withHeader("X-Gateway", "one"));
    HttpResponse<String> answer = caller.post("/User/1", TO_FIVE);
    assertThat(answer.body()).isEqualTo("{\"code\":-11,\"message\":\"Centre not found\"}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("Retry-After"))
        .hasValue("Wed, 04 Mar 2026 09:00:00 GMT");
    assertThat(answer.headers().firstValue("X-Gateway")).hasValue("one");
  }

  @Test
  void aCallCanBeAppliedAndAnsweredOtherwise() throws Exception {
    simulator.faults().add(Fault.answer(500).afterApplying().on(Selection.all().next(1)));
    assertThat(statusesOf(1)).containsExactly(500);
    assertThat(simulator.state().defaultAssessors()).containsEntry(1, 5);
    assertThat(simulator.calls().get(0).applied()).isTrue();
  }

  @Test
  void aPageOfHtmlComesUnderTwoHundred() throws Exception {
    simulator.faults().add(Fault.htmlUnder200());
    HttpResponse<String> answer = caller.post("/User/1", TO_FIVE);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("<html>");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(simulator.state().defaultAssessors()).isEmpty();
  }

  @Test
  void authenticationIsRefusedWhileSessionsLive() throws Exception {
    simulator.faults().add(Fault.noAuthentication());
    assertThat(Caller.authenticate(simulator, SimulatorOptions.DEFAULT_CUSTOMER_TOKEN).statusCode())
        .isEqualTo(401);
    assertThat(statusesOf(1)).containsExactly(204);
    simulator.faults().clear();
    assertThat(Caller.authenticate(simulator, SimulatorOptions.DEFAULT_CUSTOMER_TOKEN).statusCode())
        .isEqualTo(200);
  }

  @Test
  void theConnectionIsCutBeforeTheCallIsApplied() throws Exception {
    simulator.faults().add(Fault.cutBefore().on(Selection.all().next(1)));
    assertThatThrownBy(() -> caller.post("/User/1", TO_FIVE)).isInstanceOf(IOException.class);
    assertThat(simulator.state().defaultAssessors()).isEmpty();
    assertThat(simulator.calls()).hasSize(1);
    assertThat(simulator.calls().get(0).status()).isEqualTo(Call.CUT);
    assertThat(simulator.calls().get(0).applied()).isFalse();
    assertThat(statusesOf(1)).containsExactly(204);
  }

  @Test
  void theConnectionIsCutAfterTheCallIsApplied() {
    simulator.faults().add(Fault.cutAfter());
    assertThatThrownBy(() -> caller.post("/User/1", TO_FIVE)).isInstanceOf(IOException.class);
    assertThat(simulator.state().defaultAssessors()).containsEntry(1, 5);
    assertThat(simulator.calls().get(0).status()).isEqualTo(Call.CUT);
    assertThat(simulator.calls().get(0).applied()).isTrue();
  }

  @Test
  void latencyHoldsTheAnswerBackAndAddsUp() throws Exception {
    simulator.faults().add(Fault.latency(Duration.ofMillis(60)));
    simulator.faults().add(Fault.latency(Duration.ofMillis(60)).beforeApplying());
    assertThat(statusesOf(1)).containsExactly(204);
    assertThat(simulator.calls().get(0).ending().millisInFlight()).isGreaterThanOrEqualTo(120);
    assertThat(simulator.calls().get(0).ending().faulted()).isTrue();
  }

  @Test
  void latencyCanHitOneLearner() throws Exception {
    ArmedFault slow =
        simulator
            .faults()
            .add(Fault.latency(Duration.ofHours(1)).on(Selection.all().forLearner(2)));
    CompletableFuture<HttpResponse<String>> late = caller.postLater("/User/2", TO_FIVE);
    await().until(() -> simulator.state().defaultAssessors().containsKey(2));
    assertThat(statusesOf(1)).containsExactly(204);
    assertThat(late).isNotDone();
    slow.remove();
    assertThat(late.get().statusCode()).isEqualTo(204);
  }

  @Test
  void latencyBeforeApplyingAppliesLate() throws Exception {
    ArmedFault slow = simulator.faults().add(Fault.latency(Duration.ofHours(1)).beforeApplying());
    CompletableFuture<HttpResponse<String>> late = caller.postLater("/User/2", TO_FIVE);
    await().until(() -> slow.taken() == 1);
    assertThat(simulator.state().defaultAssessors()).isEmpty();
    slow.remove();
    assertThat(late.get().statusCode()).isEqualTo(204);
    assertThat(simulator.state().defaultAssessors()).containsEntry(2, 5);
  }

  @Test
  void aCallHangsUntilItIsReleased() throws Exception {
    ArmedFault hang = simulator.faults().add(Fault.hang());
    CompletableFuture<HttpResponse<String>> hanging = caller.postLater("/User/1", TO_FIVE);
    await().until(() -> hang.taken() == 1);
    assertThat(simulator.calls()).extracting(Call::status).containsExactly(Call.IN_FLIGHT);
    assertThat(simulator.state().defaultAssessors()).isEmpty();
    hang.remove();
    assertThat(hanging.get().statusCode()).isEqualTo(204);
    assertThat(simulator.calls()).extracting(Call::status).containsExactly(204);
    assertThat(statusesOf(1)).containsExactly(204);
  }

  @Test
  void aCallCanHangAfterItWasApplied() throws Exception {
    simulator.faults().add(Fault.hang().afterApplying());
    CompletableFuture<HttpResponse<String>> hanging = caller.postLater("/User/1", TO_FIVE);
    await().until(() -> simulator.state().defaultAssessors().containsKey(1));
    assertThat(hanging).isNotDone();
    simulator.faults().clear();
    assertThat(hanging.get().statusCode()).isEqualTo(204);
  }

  @Test
  void manyHangingCallsHoldNobodyElseUp() throws Exception {
    simulator.faults().add(Fault.hang().on(Selection.all().forLearner(2)));
    List<CompletableFuture<HttpResponse<String>>> hanging = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      hanging.add(caller.postLater("/User/2", TO_FIVE));
    }
    await().until(() -> simulator.calls().size() == 100);
    assertThat(statusesOf(1)).containsExactly(204);
    simulator.faults().clear();
    for (CompletableFuture<HttpResponse<String>> each : hanging) {
      assertThat(each.get().statusCode()).isEqualTo(204);
    }
  }

  @Test
  void closingCutsWhatHangs() {
    ArmedFault hang = simulator.faults().add(Fault.hang());
    CompletableFuture<HttpResponse<String>> hanging = caller.postLater("/User/1", TO_FIVE);
    await().until(() -> hang.taken() == 1);
    simulator.close();
    assertThatThrownBy(hanging::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
    await().until(() -> simulator.calls().get(0).status() == Call.CUT);
  }

  @Test
  void theFirstFaultDecidesAndTheNextOneIsNotUsedUp() throws Exception {
    simulator.faults().add(Fault.answer(500).on(Selection.all().next(1)));
    ArmedFault second = simulator.faults().add(Fault.answer(502).on(Selection.all().next(1)));
    assertThat(statusesOf(1)).containsExactly(500);
    assertThat(second.taken()).isZero();
    assertThat(statusesOf(2)).containsExactly(502, 204);
  }

  @Test
  void allSessionsDieBeforeEachThirdCall() throws Exception {
    simulator.faults().add(Fault.tokensDie().on(Selection.users().everyNth(3)));
    assertThat(statusesOf(4)).containsExactly(204, 204, 401, 401);
    caller = Caller.of(simulator);
    assertThat(statusesOf(2)).containsExactly(204, 401);
  }

  @Test
  void callsOverARateOfTheSwitchboardAreRefused() throws Exception {
    SettableTime time = new SettableTime();
    restart(SimulatorOptions.defaults().withTime(time));
    simulator.faults().add(Fault.rate(2).on(Selection.users()));
    assertThat(statusesOf(3)).containsExactly(204, 204, 429);
    time.pass(Duration.ofSeconds(60));
    assertThat(statusesOf(1)).containsExactly(204);
  }

  @Test
  void anOutageLastsForATimeFromItsFirstCallOn() throws Exception {
    SettableTime time = new SettableTime();
    restart(SimulatorOptions.defaults().withTime(time));
    simulator.faults().add(Fault.answer(503).on(Selection.users().lasting(Duration.ofSeconds(30))));
    time.pass(Duration.ofSeconds(60));
    assertThat(statusesOf(1)).containsExactly(503);
    time.pass(Duration.ofSeconds(29));
    assertThat(statusesOf(1)).containsExactly(503);
    time.pass(Duration.ofSeconds(1));
    assertThat(statusesOf(1)).containsExactly(204);
  }

  private void restart(SimulatorOptions options) throws Exception {
    simulator.close();
    simulator = Simulator.start(options);
    caller = Caller.of(simulator);
  }

  @Test
  void aCallOverTheRateMeetsNoFault() throws Exception {
    try (Simulator other = Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(1))) {
      Caller client = Caller.of(other);
      ArmedFault fault = other.faults().add(Fault.answer(500));
      assertThat(client.post("/User/1", TO_FIVE).statusCode()).isEqualTo(429);
      assertThat(fault.taken()).isZero();
    }
  }

  @Test
  void aRemovedFaultDoesNothing() throws Exception {
    ArmedFault fault = simulator.faults().add(Fault.answer(500));
    assertThat(statusesOf(1)).containsExactly(500);
    fault.remove();
    fault.remove();
    assertThat(statusesOf(1)).containsExactly(204);
    assertThat(fault.taken()).isEqualTo(1);
  }

  @Test
  void anImpossibleFaultIsRefused() {
    assertThatThrownBy(() -> Fault.answer(100)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Selection.all().everyNth(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
