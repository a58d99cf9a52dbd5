package uk.onefileroutes.onefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.assignment.Code;

class ClassifierTest {
  private static final Instant LATER = Instant.parse("2026-03-31T12:01:00Z");
  private final Classifier classifier = new Classifier(Set.of(401), AlreadyAssigned.NEVER);

  private static Answer.Reply reply(int status) {
    return new Answer.Reply(status, null, false, null, "");
  }

  private static Answer.Reply page(int status) {
    return new Answer.Reply(status, null, true, null, "an HTML page");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void any2xxIsSent(int status) {
    assertThat(classifier.classify(reply(status)))
        .isInstanceOfSatisfying(
            Outcome.Sent.class, sent -> assertThat(sent.code()).isEqualTo(Code.SENT));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 301, 302, 307, 408, 500, 502, 503, 599})
  void aPageA3xxA408AndA5xxMayPass(int status) {
    Answer.Reply answer = status < 300 ? page(status) : reply(status);
    assertThat(classifier.classify(answer))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.mayHaveArrived()).isTrue();
              assertThat(failed.answerLost()).isFalse();
              assertThat(failed.cause()).contains("HTTP " + status);
            });
  }

  @Test
  void a503SaysWhenItCanAgain() {
    Answer answer = new Answer.Reply(503, LATER, false, null, "");
    assertThat(((Outcome.Failed) classifier.classify(answer)).notBefore()).isEqualTo(LATER);
  }

  @Test
  void a429IsThrottledWithOrWithoutATime() {
    assertThat(classifier.classify(new Answer.Reply(429, LATER, false, null, "")))
        .isEqualTo(new Outcome.Throttled(LATER));
    assertThat(classifier.classify(page(429))).isEqualTo(new Outcome.Throttled(null));
  }

  @Test
  void a401AndWhatElseIsConfiguredIsUnauthorised() {
    assertThat(classifier.classify(reply(401))).isEqualTo(new Outcome.Unauthorised(401));
    assertThat(new Classifier(Set.of(401, 403), AlreadyAssigned.NEVER).classify(reply(403)))
        .isEqualTo(new Outcome.Unauthorised(403));
  }

  @ParameterizedTest
  @CsvSource({
    "400, BAD_REQUEST",
    "402, BAD_REQUEST",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "405, BAD_REQUEST",
    "409, CONFLICT",
    "410, GONE",
    "418, BAD_REQUEST",
    "422, UNPROCESSABLE",
    "499, BAD_REQUEST"
  })
  void any4xxElseIsRejectedWithItsCode(int status, Code code) {
    Answer answer = new Answer.Reply(status, null, false, -57, "No such placement");
    assertThat(classifier.classify(answer))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.code()).isEqualTo(code);
              assertThat(rejected.message()).contains("No such placement").contains("-57");
            });
  }

  @Test
  void anErrorThatMeansAlreadyAssignedIsSent() {
    Answer byCode = new Answer.Reply(400, null, false, -99, "No.");
    Answer byText = new Answer.Reply(409, null, false, null, "It is already there.");
    Answer neither = new Answer.Reply(409, null, false, -1, "No.");
    Classifier knowing =
        new Classifier(Set.of(401), new AlreadyAssigned(Set.of(-99), Pattern.compile("already")));
    assertThat(knowing.classify(byCode))
        .isInstanceOfSatisfying(
            Outcome.Sent.class, sent -> assertThat(sent.code()).isEqualTo(Code.ALREADY_ASSIGNED));
    assertThat(knowing.classify(byText)).isInstanceOf(Outcome.Sent.class);
    assertThat(knowing.classify(neither)).isInstanceOf(Outcome.Rejected.class);
    assertThat(classifier.classify(byCode)).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void silenceIsALostAnswerOnlyIfTheRequestMayHaveArrived() {
    assertThat(classifier.classify(new Answer.Silence("reset", true)))
        .isEqualTo(new Outcome.Failed("reset", null, true, true));
    assertThat(classifier.classify(new Answer.Silence("refused", false)))
        .isEqualTo(new Outcome.Failed("refused", null, false, false));
  }
}
