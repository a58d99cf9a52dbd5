package uk.onefileroutes.onefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.assignment.Slot;

/** What a learner's list says, and when it says that something is not in it. */
class LearnerEntriesTest {
  private final LearnerEntries entries =
      new LearnerEntries(LearnerList.AIMS, 501001, Set.of("4711"));

  @Test
  void itEndsWhereTheWantedIsFound() {
    assertThat(take("[{\"ID\":1,\"UserID\":501001,\"StandardID\":4711}]")).isTrue();
    assertThat(entries.isDone()).isTrue();
    assertThat(entries.has("4711")).isTrue();
    assertThat(entries.isWhole()).isFalse();
  }

  @Test
  void aShortPageIsNoEndAndAnEmptyOneIs() {
    assertThat(take("[{\"ID\":1,\"UserID\":501001,\"StandardID\":4712}]")).isTrue();
    assertThat(entries.isDone()).isFalse();
    assertThat(entries.next()).hasToString("POST LearningAim/Search/2/50");
    assertThat(take("")).isTrue();
    assertThat(entries.isDone()).isTrue();
    assertThat(entries.isWhole()).isTrue();
    assertThat(entries.ids()).containsExactly("4712");
  }

  /** A server that gives the same page whatever is asked for. */
  @Test
  void aPageThatBringsNothingNewIsTheEnd() {
    String page = "[{\"ID\":1,\"UserID\":501001,\"StandardID\":4712}]";
    assertThat(take(page)).isTrue();
    assertThat(take(page)).isTrue();
    assertThat(entries.isDone()).isTrue();
    assertThat(entries.isWhole()).isTrue();
  }

  @Test
  void anEntryThatDoesNotSayItsStandardLeavesItOpen() {
    assertThat(take("[{\"ID\":1,\"UserID\":501001}]")).isTrue();
    assertThat(take("[]")).isTrue();
    assertThat(entries.isDone()).isTrue();
    assertThat(entries.isWhole()).isFalse();
  }

  @Test
  void anotherLearnersAimIsNone() {
    assertThat(take("[{\"ID\":1,\"UserID\":501002,\"StandardID\":4711}]")).isTrue();
    assertThat(entries.has("4711")).isFalse();
  }

  @Test
  void whatIsNoListIsNotTaken() {
    assertThat(take("{\"Message\":\"maintenance\"}")).isFalse();
    assertThat(entries.isDone()).isFalse();
  }

  @Test
  void aListWithoutEndIsGivenUp() {
    int pages = 0;
    while (!entries.isDone()) {
      pages++;
      assertThat(take("[{\"ID\":%d,\"UserID\":501002,\"StandardID\":1}]".formatted(pages)))
          .isTrue();
    }
    assertThat(pages).isEqualTo(40);
    assertThat(entries.isWhole()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'AssessorID':700001,'IQAID':null | Somebody[id=700001] | Nobody[]",
        "'AssessorID':'700001','IVID':'0' | Somebody[id=700001] | Nobody[]",
        "'assessoruserid':0,'IQAUserID':'' | Nobody[] | Nobody[]",
        "'AssessorID':'Ann','VerifierID':-1 | names nobody by id | names nobody by id",
        "'AssessorID':1.5,'VerifierID':true | names nobody by id | names nobody by id",
        "'AssessorID':{'ID':7},'VerifierID':[7] | names nobody by id | names nobody by id",
        "'Assessor':700001,'Status':'In progress' | names no assessor | names no IQA"
      })
  void whomAnEntryNamesIsReadWithoutGuessing(String members, String assessor, String iqa) {
    assertThat(take("[{'ID':1,'UserID':501001,'StandardID':4711,%s}]".formatted(members))).isTrue();
    assertThat(said("assessor")).contains(assessor);
    assertThat(said("iqa")).contains(iqa);
  }

  @Test
  void twoEntriesOfAStandardCountWhereTheyAgree() {
    assertThat(
            take(
                """
                [{'ID':1,'StandardID':4711,'AssessorID':7,'IQAID':8},
                 {'ID':2,'StandardID':4711,'AssessorID':7,'IQAID':9}]"""))
        .isTrue();
    assertThat(said("assessor")).isEqualTo("Somebody[id=7]");
    assertThat(said("iqa")).contains("lists the learning aim more than once");
  }

  @Test
  void whatIsNotInTheListIsNotListedWhereTheListIsWhole() {
    assertThat(take("[{'ID':1,'StandardID':4712,'AssessorID':7}]")).isTrue();
    assertThat(said("assessor")).contains("does not end");
    assertThat(take("[]")).isTrue();
    assertThat(said("assessor")).isEqualTo("NotListed[]");
  }

  @Test
  void aUnitIsFoundByItsId() {
    LearnerEntries units = new LearnerEntries(LearnerList.UNITS, 501001, Set.of("KS/1"));
    assertThat(units.next()).hasToString("POST UnitSummary/Search/1/50");
    assertThat(units.take(new Reading.Found(200, "[{\"UnitID\":\"KS/1\",\"IQAID\":8}]"))).isTrue();
    assertThat(units.said(Slot.of("unit-summary/KS/1/iqa"))).isEqualTo(new Said.Somebody(8));
  }

  private String said(String role) {
    return entries.said(Slot.of("learning-aim/4711/" + role)).toString();
  }

  private boolean take(String text) {
    return entries.take(new Reading.Found(200, text.replace('\'', '"')));
  }
}
