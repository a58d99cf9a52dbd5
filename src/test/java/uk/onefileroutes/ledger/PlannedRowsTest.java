package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.additionalEmployer;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.defaultEmployer;
import static uk.onefileroutes.ledger.LedgerFixture.invalid;
import static uk.onefileroutes.ledger.LedgerFixture.waiting;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedRowsTest extends WithLedger {
  @Test
  void theLastRowForASlotWinsWithinAChunk() {
    long file = it.file();
    it.store(
        file,
        ask(1, 1, DEFAULT_ASSESSOR, 7),
        ask(2, 1, DEFAULT_ASSESSOR, 8),
        ask(3, 1, DEFAULT_ASSESSOR, 7),
        ask(4, 2, DEFAULT_ASSESSOR, 7));
    assertThat(it.states(file))
        .containsExactly(
            "1 superseded DUPLICATE_ROW", "2 superseded SUPERSEDED", "3 planned", "4 planned");
  }

  @Test
  void theLastRowForASlotWinsAcrossChunks() {
    long file = it.file();
    it.store(
        file,
        ask(1, 1, DEFAULT_ASSESSOR, 7),
        ask(2, 2, DEFAULT_ASSESSOR, 7),
        ask(3, 3, DEFAULT_ASSESSOR, 7));
    it.store(file, ask(4, 1, DEFAULT_ASSESSOR, 8), ask(5, 2, DEFAULT_ASSESSOR, 7));
    it.store(file, ask(6, 1, DEFAULT_ASSESSOR, 9));
    assertThat(it.states(file))
        .containsExactly(
            "1 superseded SUPERSEDED",
            "2 superseded DUPLICATE_ROW",
            "3 planned",
            "4 superseded SUPERSEDED",
            "5 planned",
            "6 planned");
    it.release(file);
    assertThat(it.sendAll()).extracting(claim -> claim.key().row()).containsExactly(3L, 5L, 6L);
  }

  @Test
  void theSameSlotOfAnotherLearnerIsAnotherSlot() {
    long file = it.file();
    it.store(file, ask(1, 1, "learning-aim/5/iqa", 7), ask(2, 1, "learning-aim/5/assessor", 7));
    it.store(file, ask(3, 2, "learning-aim/5/iqa", 7), ask(4, 1, "learning-aim/6/iqa", 7));
    assertThat(it.states(file)).containsExactly("1 planned", "2 planned", "3 planned", "4 planned");
  }

  @Test
  void aKnownSlotThatHoldsWhatIsAskedForIsUnchanged() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 8));
    assertThat(it.states(file)).containsExactly("1 unchanged UNCHANGED", "2 planned");
    assertThat(it.due()).extracting(Claim::learner).containsExactly(2L);
  }

  @Test
  void anUnknownSlotNeverEquals() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.send(1);
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.lines.settle(it.sending(1), RUN, LedgerFixture.blocked());
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("unknown");
    for (long assignee : List.of(7L, 8L)) {
      long file = it.file();
      it.store(file, ask(1, 1, DEFAULT_ASSESSOR, assignee));
      assertThat(it.states(file)).containsExactly("1 planned");
    }
  }

  @Test
  void whatIsOnItsWayToASlotKeepsARowPlanned() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.send(1);
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.sending(1);
    long file = it.file();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 1, "learning-aim/5/iqa", 7));
    assertThat(it.states(file)).containsExactly("1 planned", "2 planned");
  }

  @Test
  void aLaterRowWinsOverAnUnchangedOne() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.send(1);
    long away = it.file();
    it.store(away, ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.store(away, ask(2, 1, DEFAULT_ASSESSOR, 8));
    assertThat(it.states(away)).containsExactly("1 superseded SUPERSEDED", "2 planned");
    long thereAndBack = it.file();
    it.store(thereAndBack, ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.store(thereAndBack, ask(2, 1, DEFAULT_ASSESSOR, 7));
    it.rows.begin(away);
    it.rows.begin(thereAndBack);
    it.store(thereAndBack, ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.store(thereAndBack, ask(2, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.states(thereAndBack))
        .containsExactly("1 superseded SUPERSEDED", "2 unchanged UNCHANGED");
    it.release(thereAndBack);
    assertThat(it.due()).isEmpty();
  }

  @Test
  void aDefaultEmployerGoesBehindTheLearnersAdditionalEmployersWithinAChunk() {
    it.released(
        defaultEmployer(1, 1, 40),
        ask(2, 1, DEFAULT_ASSESSOR, 7),
        additionalEmployer(3, 1, 40),
        ask(4, 1, "learning-aim/5/iqa", 9),
        additionalEmployer(5, 1, 41),
        ask(6, 1, "learning-aim/6/iqa", 9));
    assertThat(it.sendAll())
        .extracting(claim -> claim.key().row())
        .containsExactly(2L, 3L, 4L, 5L, 1L, 6L);
  }

  @Test
  void aDefaultEmployerGoesBehindTheLearnersAdditionalEmployersAcrossChunks() {
    long file = it.file();
    it.store(file, defaultEmployer(1, 1, 40), defaultEmployer(2, 2, 40));
    it.store(file, ask(3, 1, DEFAULT_ASSESSOR, 7), additionalEmployer(4, 1, 40));
    it.store(file, additionalEmployer(5, 1, 41), ask(6, 1, "learning-aim/5/iqa", 9));
    it.release(file);
    assertThat(it.sendAll())
        .filteredOn(claim -> claim.learner() == 1)
        .extracting(claim -> claim.key().row())
        .containsExactly(3L, 4L, 5L, 1L, 6L);
  }

  @Test
  void otherwiseALearnersRowsGoOutInFileOrder() {
    long file = it.file();
    it.store(file, additionalEmployer(1, 1, 40), ask(2, 1, DEFAULT_ASSESSOR, 7));
    it.store(file, defaultEmployer(3, 1, 40), ask(4, 1, "learning-aim/5/iqa", 9));
    it.store(file, ask(5, 1, "additional/9", 9));
    it.release(file);
    assertThat(it.sendAll())
        .extracting(claim -> claim.key().row())
        .containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void beginWipesWhatAnInterruptedReadingStored() {
    long file = it.file();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7), invalid(2));
    it.reopen();
    it.rows.begin(file);
    assertThat(it.files.tally(file)).isEmpty();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 8));
    assertThat(it.states(file)).containsExactly("1 planned");
    it.release(file);
    assertThat(it.send(1).request().assignee()).isEqualTo(8);
  }

  @Test
  void aFileThatWasReleasedIsNeverReadAgainNorRefused() {
    long file = it.file();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.release(file);
    assertThatIllegalStateException().isThrownBy(() -> it.rows.begin(file));
    assertThatIllegalStateException()
        .isThrownBy(() -> it.store(file, ask(2, 2, DEFAULT_ASSESSOR, 7)));
    it.files.refuse(file, "NOT_READABLE", "too late", NOON);
    assertThat(it.states(file)).containsExactly("1 planned");
    assertThat(it.sendAll()).hasSize(1);
  }

  @Test
  void aRowThatWasRefusedAsksForNothing() {
    long file = it.released(invalid(1), ask(2, 1, DEFAULT_ASSESSOR, 7), invalid(3));
    assertThat(it.states(file))
        .containsExactly("1 invalid NOT_AN_ID", "2 planned", "3 invalid NOT_AN_ID");
    assertThat(it.sendAll()).hasSize(1);
  }

  @Test
  void aTextThatIsTooLongForItsColumnIsCut() {
    long file = it.file();
    it.store(
        file,
        new NewRow(
            1,
            0,
            uk.onefileroutes.assignment.RowState.INVALID,
            new RowNote("X;".repeat(400), "m".repeat(9000), "w".repeat(900)),
            null,
            null));
    assertThat(it.states(file)).hasSize(1);
  }

  @Test
  void aWaitingRequestKeepsItsSlotOpen() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.lines.settle(it.sending(1), RUN, waiting(NOON.plusSeconds(60)));
    long file = it.file();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.states(file)).containsExactly("1 planned");
  }

  @Test
  void whatAFileWouldReplaceIsCountedOnceASlotWhateverFollowsInIt() {
    it.released(
        ask(1, 1, DEFAULT_ASSESSOR, 7),
        ask(2, 2, DEFAULT_ASSESSOR, 7),
        ask(3, 3, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    long file = it.file();

    SlotFigures first =
        it.store(
            file,
            ask(1, 1, DEFAULT_ASSESSOR, 8),
            ask(2, 2, DEFAULT_ASSESSOR, 8),
            ask(3, 2, DEFAULT_ASSESSOR, 7),
            ask(4, 9, DEFAULT_ASSESSOR, 7), // not known
            invalid(5));
    SlotFigures second =
        it.store(
            file,
            ask(6, 1, DEFAULT_ASSESSOR, 7), // back again
            ask(7, 2, DEFAULT_ASSESSOR, 9),
            ask(8, 3, DEFAULT_ASSESSOR, 9),
            ask(9, 9, DEFAULT_ASSESSOR, 9));

    assertThat(first).isEqualTo(new SlotFigures(2, 1));
    assertThat(second).isEqualTo(new SlotFigures(1, 1));
    assertThat(first.plus(second)).isEqualTo(new SlotFigures(3, 2));
  }

  @Test
  void aSlotThatIsForgottenWhileItsFileIsReadIsNotCountedAnyMore() throws Exception {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    long file = it.file();
    SlotFigures first = it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 8));
    long unused = new Slots(it.ledger).forget(SlotsOf.all());

    assertThat(first.plus(it.store(file, ask(2, 1, DEFAULT_ASSESSOR, 9))))
        .isEqualTo(SlotFigures.NONE);
  }

  @Test
  void aCharacterThatNotEveryDatabaseHasIsReplaced() {
    long file = it.file();
    it.store(file, NewRow.invalid(1, 0, "NOT_AN_ID", "No\0id.", null));
    assertThat(it.reports.rows(file).next().note().message()).isEqualTo("No\uFFFDid.");
  }
}
