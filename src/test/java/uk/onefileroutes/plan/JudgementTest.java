package uk.onefileroutes.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.Verdict;
import uk.onefileroutes.feed.Holding;
import uk.onefileroutes.ledger.SlotFigures;

class JudgementTest {
  private static final Holding NOTHING = new Holding(100, 100, false, false);

  @ParameterizedTest(name = "{0} of {1} rows over {2} %: {3}")
  @CsvSource({
    "4, 20, 20, false",
    "5, 20, 20, true",
    "19, 19, 20, false",
    "20, 20, 99, true",
    "20, 20, 100, false",
    "1, 20, 0, true",
    "0, 20, 0, false",
    "1, 19, 0, false",
    "200000, 1000000, 20, false",
    "200001, 1000000, 20, true"
  })
  void tooManyInvalidRowsHold(long invalid, long rows, int percent, boolean held) {
    Holding holding = new Holding(percent, 100, false, false);

    assertThat(Judgement.of(rows, invalid, SlotFigures.NONE, false, holding).codes())
        .isEqualTo(held ? "TOO_MANY_INVALID" : "");
  }

  @ParameterizedTest(name = "{0} of {1} known slots over {2} %: {3}")
  @CsvSource({
    "100, 200, 50, false",
    "101, 200, 50, true",
    "199, 199, 50, false",
    "200, 200, 100, false",
    "1, 200, 0, true",
    "0, 200, 0, false"
  })
  void tooManyChangesHold(long replaced, long known, int percent, boolean held) {
    Holding holding = new Holding(100, percent, false, false);

    assertThat(Judgement.of(5, 0, new SlotFigures(known, replaced), false, holding).codes())
        .isEqualTo(held ? "TOO_MANY_CHANGES" : "");
  }

  @Test
  void oneInvalidRowHoldsAllWhereTheFeedWantsAllOrNothing() {
    Holding holding = new Holding(100, 100, true, false);

    assertThat(Judgement.of(3, 0, SlotFigures.NONE, false, holding).isHeld()).isFalse();
    assertThat(Judgement.of(3, 1, SlotFigures.NONE, false, holding).codes())
        .isEqualTo("ALL_OR_NOTHING");
  }

  @Test
  void onlyTheFirstFileIsHeldAsTheFirst() {
    Holding holding = NOTHING.withFirstFile(true);

    assertThat(Judgement.of(0, 0, SlotFigures.NONE, true, holding).codes()).isEqualTo("FIRST_FILE");
    assertThat(Judgement.of(0, 0, SlotFigures.NONE, false, holding).isHeld()).isFalse();
    assertThat(Judgement.of(0, 0, SlotFigures.NONE, true, NOTHING).isHeld()).isFalse();
  }

  @Test
  void theMessageHasTheFiguresAndWhatCanBeDone() {
    assertThat(Judgement.of(100, 28, SlotFigures.NONE, false, Holding.DEFAULT).message(7, ""))
        .isEqualTo(
            "28 of 100 rows have invalid assignments (28 %), more than plan.hold.invalid-percent=20."
                + " `release 7` delivers it all the same, `cancel 7` gives it up.");
  }

  @Test
  void allReasonsAreNamed() {
    Judgement judgement =
        Judgement.of(1200, 400, new SlotFigures(800, 700), true, new Holding(20, 50, true, true));

    assertThat(judgement.codes())
        .isEqualTo("TOO_MANY_INVALID;TOO_MANY_CHANGES;ALL_OR_NOTHING;FIRST_FILE")
        .hasSizeLessThan(100); // what the ledger keeps
    assertThat(judgement.why())
        .contains(
            "400 of 1,200 rows have invalid assignments (33.3 %)",
            "700 of 800 known slots that it names would be replaced (87.5 %)",
            "all or nothing",
            "first");
  }

  @Test
  void aRowCountsOnceHoweverManyAssignmentsItAsksForAndNotIfItAsksForNothing() {
    Figures figures = new Figures();
    for (Verdict verdict :
        List.of(
            ignored(1, 0),
            ignored(1, 1),
            invalid(2, 0),
            invalid(2, 1),
            ignored(3, 0),
            invalid(3, 1),
            invalid(4, 0),
            ignored(4, 1))) {
      figures.add(verdict);
    }

    assertThat(figures.rows()).isEqualTo(3);
    assertThat(figures.invalid()).isEqualTo(3);
  }

  private static Verdict ignored(long row, int part) {
    return new Verdict.Ignored(row, part, Code.NOTHING_ASKED);
  }

  private static Verdict invalid(long row, int part) {
    return new Verdict.Invalid(row, part, List.of(new Fault(Code.NOT_AN_ID, "Not an id.")));
  }
}
