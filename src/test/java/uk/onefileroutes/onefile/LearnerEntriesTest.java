package uk.onefileroutes.onefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a learner's list says that something is not in it. */
class LearnerEntriesTest {
  private final LearnerEntries entries =
      new LearnerEntries(LearnerList.AIMS, 501001, Set.of("4711"));

  @Test
  void itEndsWhereTheWantedIsFound() {
    assertThat(take("[{\"ID\":1,\"UserID\":501001,\"StandardID\":4711}]")).isTrue();
    assertThat(entries.isDone()).isTrue();
    assertThat(entries.entry("4711")).isPresent();
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
    assertThat(entries.entry("4711")).isEmpty();
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

  private boolean take(String text) {
    return entries.take(new Reading.Found(200, text));
  }
}
