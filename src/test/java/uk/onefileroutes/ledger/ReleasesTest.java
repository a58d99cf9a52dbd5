package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.sent;
import static uk.onefileroutes.ledger.LedgerFixture.waiting;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.Releases.Release;
import uk.onefileroutes.plan.SlotRule;

class ReleasesTest extends WithLedger {
  @Test
  void nothingOfAFileThatIsBeingReadIsDue() {
    long file = it.file();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.due()).isEmpty();
    it.released(ask(1, 1, "learning-aim/5/iqa", 9)); // gives the learner a line
    it.send(1);
    assertThat(it.due()).isEmpty();
    assertThat(it.lineCount()).isZero();
  }

  @Test
  void aReleaseSupersedesWhatOlderFilesHaveNotDelivered() {
    long first =
        it.released(
            ask(1, 1, DEFAULT_ASSESSOR, 7),
            ask(2, 1, "learning-aim/5/iqa", 9),
            ask(3, 2, DEFAULT_ASSESSOR, 7),
            ask(4, 3, DEFAULT_ASSESSOR, 7));
    it.lines.settle(it.sending(2), RUN, waiting(NOON.plusSeconds(600)));
    long second = it.released(ask(1, 1, DEFAULT_ASSESSOR, 8), ask(2, 2, DEFAULT_ASSESSOR, 8));
    assertThat(it.states(first))
        .containsExactly(
            "1 superseded SUPERSEDED", "2 planned", "3 superseded SUPERSEDED", "4 planned");
    assertThat(it.sendAll())
        .extracting(Claim::key)
        .containsExactlyInAnyOrder(
            new RowKey(first, 2, 0),
            new RowKey(first, 4, 0),
            new RowKey(second, 1, 0),
            new RowKey(second, 2, 0));
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("8");
    assertThat(it.slot(2, DEFAULT_ASSESSOR)).isEqualTo("8");
  }

  @Test
  void whatIsOnItsWayIsNotSupersededAndTheNewerOneFollows() {
    long first = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 1, "learning-aim/5/iqa", 9));
    Claim older = it.sending(1);
    long second = it.released(ask(1, 1, DEFAULT_ASSESSOR, 8), ask(2, 1, "learning-aim/5/iqa", 9));
    assertThat(it.states(first)).containsExactly("1 sending", "2 superseded SUPERSEDED");
    assertThat(it.due()).isEmpty();
    assertThat(it.lines.settle(older, RUN, sent())).isTrue();
    assertThat(it.sendAll())
        .extracting(Claim::key)
        .containsExactly(new RowKey(second, 1, 0), new RowKey(second, 2, 0));
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("8");
  }

  @Test
  void whatWouldWaitGivesWayToANewerFileThatWasReleasedMeanwhile() {
    long first = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    Claim older = it.sending(1);
    long second = it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    assertThat(it.lines.settle(older, RUN, waiting(NOON.plusSeconds(600)))).isTrue();
    assertThat(it.states(first)).containsExactly("1 superseded SUPERSEDED");
    assertThat(it.head(1).key()).isEqualTo(new RowKey(second, 1, 0));
  }

  @Test
  void whatWouldWaitDoesNotGiveWayToAFileThatIsStillBeingRead() {
    long first = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    Claim older = it.sending(1);
    long second = it.file();
    it.store(second, ask(1, 1, DEFAULT_ASSESSOR, 8));
    assertThat(it.lines.settle(older, RUN, waiting(NOON))).isTrue();
    assertThat(it.states(first)).containsExactly("1 waiting RETRY");
    it.release(second);
    assertThat(it.states(first)).containsExactly("1 superseded SUPERSEDED");
    assertThat(it.sendAll()).extracting(claim -> claim.request().assignee()).containsExactly(8L);
  }

  @Test
  void aNewerRequestForWhatTheSlotHoldsNeedsNoCall() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.send(1);
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    long back = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.head(1).isHeld()).isTrue();
    assertThat(it.sendAll()).isEmpty();
    assertThat(it.states(back)).containsExactly("1 unchanged UNCHANGED");
  }

  @Test
  void anUnchangedRowWhoseSlotGotARequestMeanwhileSendsTheFileBack() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.send(1);
    long first = it.file();
    long second = it.file();
    it.store(second, ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.states(second)).containsExactly("1 unchanged UNCHANGED");
    it.store(first, ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.release(first);
    assertThat(it.releases.release(second, null, NOON)).isEqualTo(Release.READ_AGAIN);
    it.rows.begin(second);
    it.store(second, ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.release(second);
    assertThat(it.states(first)).containsExactly("1 superseded SUPERSEDED");
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("7");
  }

  @Test
  void anOlderFileSupersedesNothingOfANewerOne() {
    long older = it.file();
    it.store(older, ask(1, 1, DEFAULT_ASSESSOR, 7));
    long newer = it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.release(older);
    assertThat(it.states(newer)).containsExactly("1 planned");
  }

  @Test
  void aSupersededBacklogOfSeveralPagesLeavesNoGap() {
    List<NewRow> first = new ArrayList<>();
    List<NewRow> second = new ArrayList<>();
    for (int i = 1; i <= 4500; i++) {
      first.add(ask(i, i, DEFAULT_ASSESSOR, 7));
      if (i % 3 != 0) {
        second.add(ask(i, i, DEFAULT_ASSESSOR, 8));
      }
    }
    long older = it.file();
    it.rows.store(older, first, new SlotRule(Trust.FOR_EVER, NOON), NOON);
    it.release(older);
    long newer = it.file();
    it.rows.store(newer, second, new SlotRule(Trust.FOR_EVER, NOON), NOON);
    it.release(newer);
    assertThat(it.files.tally(older))
        .containsEntry(RowState.PLANNED, 1500L)
        .containsEntry(RowState.SUPERSEDED, 3000L);
    assertThat(it.lineCount()).isEqualTo(4500);
    assertThat(
            it.number(
                "SELECT COUNT(*) FROM line WHERE file_no = ? AND MOD(learner, 3) <> 0", newer))
        .isEqualTo(3000);
  }

  @Test
  void aLearnerHasOneLineHoweverManyFilesAsk() {
    long one = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 1, "learning-aim/5/iqa", 9));
    it.released(ask(1, 1, "learning-aim/6/iqa", 9));
    it.releases.queueLearners(one);
    it.releases.queueLearners(one);
    assertThat(it.lineCount()).isEqualTo(1);
    assertThat(it.sendAll()).extracting(claim -> claim.key().row()).containsExactly(1L, 2L, 1L);
    assertThat(it.lineCount()).isZero();
  }

  @Test
  void liningUpCompletesWhatACrashInterrupted() {
    long file = it.file();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    assertThat(it.releases.release(file, null, NOON)).isEqualTo(Release.RELEASED);
    it.reopen();
    assertThat(it.due()).isEmpty();
    it.releases.queueLearners(file);
    it.send(1);
    it.releases.queueLearners(file);
    assertThat(it.due()).extracting(Claim::learner).containsExactly(2L);
  }
}
