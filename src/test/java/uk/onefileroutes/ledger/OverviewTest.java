package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.blocked;
import static uk.onefileroutes.ledger.LedgerFixture.invalid;
import static uk.onefileroutes.ledger.LedgerFixture.waiting;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.assignment.RowState;

class OverviewTest extends WithLedger {
  private Overview overview;

  @BeforeEach
  void open() {
    overview = new Overview(it.ledger);
  }

  private List<Long> numbers(int newest) {
    return overview.files(newest).stream().map(progress -> progress.file().no()).toList();
  }

  @Test
  void filesThatNeedSomethingAreShownWithTheNewestOfTheOthers() throws ActionRefused {
    long done = it.released(invalid(1));
    it.report(done);
    long delivering = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), invalid(2), invalid(3));
    long answered = it.held(ask(1, 2, DEFAULT_ASSESSOR, 7));
    it.actions.cancel(answered, NOON);
    it.report(answered);
    long refused = it.file();
    it.files.refuse(refused, "NOT_READABLE", "No.", NOON);
    long held = it.held(ask(1, 3, DEFAULT_ASSESSOR, 7));
    long unanswered = it.held(ask(1, 4, DEFAULT_ASSESSOR, 7));
    it.actions.cancel(unanswered, NOON);
    long receiving = it.file();
    assertThat(numbers(0)).containsExactly(receiving, unanswered, held, delivering);
    assertThat(numbers(2))
        .containsExactly(receiving, unanswered, held, refused, answered, delivering);
    assertThat(numbers(99)).hasSize(7);
    FileProgress progress = overview.files(0).get(3);
    assertThat(progress.tally()).isEqualTo(Map.of(RowState.PLANNED, 1L, RowState.INVALID, 2L));
    assertThat(progress.rows()).isEqualTo(3);
    assertThat(progress.file().times().releasedAt()).isEqualTo(NOON);
    assertThat(progress.file().doneAt()).isNull();
  }

  @Test
  void theBacklogCountsWhatIsLeftToSend() throws ActionRefused {
    assertThat(overview.backlog()).isEqualTo(new Backlog(0, 0, 0, 0, null, null));
    it.released(
        ask(1, 1, DEFAULT_ASSESSOR, 7),
        ask(2, 2, DEFAULT_ASSESSOR, 7),
        ask(3, 3, DEFAULT_ASSESSOR, 7),
        ask(4, 4, DEFAULT_ASSESSOR, 7),
        ask(5, 3, "learning-aim/5/iqa", 7));
    it.held(ask(1, 9, DEFAULT_ASSESSOR, 7));
    it.lines.settle(it.sending(1), RUN, blocked());
    it.lines.settle(it.sending(2), RUN, waiting(NOON.plusSeconds(600)));
    Claim away = it.sending(3);
    assertThat(overview.backlog()).isEqualTo(new Backlog(4, 1, 1, 1, NOON, NOON));
    it.send(4);
    assertThat(overview.backlog()).isEqualTo(new Backlog(3, 1, 1, 1, NOON, NOON.plusSeconds(600)));
    it.actions.cancel(away.key().file(), NOON);
    assertThat(overview.backlog()).isEqualTo(new Backlog(1, 1, 0, 0, NOON, null));
  }

  static Stream<Arguments> queries() {
    return Stream.of(
        Arguments.of(Overview.OPEN_FILES, List.of("onefile")),
        Arguments.of(Overview.OPEN_ROWS, List.of("onefile")),
        Arguments.of(Overview.BLOCKED, List.of("onefile")),
        Arguments.of(Overview.NEXT_DUE, List.of("onefile", Instant.EPOCH)));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void noTableIsScanned(String sql, List<Object> parameters) {
    for (int i = 0; i < 200; i++) {
      it.report(it.released(invalid(1)));
    }
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    assertThat(plan(sql, parameters.toArray()))
        .doesNotContain("tableScan", "Seq Scan")
        .doesNotContainIgnoringCase("file_row")
        .containsAnyOf("PUBLIC.", "Index");
  }

  @Test
  void whatIsDueNextIsTheFirstOfItsIndex() {
    String plan = plan(Overview.NEXT_DUE, "onefile", Instant.EPOCH);
    if (database == Database.H2) {
      assertThat(plan).contains("LINE_DUE:", "index sorted").doesNotContain("index sorted: 1 of 2");
    } else {
      assertThat(plan).contains("Index Scan using line_due").doesNotContain("Sort");
    }
  }
}
