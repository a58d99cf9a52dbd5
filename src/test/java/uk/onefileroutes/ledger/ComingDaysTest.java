package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.ask;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.RowState;

/** Requests that may not be sent before a day opens. */
class ComingDaysTest extends WithLedger {
  private static final Instant OPENS = NOON.plus(Duration.ofDays(3));

  private ComingDays days;

  @BeforeEach
  void open() {
    days = new ComingDays(it.ledger);
  }

  @Test
  void untilItsDayARowIsInNoQueueAndHoldsUpNoOther() {
    long file =
        it.released(
            later(1, 1, DEFAULT_ASSESSOR, 7),
            ask(2, 1, "learning-aim/5/iqa", 8),
            later(3, 2, DEFAULT_ASSESSOR, 7));
    assertThat(it.states(file))
        .containsExactly("1 planned NOT_YET", "2 planned", "3 planned NOT_YET");
    assertThat(it.sendAll()).extracting(Claim::learner).containsExactly(1L);
    assertThat(it.due()).isEmpty();
    assertThat(it.lineCount()).isZero();
    assertThat(days.waiting(file)).isEqualTo(2);

    assertThat(days.open(OPENS.minusMillis(1))).isEmpty();
    assertThat(it.states(file)).contains("1 planned NOT_YET");
    assertThat(days.open(OPENS)).containsExactly(file);
    assertThat(days.open(OPENS)).isEmpty();
    assertThat(it.states(file)).containsExactly("1 planned", "2 sent SENT", "3 planned");
    assertThat(days.waiting(file)).isZero();
    it.releases.queueLearners(file);
    assertThat(it.sendAll()).hasSize(2);
    assertThat(it.slot(2, DEFAULT_ASSESSOR)).isEqualTo("7");
    it.checkTallies();
  }

  @Test
  void howManyWaitIsNotFoundByLookingThroughAFile() {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    assertThat(plan(ComingDays.WAITING, Instant.EPOCH, file))
        .containsIgnoringCase(
            database == Database.H2
                ? "REQUEST_NOT_BEFORE:"
                : "Index Scan using request_not_before");
  }

  @Test
  void whatHasOpenedIsNotFoundByLookingThroughWhatWaitsForNoDay() {
    it.released(
        IntStream.rangeClosed(1, 300)
            .mapToObj(row -> ask(row, row, DEFAULT_ASSESSOR, 7))
            .toArray(NewRow[]::new));
    String sql = "ANALYZE SELECT file_no FROM request WHERE " + ComingDays.OPENED + " LIMIT 1";
    String plan = plan(sql, Instant.EPOCH, OPENS, "onefile");
    assertThat(plan).containsIgnoringCase("request_not_before");
    if (database == Database.H2) {
      assertThat(plan).contains("scanCount: 1 ");
    }
  }

  @Test
  void whatIsSentMeanwhileGoesAheadOfItAndBehindIt() {
    long file = it.released(later(1, 1, DEFAULT_ASSESSOR, 7));
    long next = it.released(ask(1, 1, "learning-aim/5/iqa", 8));
    Claim sending = it.sending(1);
    assertThat(sending.key().file()).isEqualTo(next);
    days.open(OPENS);
    it.releases.queueLearners(file);
    assertThat(it.lines.settle(sending, LedgerFixture.RUN, LedgerFixture.sent())).isTrue();
    assertThat(it.head(1).key().file()).isEqualTo(file);
  }

  @Test
  void aNewerFileTakesItsPlace() {
    long file = it.released(later(1, 1, DEFAULT_ASSESSOR, 7));
    long next = it.released(ask(1, 1, DEFAULT_ASSESSOR, 9));
    assertThat(it.states(file)).containsExactly("1 superseded SUPERSEDED");
    assertThat(it.sendAll()).hasSize(1);
    days.open(OPENS);
    assertThat(it.sendAll()).isEmpty();
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("9");
    assertThat(it.states(next)).containsExactly("1 sent SENT");
  }

  @Test
  void aNewerRowForALaterDayTakesItsPlaceToo() {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    long first = it.released(later(1, 1, DEFAULT_ASSESSOR, 8));
    long second = it.released(later(1, 1, DEFAULT_ASSESSOR, 9));
    assertThat(it.states(file)).containsExactly("1 sent SENT");
    assertThat(it.states(first)).containsExactly("1 superseded SUPERSEDED");
    assertThat(it.states(second)).containsExactly("1 planned NOT_YET");
  }

  @Test
  void aCancelledFileIsNotOpened() throws Exception {
    long file = it.released(later(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.actions.cancel(file, NOON).tally()).containsEntry(RowState.CANCELLED, 1L);
    assertThat(days.open(OPENS)).isEmpty();
    assertThat(it.states(file)).containsExactly("1 cancelled CANCELLED");
    assertThat(it.due()).isEmpty();
  }

  @Test
  void aDayThatHasComeIsNoWait() {
    long file = it.released(from(1, 1, DEFAULT_ASSESSOR, 7, NOON));
    assertThat(it.states(file)).containsExactly("1 planned");
    assertThat(it.sendAll()).hasSize(1);
  }

  private static NewRow later(long row, long learner, String slot, long assignee) {
    return from(row, learner, slot, assignee, OPENS);
  }

  private static NewRow from(long row, long learner, String slot, long assignee, Instant opens) {
    NewRow.Ask ask = ask(row, learner, slot, assignee).ask();
    return NewRow.planned(
        row,
        0,
        null,
        new NewRow.Ask(
            learner,
            slot,
            assignee,
            ask.kind(),
            ask.path(),
            ask.payload(),
            ask.role(),
            new NewRow.Day(LocalDate.of(2026, 9, 1), opens)));
  }
}
