package uk.onefileroutes.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Slot;
import uk.onefileroutes.ledger.Slots.Held;
import uk.onefileroutes.ledger.Slots.OfLearner;
import uk.onefileroutes.onefile.Reading;
import uk.onefileroutes.onefile.Said;
import uk.onefileroutes.verification.LearnerReading.Taken;

/** Which calls a learner costs, and what their answers are compared with. */
class LearnerReadingTest {
  private static final String USER = "{\"ID\":1,\"DefaultAssessorID\":7}";

  private final List<Held> held = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default/assessor default/employer | GET User/1",
        "learning-aim/5/iqa learning-aim/6/iqa | POST LearningAim/Search/1/50",
        "unit-summary/KS/1/iqa | POST UnitSummary/Search/1/50",
        "unit-summary/K/iqa learning-aim/5/iqa default/assessor | GET User/1, POST LearningAim/Search/1/50, POST UnitSummary/Search/1/50",
        "'' | ''"
      })
  void eachKindCostsOneReadingAndNoneThatTheLedgerDoesNotKnow(String slots, String calls) {
    Arrays.stream(slots.split(" ")).filter(slot -> !slot.isEmpty()).forEach(this::hold);
    List<String> made = new ArrayList<>();
    for (LearnerReading reading = reading(); !reading.isDone(); ) {
      made.add(reading.next().toString());
      take(reading, made.get(made.size() - 1).startsWith("GET") ? USER : "[]");
    }
    assertThat(String.join(", ", made)).isEqualTo(calls);
  }

  @Test
  void ofAnAccountThatIsNotShownNothingElseIsAskedFor() {
    hold("default/assessor");
    hold("learning-aim/5/iqa");
    LearnerReading reading = reading();
    reading.refused("HTTP 404");
    assertThat(reading.isDone()).isTrue();
    assertThat(reading.refusal()).isEqualTo("HTTP 404");
  }

  @Test
  void aRefusedListLeavesTheOther() {
    hold("learning-aim/5/iqa");
    hold("unit-summary/K/iqa");
    LearnerReading reading = reading();
    reading.refused("HTTP 403");
    assertThat(reading.next()).hasToString("POST UnitSummary/Search/1/50");
    assertThat(take(reading, "[{\"UnitID\":\"K\",\"IQAID\":7}]"))
        .isInstanceOf(Taken.Complete.class);
    assertThat(reading.isDone()).isTrue();
    assertThat(reading.refusal()).isEqualTo("LearningAim/Search: HTTP 403");
  }

  @Test
  void aListIsReadPageByPageAndComparedAsAWhole() {
    hold("learning-aim/5/iqa");
    hold("learning-aim/6/iqa");
    LearnerReading reading = reading();
    assertThat(take(reading, "[{\"StandardID\":5,\"IQAID\":7}]"))
        .isInstanceOf(Taken.ToBeContinued.class);
    assertThat(reading.next()).hasToString("POST LearningAim/Search/2/50");
    assertThat(take(reading, "<html>")).isInstanceOf(Taken.NotUnderstood.class);
    assertThat(reading.next()).as("again").hasToString("POST LearningAim/Search/2/50");
    assertThat(said(take(reading, "[{\"StandardID\":6,\"IQAID\":null}]")))
        .containsExactly(new Said.Somebody(7), new Said.Nobody());
  }

  @Test
  void whatIsNoAnswerIsAskedForAgain() {
    hold("default/assessor");
    LearnerReading reading = reading();
    assertThat(take(reading, "{\"ID\":2}")).isInstanceOf(Taken.NotUnderstood.class);
    assertThat(reading.next()).hasToString("GET User/1");
    assertThat(said(take(reading, USER))).containsExactly(new Said.Somebody(7));
  }

  private void hold(String slot) {
    held.add(new Held(slot, 7, Instant.EPOCH));
  }

  private LearnerReading reading() {
    return new LearnerReading(1, this::slots);
  }

  private OfLearner slots(Set<Kind> kinds) {
    return new OfLearner(
        held.stream()
            .filter(each -> kinds.stream().anyMatch(kind -> each.slot().startsWith(kind.word())))
            .toList(),
        false);
  }

  private static Taken take(LearnerReading reading, String answer) {
    reading.leaves();
    return reading.take(new Reading.Found(200, answer));
  }

  private List<Said> said(Taken taken) {
    Taken.Complete all = (Taken.Complete) taken;
    return held.stream().map(each -> all.said().apply(Slot.of(each.slot()))).toList();
  }
}
