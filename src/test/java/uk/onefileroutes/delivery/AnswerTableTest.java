package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.onefileroutes.delivery.DeliveryFixture.PATIENCE;
import static uk.onefileroutes.delivery.DeliveryFixture.defaults;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Fault.Spoilt.Body;
import uk.onefileroutes.simulator.Selection;

/** What an answer does to its row. One bundle for all: each test has learners of its own. */
@Timeout(600)
class AnswerTableTest {
  private static DeliveryFixture it;

  @BeforeAll
  static void start() throws Exception {
    it = new DeliveryFixture("delivery.retry.attempts=3");
  }

  @AfterEach
  void clear() {
    it.simulator.faults().clear();
  }

  @AfterAll
  static void stop() throws Exception {
    it.close();
  }

  private static void add(int learner, Fault.Answer fault) {
    it.simulator.faults().add(fault.on(Selection.users().forLearner(learner)));
  }

  private static void spoil(int learner, Body body) {
    it.simulator.faults().add(Fault.spoilt(body).on(Selection.users().forLearner(learner).next(1)));
  }

  @Test
  void each4xxRejectsItsRowAtOnceWithOnefilesWords() throws Exception {
    Map<Integer, String> codes = new TreeMap<>();
    List.of(400, 402, 405, 406, 411, 413, 415, 418, 423, 451, 499)
        .forEach(status -> codes.put(status, "BAD_REQUEST"));
    codes.put(403, "FORBIDDEN");
    codes.put(404, "NOT_FOUND");
    codes.put(409, "CONFLICT");
    codes.put(410, "GONE");
    codes.put(422, "UNPROCESSABLE");
    codes.keySet().forEach(status -> add(status, Fault.answer(status).withError(-57, "No place")));

    long file =
        it.drop(
            codes.keySet().stream()
                .map(status -> defaults(status, status))
                .reduce("", String::concat));

    assertThat(it.results(file))
        .hasSize(codes.size())
        .allSatisfy(
            row -> {
              int status = Integer.parseInt(row.substring(0, row.indexOf(',')));
              assertThat(row)
                  .contains(",rejected," + codes.get(status) + ",")
                  .contains("No place")
                  .contains("-57")
                  .contains("," + status + ",1,");
            });
    codes.keySet().forEach(learner -> assertThat(it.assigning(learner)).hasSize(1));
  }

  @Test
  void aPageUnder200A3xxA408AndAnErrorMayPass() throws Exception {
    List<Fault.Answer> answers =
        List.of(
            Fault.htmlUnder200(),
            Fault.answer(200).withBody("application/json", " <html>"),
            Fault.answer(302).withHeader("Location", it.simulator.baseUrl() + "/Elsewhere"),
            Fault.answer(307).withHeader("Location", it.simulator.baseUrl() + "/Elsewhere"),
            Fault.answer(408),
            Fault.answer(500),
            Fault.answer(502).withBody("text/html", "<html>"),
            Fault.answer(599));
    for (int i = 0; i < answers.size(); i++) {
      it.simulator.faults().add(answers.get(i).on(Selection.users().forLearner(1001 + i).next(1)));
    }
    it.assertAll(it.drop(defaults(1001, 1009)), "sent,SENT");
    for (int learner = 1001; learner <= 1008; learner++) {
      assertThat(it.assigning(learner)).extracting(Call::applied).containsExactly(false, true);
    }
    assertThat(it.assigning(1009)).hasSize(1);
    assertThat(it.simulator.calls()).noneMatch(call -> call.path().endsWith("/Elsewhere"));
  }

  @Test
  void aBodyThatBreaksOffIsALostAnswerAndOneInChunksIsNot() throws Exception {
    spoil(2001, Body.TRUNCATED);
    spoil(2002, Body.CHUNKS_CUT);
    spoil(2003, Body.CHUNKED);
    it.assertAll(it.drop(defaults(2001, 2003)), "sent,SENT");
    assertThat(it.assigning(2001)).hasSize(2);
    assertThat(it.assigning(2002)).hasSize(2);
    assertThat(it.assigning(2003)).hasSize(1);
  }

  @Test
  void anAnswerWithoutEndIsCutOffAndItsWorkerIsFreeAgain() throws Exception {
    // more of them than workers, and the faults stay: a client that drains would never come back
    IntStream.rangeClosed(3001, 3010).forEach(learner -> spoil(learner, Body.ENDLESS));
    spoil(3011, Body.BIG);
    it.assertAll(it.drop(defaults(3001, 3020)), "sent,SENT");
    for (int learner = 3001; learner <= 3020; learner++) {
      assertThat(it.assigning(learner)).hasSize(1);
    }
  }

  @Test
  void aRetryHoldsBackOnlyItsOwnLearnersLine() throws Exception {
    it.simulator.faults().add(Fault.answer(500).on(Selection.users().forLearner(4001).next(2)));
    ArmedFault hang =
        it.simulator.faults().add(Fault.hang().on(Selection.users().forLearner(4001).next(1)));
    long held =
        it.drop(
            """
            4001,assessor,default,900,,
            4001,iqa,learning-aim,901,7,
            4001,iqa,unit-summary,902,,8
            4001,observer,additional,903,,
            """);
    await().atMost(PATIENCE).until(() -> hang.taken() == 1);
    it.assertAll(it.drop(defaults(4002, 4020)), "sent,SENT");
    assertThat(it.assigning(4001)).hasSize(3);
    hang.remove();
    it.assertAll(held, "sent,SENT");
    assertThat(it.assigning(4001))
        .noneMatch(Call::overlapped)
        .extracting(Call::body)
        .containsExactly(
            "{\"DefaultAssessorID\":900}",
            "{\"DefaultAssessorID\":900}",
            "{\"DefaultAssessorID\":900}",
            "{\"LearnerID\":4001,\"Level\":3,\"StandardID\":7}",
            "{\"LearnerID\":4001,\"Level\":2,\"UnitID\":8}",
            "{\"LearnerID\":4001,\"Level\":1}");
  }

  @Test
  void oneLearnerWhoAlwaysFailsIsBlockedAndStopsNobody() throws Exception {
    add(5005, Fault.answer(500));
    List<String> results = it.results(it.drop(defaults(5001, 5020)));
    assertThat(results.get(4)).contains(",blocked,TOO_MANY_ATTEMPTS,").contains("HTTP 500");
    assertThat(results)
        .filteredOn(line -> !line.startsWith("5005,"))
        .hasSize(19)
        .allSatisfy(line -> assertThat(line).contains(",sent,SENT,"));
    assertThat(it.assigning(5005)).hasSize(3);
  }
}
