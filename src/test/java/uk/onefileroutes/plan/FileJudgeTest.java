package uk.onefileroutes.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.HoldCode;
import uk.onefileroutes.assignment.Verdict;
import uk.onefileroutes.feed.Holding;
import uk.onefileroutes.feed.Holding.Doubts;
import uk.onefileroutes.feed.Holding.Shares;
import uk.onefileroutes.ledger.FileFacts;
import uk.onefileroutes.ledger.FileFacts.Age;
import uk.onefileroutes.ledger.FileFacts.Change;
import uk.onefileroutes.ledger.FileFacts.Gain;
import uk.onefileroutes.ledger.FileFacts.LastFile;
import uk.onefileroutes.ledger.FileFacts.Other;
import uk.onefileroutes.ledger.FileFacts.Roles;
import uk.onefileroutes.ledger.FileFigures;
import uk.onefileroutes.ledger.GoneSlots.Gone;
import uk.onefileroutes.ledger.GoneSlots.GoneSlot;
import uk.onefileroutes.ledger.SlotFigures;

class FileJudgeTest {
  private static final Instant NOON = Instant.parse("2026-10-01T12:00:00Z");
  private static final FileFigures PLAIN = new FileFigures(true, true, 30, Map.of());

  /** A file of 30 rows with nothing wrong; each verb is the same with something else. */
  private record Case(ReadFigures read, FileFacts facts, Holding holding) {
    static Case plain() {
      return new Case(
          new ReadFigures(30, 0, Map.of(), SlotFigures.NONE, PLAIN),
          new FileFacts(Gone.NOTHING, null, Age.UNKNOWN, List.of(), List.of(), Roles.NONE),
          Holding.DEFAULT);
    }

    Case with(ReadFigures other) {
      return new Case(other, facts, holding);
    }

    Case with(FileFacts other) {
      return new Case(read, other, holding);
    }

    Case with(Shares shares) {
      return new Case(read, facts, new Holding(shares, holding.doubts(), false, false));
    }

    Case with(Doubts doubts) {
      return new Case(read, facts, new Holding(holding.shares(), doubts, false, false));
    }

    Case with(boolean allOrNothing, boolean firstFile) {
      return new Case(
          read, facts, new Holding(holding.shares(), holding.doubts(), allOrNothing, firstFile));
    }

    Case rows(long rows, long invalid) {
      return with(
          new ReadFigures(
              rows,
              invalid,
              invalid == 0
                  ? Map.of()
                  : Map.of(Code.NOT_AN_ID, new ReadFigures.FaultFigure(invalid, 3, "x")),
              read.slots(),
              read.kept()));
    }

    Case slots(long known, long replaced) {
      return with(
          new ReadFigures(
              read.rows(),
              read.invalid(),
              read.faults(),
              new SlotFigures(known, replaced),
              read.kept()));
    }

    Case kept(FileFigures kept) {
      return with(new ReadFigures(read.rows(), read.invalid(), read.faults(), read.slots(), kept));
    }

    Case gone(long held, long slots, long invalid) {
      return with(
          new FileFacts(
              new Gone(1, held, slots, invalid, List.of()),
              facts.last(),
              facts.age(),
              List.of(),
              List.of(),
              facts.roles()));
    }

    Case after(LastFile last) {
      return with(
          new FileFacts(facts.gone(), last, facts.age(), List.of(), List.of(), facts.roles()));
    }

    Case aged(Age age) {
      return with(
          new FileFacts(facts.gone(), facts.last(), age, List.of(), List.of(), facts.roles()));
    }

    Case gains(Gain... gains) {
      return with(
          new FileFacts(
              facts.gone(), facts.last(), facts.age(), List.of(), List.of(gains), facts.roles()));
    }

    Case roles(Roles roles) {
      return with(
          new FileFacts(facts.gone(), facts.last(), facts.age(), List.of(), List.of(), roles));
    }

    Judgement judge() {
      return judge(false);
    }

    Judgement judge(boolean isFirst) {
      return FileJudge.judge(read, facts, isFirst, holding);
    }

    String codes() {
      return judge().codes();
    }
  }

  private static String held(boolean held, HoldCode code) {
    return held ? code.name() : "";
  }

  @Test
  void aFileWithNothingWrongIsReleased() {
    assertThat(Case.plain().judge().isHeld()).isFalse();
    assertThat(Case.plain().judge().notes()).isEmpty();
  }

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
    assertThat(Case.plain().rows(rows, invalid).with(new Shares(20, percent, 100, 100)).codes())
        .isEqualTo(held(held, HoldCode.TOO_MANY_INVALID));
  }

  @ParameterizedTest(name = "from {0} on, {1} rows: {2}")
  @CsvSource({"20, 19, false", "20, 20, true", "1, 1, true", "15, 14, false", "15, 15, true"})
  void sharesOfFewerRowsAreNotLookedAt(int from, long rows, boolean held) {
    Case all = Case.plain().rows(rows, rows).slots(rows, rows).gone(rows, rows, 0);

    assertThat(all.with(new Shares(from, 20, 50, 20)).codes())
        .isEqualTo(held ? "TOO_MANY_INVALID;TOO_MANY_CHANGES;TOO_MANY_GONE" : "");
  }

  @ParameterizedTest(name = "{0} invalid of 100 after {1}: {2}")
  @CsvSource({"25, 25, false", "45, 25, false", "46, 25, true", "25, 0, true", "25, 30, false"})
  void whatWasInvalidInTheLastFileTooHoldsNothing(long invalid, long before, boolean held) {
    Case rows = Case.plain().rows(100, invalid);
    LastFile last = new LastFile(4, Map.of("NOT_AN_ID", before), null);

    assertThat(rows.after(last).codes()).isEqualTo(held(held, HoldCode.TOO_MANY_INVALID));
  }

  @Test
  void asManyInvalidRowsOfAnotherKindAreNew() {
    LastFile last = new LastFile(4, Map.of("UNKNOWN_ROLE", 25L), null);

    assertThat(Case.plain().rows(100, 25).after(last).codes()).isEqualTo("TOO_MANY_INVALID");
  }

  @Test
  void aFileThatIsNotHeldSaysWhatIsInvalidAsBefore() {
    LastFile last = new LastFile(4, Map.of("NOT_AN_ID", 25L), null);

    assertThat(Case.plain().rows(100, 25).after(last).judge().notes())
        .containsExactly("25 of 100 rows have invalid assignments, 25 as in file 4, 0 new.");
  }

  @ParameterizedTest(name = "{0} of {1} known slots over {2} %: {3}")
  @CsvSource({
    "10, 20, 50, false",
    "11, 20, 50, true",
    "60, 60, 50, true",
    "19, 19, 50, false",
    "20, 20, 100, false",
    "1, 20, 0, true",
    "0, 20, 0, false"
  })
  void tooManyChangesHold(long replaced, long known, int percent, boolean held) {
    assertThat(Case.plain().slots(known, replaced).with(new Shares(20, 100, percent, 100)).codes())
        .isEqualTo(held(held, HoldCode.TOO_MANY_CHANGES));
  }

  @ParameterizedTest(name = "{0} of {1} gone over {2} %: {3}")
  @CsvSource({
    "6, 30, 20, false",
    "7, 30, 20, true",
    "27, 30, 20, true",
    "19, 19, 20, false",
    "20, 20, 20, true",
    "1, 20, 0, true",
    "0, 20, 0, false",
    "20, 20, 100, false"
  })
  void tooManyGoneHold(long gone, long held, int percent, boolean isHeld) {
    assertThat(Case.plain().gone(held, gone, 0).with(new Shares(20, 100, 100, percent)).codes())
        .isEqualTo(held(isHeld, HoldCode.TOO_MANY_GONE));
  }

  @ParameterizedTest(name = "no rows after {0} slots, {1} %: {2}")
  @CsvSource({"1, 20, true", "30, 20, true", "30, 100, true", "0, 20, false"})
  void aFileWithoutRowsAfterOneWithRowsIsAlwaysHeld(long held, int percent, boolean isHeld) {
    Case empty = Case.plain().rows(0, 0).gone(held, held, 0);

    assertThat(empty.with(new Shares(20, 20, 50, percent)).codes())
        .isEqualTo(held(isHeld, HoldCode.TOO_MANY_GONE));
  }

  @Test
  void whatIsNotNamedSinceItsRowIsInvalidIsSaidApartAndNotGone() {
    Judgement few = Case.plain().gone(30, 0, 5).judge();
    assertThat(few.isHeld()).isFalse();
    assertThat(few.notes())
        .containsExactly("5 slots that file 1 held are not named, because their rows are invalid.");
    assertThat(Case.plain().gone(30, 7, 5).judge().why())
        .contains("7 of 30 slots", "(23.3 %)", "; 5 more because their rows are invalid");
  }

  @ParameterizedTest(name = "{0} learners, at most {1}: {2}")
  @CsvSource({"50, 50, false", "51, 50, true", "1, 0, true", "3, 2, true", "2, 2, false"})
  void oneAssigneeWhoGainsTooManyLearnersHolds(long learners, int most, boolean held) {
    Doubts doubts = new Doubts(most, false, Doubts.ANY_AGE, false, false);

    assertThat(Case.plain().gains(new Gain(700, learners)).with(doubts).codes())
        .isEqualTo(held(held, HoldCode.CASELOAD));
  }

  @Test
  void theAssigneesWhoGainTooMuchAreNamed() {
    assertThat(
            Case.plain()
                .gains(new Gain(700, 80), new Gain(701, 51), new Gain(702, 50))
                .judge()
                .why())
        .isEqualTo(
            "Assignee 700 would gain 80 learners from others; assignee 701 would gain 51 learners"
                + " from others, more than plan.hold.caseload=50.");
  }

  @ParameterizedTest(name = "{0} of {1} before, {2} of {3} now: {4}")
  @CsvSource({
    "30, 30, 0, 30, true",
    "30, 30, 2, 30, true",
    "30, 30, 3, 30, false", // 10 %
    "28, 30, 0, 30, true",
    "27, 30, 0, 30, false", // 90 %
    "20, 20, 0, 20, true",
    "19, 19, 0, 20, false",
    "20, 20, 0, 19, false"
  })
  void aColumnThatIsEmptyAndWasFullHolds(
      long before, long rowsBefore, long now, long rows, boolean held) {
    LastFile last =
        new LastFile(
            4, Map.of(), new FileFigures(true, true, rowsBefore, Map.of("unit_id", before)));
    Case columns =
        Case.plain().kept(new FileFigures(true, true, rows, Map.of("unit_id", now))).after(last);

    assertThat(columns.codes()).isEqualTo(held(held, HoldCode.COLUMN_EMPTY));
    assertThat(columns.with(new Doubts(50, false, Doubts.ANY_AGE, false, false)).codes()).isEmpty();
  }

  @Test
  void aColumnThatIsMissingIsEmpty() {
    LastFile last =
        new LastFile(4, Map.of(), new FileFigures(true, true, 30, Map.of("unit_id", 30L)));

    assertThat(Case.plain().after(last).judge().why())
        .isEqualTo(
            "unit_id is filled in 0 of 30 rows; in more than 90 % of file 4's"
                + " (plan.hold.column-empty=true).");
  }

  @ParameterizedTest(name = "changed {0} later, allowed {1}: {2}")
  @CsvSource({
    "PT0S, PT0S, false",
    "PT-0.001S, PT0S, true",
    "PT-1H, PT1H, false",
    "PT-1H-0.001S, PT1H, true",
    "P-30D, PT1H, true",
    "P30D, PT0S, false"
  })
  void anOlderExportHolds(Duration later, Duration allowed, boolean held) {
    Age age = new Age(NOON.plus(later), new Other(2, NOON, NOON, true), null);
    Doubts doubts = new Doubts(50, true, allowed, true, true);

    assertThat(Case.plain().aged(age).with(doubts).codes())
        .isEqualTo(held(held, HoldCode.OLDER_EXPORT));
  }

  @Test
  void ofUnknownAgeNothingIsOlder() {
    Other last = new Other(2, NOON, NOON, true);
    assertThat(Case.plain().aged(new Age(null, last, null)).codes()).isEmpty();
    assertThat(Case.plain().aged(new Age(NOON, new Other(2, NOON, null, true), null)).codes())
        .isEmpty();
  }

  @Test
  void whatEqualsAFileBeforeTheLastHoldsHoweverNewItIs() {
    Other september = new Other(1, Instant.parse("2026-09-01T06:00:00Z"), NOON, true);
    Age age = new Age(NOON.plusSeconds(60), new Other(2, NOON, NOON, true), september);

    assertThat(Case.plain().aged(age).judge().why())
        .isEqualTo(
            "It equals file 1 of 2026-09-01 byte for byte, and file 2 came since"
                + " (plan.hold.older=false lets it pass).");
    assertThat(
            Case.plain().aged(age).with(new Doubts(50, true, Doubts.ANY_AGE, true, true)).codes())
        .isEmpty();
  }

  @ParameterizedTest(name = "line end now {0}, before {1}: {2}")
  @CsvSource({
    "false, true, true",
    "true, true, false",
    "false, false, false",
    "true, false, false",
    "false, , false"
  })
  void aLastRecordThatLostItsLineEndHolds(boolean now, @Nullable Boolean before, boolean held) {
    Case lines =
        Case.plain()
            .kept(new FileFigures(true, now, 30, Map.of()))
            .aged(new Age(NOON, new Other(2, NOON, NOON, before), null));

    assertThat(lines.codes()).isEqualTo(held(held, HoldCode.LAST_LINE_OPEN));
    assertThat(lines.with(new Doubts(50, true, Duration.ZERO, false, true)).codes()).isEmpty();
  }

  @ParameterizedTest(name = "{0} of {1} learners, {2} of {3} assignees: {4}")
  @CsvSource({
    "0, 0, 0, 0, false",
    "15, 30, 0, 4, false",
    "16, 30, 0, 4, true",
    "0, 30, 2, 4, false",
    "0, 30, 3, 4, true",
    "1, 1, 0, 1, true",
    "2, 3, 2, 3, true"
  })
  void learnersWhoAreKnownAsAssigneesHold(
      long asAssignees, long learners, long asLearners, long assignees, boolean held) {
    Case roles = Case.plain().roles(new Roles(learners, asAssignees, assignees, asLearners));

    assertThat(roles.codes()).isEqualTo(held(held, HoldCode.ROLES_LOOK_SWAPPED));
    assertThat(roles.with(new Doubts(50, true, Duration.ZERO, true, false)).codes()).isEmpty();
  }

  @Test
  void oneInvalidRowHoldsAllWhereTheFeedWantsAllOrNothing() {
    assertThat(Case.plain().rows(3, 0).with(true, false).codes()).isEmpty();
    assertThat(Case.plain().rows(3, 1).with(true, false).codes()).isEqualTo("ALL_OR_NOTHING");
  }

  @Test
  void onlyTheFirstFileIsHeldAsTheFirst() {
    assertThat(Case.plain().with(false, true).judge(true).codes()).isEqualTo("FIRST_FILE");
    assertThat(Case.plain().with(false, true).judge(false).isHeld()).isFalse();
    assertThat(Case.plain().with(false, false).judge(true).isHeld()).isFalse();
  }

  @Test
  void theMessageHasFiguresExamplesAndWhatCanBeDone() {
    Map<Code, ReadFigures.FaultFigure> faults =
        Map.of(
            Code.NOT_AN_ID, new ReadFigures.FaultFigure(20, 3, "learner_id \"12 3\" is not an id"),
            Code.UNKNOWN_ROLE, new ReadFigures.FaultFigure(6, 1, "role is none of ours"),
            Code.MISSING_VALUE, new ReadFigures.FaultFigure(1, 9, "kind is empty"),
            Code.AMBIGUOUS, new ReadFigures.FaultFigure(1, 8, "two"));
    Judgement judgement =
        Case.plain().with(new ReadFigures(100, 28, faults, SlotFigures.NONE, PLAIN)).judge();

    assertThat(judgement.message(7, 72, 0, List.of("And that.")))
        .isEqualTo(
            "28 of 100 rows have invalid assignments (28 %), more than plan.hold.invalid-percent=20:"
                + " 20 NOT_AN_ID (row 3: learner_id \"12 3\" is not an id),"
                + " 6 UNKNOWN_ROLE (row 1: role is none of ours),"
                + " 1 MISSING_VALUE (row 9: kind is empty)."
                + " `release 7` sends its 72 valid assignments all the same, `cancel 7` gives it up."
                + " And that.");
    assertThat(judgement.message(7, 1, 1, List.of())).contains("sends its 1 valid assignment all");
    assertThat(judgement.message(7, 0, 0, List.of())).contains("accepts it, and nothing is sent,");
    assertThat(judgement.message(7, 72, 3, List.of()))
        .contains("all the same, `release 7 --only adds` the 3 that replace nobody, `cancel 7`");
    assertThat(judgement.message(7, 72, 1, List.of())).contains("the 1 that replaces nobody,");
    assertThat(judgement.message(7, 72, 72, List.of())).doesNotContain("adds");
  }

  @Test
  void changesAndWhatIsGoneAreShownByRow() {
    FileFacts facts =
        new FileFacts(
            new Gone(1, 30, 7, 0, List.of(new GoneSlot(4, 1, "s", 9), new GoneSlot(6, 2, "s", 9))),
            null,
            Age.UNKNOWN,
            List.of(new Change(1, 700, 759), new Change(2, 701, 758)),
            List.of(),
            Roles.NONE);

    assertThat(Case.plain().slots(60, 60).with(facts).judge().why())
        .isEqualTo(
            "60 of 60 known slots that it names would be replaced (100 %), more than"
                + " plan.hold.change-percent=50 (row 1: 700 becomes 759, row 2: 701 becomes 758)."
                + " 7 of 30 slots that file 1 held are not named any more (23.3 %), more than"
                + " plan.hold.gone-percent=20 (such as its rows 4, 6).");
  }

  @Test
  void allReasonsAreNamedAtOnce() {
    FileFacts facts =
        new FileFacts(
            new Gone(4, 60, 60, 0, List.of()),
            new LastFile(4, Map.of(), new FileFigures(true, true, 60, Map.of("unit_id", 60L))),
            new Age(
                NOON,
                new Other(4, NOON, NOON.plusSeconds(9999), true),
                new Other(1, NOON, NOON, true)),
            List.of(),
            List.of(new Gain(700, 51)),
            new Roles(60, 60, 60, 60));
    Judgement judgement =
        Case.plain()
            .rows(60, 60)
            .slots(60, 60)
            .kept(new FileFigures(true, false, 60, Map.of()))
            .with(facts)
            .with(true, true)
            .judge(true);

    assertThat(judgement.reasons()).containsOnlyKeys(HoldCode.values());
    assertThat(judgement.codes()).startsWith("TOO_MANY_INVALID;").hasSizeLessThan(200);
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
    ReadFigures read = figures.read(PLAIN);

    assertThat(read.rows()).isEqualTo(3);
    assertThat(read.invalid()).isEqualTo(3);
    assertThat(read.faults())
        .isEqualTo(Map.of(Code.NOT_AN_ID, new ReadFigures.FaultFigure(3, 2, "Not an id")));
    assertThat(figures.faults()).isEqualTo(Map.of(Code.NOT_AN_ID, 4L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "learner_id \"5,01\" is not an id; whole numbers only.|learner_id \"5,01\" is not an id",
        "learner_id \"5.01E+05\" was shortened.|learner_id \"5.01E+05\" was shortened",
        "learner_id \"Anna Smith\" is not an id; no.|learner_id is not an id",
        "role \"a\"Smith\" is none of ours.|role is none of ours",
        "role is empty.|role is empty"
      })
  void anExampleShowsNoValueThatMayBeAName(String message, String shown) {
    assertThat(SafeExample.of(new Fault(Code.NOT_AN_ID, message))).isEqualTo(shown);
  }

  private static Verdict ignored(long row, int part) {
    return new Verdict.Ignored(row, part, Code.NOTHING_ASKED);
  }

  private static Verdict invalid(long row, int part) {
    return new Verdict.Invalid(row, part, List.of(new Fault(Code.NOT_AN_ID, "Not an id.")));
  }
}
