package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.invalid;
import static uk.onefileroutes.ledger.LedgerFixture.sent;
import static uk.onefileroutes.ledger.LedgerFixture.waiting;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.Releases.Release;
import uk.onefileroutes.plan.SlotRule;

class CancelTest extends WithLedger {
  private static final String AIM = "learning-aim/5/iqa";

  @Test
  void whatIsUndeliveredIsCancelledAndOtherFilesGoOn() throws ActionRefused {
    long file =
        it.released(
            ask(1, 1, DEFAULT_ASSESSOR, 7),
            ask(2, 2, DEFAULT_ASSESSOR, 7),
            ask(3, 3, DEFAULT_ASSESSOR, 7),
            ask(4, 1, AIM, 9),
            invalid(5));
    long other = it.released(ask(1, 1, "learning-aim/6/iqa", 9), ask(2, 4, AIM, 9));
    it.send(3);
    it.lines.settle(it.sending(2), RUN, waiting(NOON.plusSeconds(600)));
    FileActions.Cancelled cancelled = it.actions.cancel(file, NOON);
    assertThat(cancelled.file().state()).isEqualTo(FileState.CANCELLED);
    assertThat(cancelled.isStillRead()).isFalse();
    assertThat(cancelled.tally())
        .containsEntry(RowState.CANCELLED, 3L)
        .containsEntry(RowState.SENT, 1L);
    assertThat(it.states(file))
        .containsExactly(
            "1 cancelled CANCELLED",
            "2 cancelled CANCELLED",
            "3 sent SENT",
            "4 cancelled CANCELLED",
            "5 invalid NOT_AN_ID");
    assertThat(it.sendAll())
        .extracting(Claim::key)
        .containsExactlyInAnyOrder(new RowKey(other, 1, 0), new RowKey(other, 2, 0));
    assertThat(it.lineCount()).isZero();
  }

  @Test
  void aRowThatWasTriedKeepsItsLastFailure() throws ActionRefused {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    it.lines.settle(it.sending(1), RUN, waiting(NOON.plusSeconds(600)));
    it.actions.cancel(file, NOON);
    List<StoredRow> rows = new ArrayList<>();
    it.reports.rows(file).forEachRemaining(rows::add);
    assertThat(rows.get(0).note().message())
        .isEqualTo("Cancelled instead of being tried again. As the test says.");
    assertThat(rows.get(1).note().message()).isNull();
  }

  @Test
  void whatIsOnItsWayKeepsItsOutcome() throws ActionRefused {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 1, AIM, 9));
    Claim claim = it.sending(1);
    it.actions.cancel(file, NOON);
    assertThat(it.states(file)).containsExactly("1 sending", "2 cancelled CANCELLED");
    assertThat(it.reports.finished()).isEmpty();
    assertThat(it.lines.settle(claim, RUN, sent())).isTrue();
    assertThat(it.states(file)).containsExactly("1 sent SENT", "2 cancelled CANCELLED");
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("7");
    assertThat(it.lineCount()).isZero();
  }

  @Test
  void whatWouldBeTriedAgainIsCancelledInstead() throws ActionRefused {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    long other = it.released(ask(1, 1, AIM, 9));
    Claim claim = it.sending(1);
    it.actions.cancel(file, NOON);
    assertThat(it.lines.settle(claim, RUN, waiting(NOON))).isTrue();
    assertThat(it.states(file)).containsExactly("1 cancelled CANCELLED");
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("unknown");
    assertThat(it.head(1).key()).isEqualTo(new RowKey(other, 1, 0));
  }

  @Test
  void nothingLeavesOnceTheFileIsCancelledThoughItsRowsAreNotYet() throws ActionRefused {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    long other = it.released(ask(1, 3, AIM, 9));
    Claim handedOut = it.head(1);
    new Cancelling(it.ledger).mark(file); // and no further: a crash
    assertThat(it.due()).extracting(claim -> claim.key().file()).containsExactly(other);
    assertThat(it.lines.sending(handedOut, RUN, NOON)).isFalse();
    assertThat(it.reports.finished()).isEmpty();
    it.reopen();
    it.actions.completeCancels(NOON);
    assertThat(it.states(file)).containsExactly("1 cancelled CANCELLED", "2 cancelled CANCELLED");
    assertThat(it.lineCount()).isEqualTo(1);
  }

  @Test
  void aSecondCancelCompletesTheFirst() throws ActionRefused {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    new Cancelling(it.ledger).mark(file);
    it.actions.cancel(file, NOON);
    assertThat(it.states(file)).containsExactly("1 cancelled CANCELLED");
  }

  @Test
  void aCancelledFileGetsItsAnswerAndStaysCancelled() throws ActionRefused {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.actions.cancel(file, NOON);
    assertThat(it.reports.finished()).extracting(FileEntry::no).containsExactly(file);
    assertThat(it.files.stored()).contains("spool/1");
    it.report(file);
    assertThat(it.reports.finished()).isEmpty();
    assertThat(it.state(file)).isEqualTo(FileState.CANCELLED);
    assertThat(it.files.find(file).orElseThrow().doneAt()).isEqualTo(NOON);
    assertThat(it.files.stored()).isEmpty();
  }

  @Test
  void aHeldFileCanBeCancelled() throws ActionRefused {
    long file = it.held(ask(1, 1, DEFAULT_ASSESSOR, 7), invalid(2));
    it.actions.cancel(file, NOON);
    assertThat(it.states(file)).containsExactly("1 cancelled CANCELLED", "2 invalid NOT_AN_ID");
    assertThat(it.reports.finished()).extracting(FileEntry::no).containsExactly(file);
  }

  @Test
  void aFileThatIsBeingReadIsReadToItsEndAndCancelled() throws ActionRefused {
    long file = it.file();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.actions.cancel(file, NOON).isStillRead()).isTrue();
    assertThat(it.reports.finished()).isEmpty();
    it.reopen();
    it.actions.completeCancels(NOON); // not its turn yet
    assertThat(it.files.toRead(Set.of("inbox")).get(0).no()).isEqualTo(file);
    it.rows.begin(file);
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.store(file, ask(2, 2, DEFAULT_ASSESSOR, 7), invalid(3));
    assertThat(it.actions.hold(file, "TOO_MANY_CHANGES", "No.", 1, NOON)).isFalse();
    assertThat(it.releases.release(file, null, NOON)).isEqualTo(Release.CANCELLED);
    it.releases.queueLearners(file);
    assertThat(it.due()).isEmpty();
    assertThat(it.lineCount()).isZero();
    assertThat(it.states(file))
        .containsExactly("1 cancelled CANCELLED", "2 cancelled CANCELLED", "3 invalid NOT_AN_ID");
    assertThat(it.reports.finished()).extracting(FileEntry::no).containsExactly(file);
    assertThat(it.files.toRead(Set.of("inbox"))).isEmpty();
  }

  @Test
  void aCancelledFileThatCannotBeReadIsRefused() throws ActionRefused {
    long file = it.file();
    it.actions.cancel(file, NOON);
    assertThat(it.reports.finished()).isEmpty(); // though no row is open: none is there yet
    it.files.refuse(file, "NOT_READABLE", "No.", NOON);
    assertThat(it.state(file)).isEqualTo(FileState.REFUSED);
    assertThat(it.files.toRead(Set.of("inbox"))).isEmpty();
  }

  @Test
  void aCancelOfSeveralPagesLeavesNoGap() throws ActionRefused {
    List<NewRow> rows = new ArrayList<>();
    for (int i = 1; i <= 4500; i++) {
      rows.add(ask(i, 1 + i % 1500, "additional/" + (10 + i), 10 + i));
    }
    long file = it.file();
    it.rows.store(file, rows, new SlotRule(Trust.FOR_EVER, NOON), NOON);
    it.release(file);
    long other = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 700, DEFAULT_ASSESSOR, 7));
    Claim claim = it.sending(600);
    it.actions.cancel(file, NOON);
    assertThat(it.files.tally(file))
        .containsEntry(RowState.CANCELLED, 4499L)
        .containsEntry(RowState.SENDING, 1L);
    assertThat(it.lines.settle(claim, RUN, sent())).isTrue();
    assertThat(it.sendAll()).extracting(c -> c.key().file()).containsExactly(other, other);
    assertThat(it.lineCount()).isZero();
  }

  @Test
  void whatCannotBeCancelledIsSaidInASentence() throws ActionRefused {
    long done = it.released(invalid(1));
    assertThatThrownBy(() -> it.actions.cancel(done, NOON))
        .isInstanceOf(ActionRefused.class)
        .hasMessage(
            "File 1 has nothing left to cancel: each of its assignments is final, and its results are"
                + " being written.");
    it.report(done);
    assertThatThrownBy(() -> it.actions.cancel(done, NOON))
        .hasMessage(
            "File 1 is done; only a file that is being read, held or delivered can be cancelled.");
    assertThatThrownBy(() -> it.actions.cancel(99, NOON)).hasMessage("There is no file 99.");
    assertThat(it.state(done)).isEqualTo(FileState.DONE);
  }
}
