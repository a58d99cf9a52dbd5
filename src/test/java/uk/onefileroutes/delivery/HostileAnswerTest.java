package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.delivery.DeliveryFixture.defaults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Fault.Spoilt.Body;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/**
 * A far side that means harm. None of its answers is a success, each ends soon, and the next proper
 * one counts. What is unpacked or collected would be more than this process has memory for.
 */
@Timeout(600)
class HostileAnswerTest {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

  private static DeliveryFixture it;
  private static int learner = 1000;

  @BeforeAll
  static void start() throws Exception {
    it =
        new DeliveryFixture(
            Simulator.startHostile(SimulatorOptions.defaults().withCallsPerMinute(0)),
            null,
            "onefile.answer-timeout=" + ANSWER_TIMEOUT.toSeconds() + "s",
            "delivery.retry.attempts=3");
  }

  @AfterEach
  void clear() {
    it.simulator.faults().clear();
  }

  @AfterAll
  static void stop() throws Exception {
    it.close();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "GZIP_BOMB",
        "DEFLATE_BOMB",
        "ENDLESS_HEADERS",
        "ENDLESS_HEADER_LINE",
        "ENDLESS_STATUS_LINE",
        "ENDLESS_TRAILERS",
        "ENDLESS_INTERIM"
      })
  void anAnswerBeyondAnyBoundEndsAtTheBoundAndIsRepeated(Body body) throws Exception {
    assertThat(gap(Fault.spoilt(body))).isLessThan(ANSWER_TIMEOUT.dividedBy(2));
  }

  @ParameterizedTest
  @EnumSource(names = {"DRIPPING_HEAD", "DRIPPING"})
  void anAnswerThatDripsEndsAtTheTimeout(Body body) throws Exception {
    assertThat(gap(Fault.spoilt(body)))
        .isBetween(ANSWER_TIMEOUT.dividedBy(2), ANSWER_TIMEOUT.multipliedBy(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "deflate", "br", "identity, gzip", "nonsense"})
  void aSuccessThatComesEncodedIsNone(String encoding) throws Exception {
    Fault.Answer encoded = Fault.answer(200).withBody("application/json", "12345");
    assertThat(gap(encoded.withHeader("Content-Encoding", encoding))).isPositive();
  }

  @Test
  void aBodyThatIsEncodedAsItIsCounts() throws Exception {
    learner++;
    it.simulator
        .faults()
        .add(
            Fault.answer(200)
                .withBody("application/json", "12345")
                .withHeader("Content-Encoding", "Identity")
                .on(Selection.users().forLearner(learner).next(1)));
    it.assertAll(it.drop(defaults(learner, learner)), "sent,SENT");
    assertThat(it.assigning(learner)).hasSize(1);
  }

  @Test
  void aRefusalThatComesEncodedIsOneAndItsWordsAreNotRead() throws Exception {
    learner++;
    it.simulator
        .faults()
        .add(
            Fault.answer(404)
                .withBody("application/json", "{\"message\":\"never shown\"}")
                .withHeader("Content-Encoding", "gzip")
                .on(Selection.users().forLearner(learner)));
    assertThat(it.results(it.drop(defaults(learner, learner))))
        .singleElement()
        .asString()
        .contains(",rejected,NOT_FOUND,", "came as gzip")
        .doesNotContain("never shown");
  }

  @Test
  void aLoginThatComesEncodedIsRepeated() throws Exception {
    long before = it.logins();
    it.simulator.faults().add(Fault.spoilt(Body.GZIP_BOMB).on(Selection.authentications().next(1)));
    it.simulator.killTokens();
    learner++;
    it.assertAll(it.drop(defaults(learner, learner)), "sent,SENT");
    assertThat(it.logins()).isEqualTo(before + 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Thu, 32 Foo -1 99:99:99 XYZ",
        "99999999999999999999",
        ""
      })
  void whateverDateItSaysTheAnswerCounts(String date) throws Exception {
    int from = learner + 1;
    learner += 6; // as many as the alarm of the clock wants, and more
    it.simulator
        .faults()
        .add(Fault.answer(204).withHeader("Date", date).afterApplying().on(Selection.users()));
    it.assertAll(it.drop(defaults(from, learner)), "sent,SENT");
    for (int each = from; each <= learner; each++) {
      assertThat(it.assigning(each)).hasSize(1);
    }
  }

  /** Answers a first call so and the next as usual; how long after the first the next one came. */
  private static Duration gap(Fault.Spoilt fault) throws Exception {
    learner++;
    it.simulator.faults().add(fault.on(Selection.users().forLearner(learner).next(1)));
    return gap();
  }

  private static Duration gap(Fault.Answer fault) throws Exception {
    learner++;
    it.simulator.faults().add(fault.on(Selection.users().forLearner(learner).next(1)));
    return gap();
  }

  private static Duration gap() throws Exception {
    it.assertAll(it.drop(defaults(learner, learner)), "sent,SENT");
    List<Instant> at = it.assigning(learner).stream().map(Call::at).toList();
    assertThat(at).hasSize(2);
    return Duration.between(at.get(0), at.get(1));
  }
}
