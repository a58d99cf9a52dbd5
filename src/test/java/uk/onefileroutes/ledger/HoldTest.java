package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.additionalEmployer;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.defaultEmployer;
import static uk.onefileroutes.ledger.LedgerFixture.rejected;
import static uk.onefileroutes.ledger.LedgerFixture.waiting;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.Releases.Release;
import uk.onefileroutes.plan.SlotRule;

/** Files that are held, and released by a person when others have gone ahead. */
class HoldTest extends WithLedger {
  private static final String AIM = "learning-aim/5/iqa";

  @Test
  void aHeldFileSaysWhyAndNothingOfItIsDue() {
    long file = it.held(ask(1, 1, DEFAULT_ASSESSOR, 7));
    FileEntry entry = it.files.find(file).orElseThrow();
    assertThat(entry.state()).isEqualTo(FileState.HELD);
    assertThat(entry.code()).isEqualTo("TOO_MANY_CHANGES");
    assertThat(entry.message()).isEqualTo("As the test says.");
    it.releases.queueLearners(file); // as at each start
    long other = it.released(ask(1, 1, AIM, 9));
    assertThat(it.sendAll()).extracting(Claim::key).containsExactly(new RowKey(other, 1, 0));
    assertThat(it.lineCount()).isZero();
    assertThat(it.files.toRead(Set.of("inbox"))).isEmpty();
    assertThat(it.files.stored()).contains("spool/1");
  }

  @Test
  void onlyAFileThatWasReadCanBeHeld() {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.actions.hold(file, "X", "No.", 1, NOON)).isFalse();
    assertThat(it.state(file)).isEqualTo(FileState.DELIVERING);
  }

  @Test
  void aReleasedFileIsReadOnceMoreAndNotHeldAgain() throws ActionRefused {
    long file = it.held(ask(1, 1, DEFAULT_ASSESSOR, 7));
    FileEntry released = it.actions.release(file);
    assertThat(released.state()).isEqualTo(FileState.RECEIVING);
    assertThat(released.isReleasedByPerson()).isTrue();
    assertThat(released.code()).isNull();
    it.reopen();
    assertThat(it.files.toRead(Set.of("inbox")).get(0).isReleasedByPerson()).isTrue();
    it.rows.begin(file);
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.actions.hold(file, "TOO_MANY_CHANGES", "No.", 1, NOON)).isFalse();
    it.release(file);
    assertThat(it.sendAll()).hasSize(1);
    assertThat(it.states(file)).containsExactly("1 sent SENT");
  }

  @Test
  void aFileReleasedLateGivesWayToWhatNewerFilesAskFor() throws ActionRefused {
    NewRow[] rows = {
      ask(1, 1, DEFAULT_ASSESSOR, 7), // the newer one is sent
      ask(2, 2, DEFAULT_ASSESSOR, 7), // planned
      ask(3, 3, DEFAULT_ASSESSOR, 7), // waiting
      ask(4, 4, DEFAULT_ASSESSOR, 7), // on its way
      ask(5, 5, DEFAULT_ASSESSOR, 7), // rejected
      ask(6, 6, DEFAULT_ASSESSOR, 7), // not asked for
      ask(7, 1, AIM, 9)
    };
    long held = it.held(rows);
    long newer =
        it.released(
            ask(1, 1, DEFAULT_ASSESSOR, 8),
            ask(2, 2, DEFAULT_ASSESSOR, 8),
            ask(3, 3, DEFAULT_ASSESSOR, 8),
            ask(4, 4, DEFAULT_ASSESSOR, 8),
            ask(5, 5, DEFAULT_ASSESSOR, 8));
    it.send(1);
    it.lines.settle(it.sending(3), RUN, waiting(NOON));
    it.lines.settle(it.sending(5), RUN, rejected());
    Claim away = it.sending(4);
    it.releaseByPerson(held, rows);
    assertThat(it.states(held))
        .containsExactly(
            "1 superseded SUPERSEDED",
            "2 superseded SUPERSEDED",
            "3 superseded SUPERSEDED",
            "4 superseded SUPERSEDED",
            "5 superseded SUPERSEDED",
            "6 planned",
            "7 planned");
    List<StoredRow> stored = new ArrayList<>();
    it.reports.rows(held).forEachRemaining(stored::add);
    assertThat(stored.get(1).note().message())
        .isEqualTo("Row 2 of the later file " + newer + " asks in its place.");
    it.lines.settle(away, RUN, waiting(NOON));
    it.sendAll();
    assertThat(it.states(newer))
        .containsExactly(
            "1 sent SENT", "2 sent SENT", "3 sent SENT", "4 sent SENT", "5 rejected NOT_FOUND");
    assertThat(it.slot(6, DEFAULT_ASSESSOR)).isEqualTo("7");
  }

  @Test
  void aFileReleasedLateIsStillGivenWayToWhenTheNewerOneIsDone() throws ActionRefused {
    long held = it.held(ask(1, 1, DEFAULT_ASSESSOR, 7));
    long newer = it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.sendAll();
    it.report(newer);
    it.releaseByPerson(held, ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.states(held)).containsExactly("1 superseded SUPERSEDED");
    assertThat(it.due()).isEmpty();
  }

  @Test
  void whatANewerFileDidNotGetToDoBeforeItsCancelStandsInNobodysWay() throws ActionRefused {
    NewRow[] rows = {ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7)};
    long held = it.held(rows);
    long newer = it.released(ask(1, 1, DEFAULT_ASSESSOR, 8), ask(2, 2, DEFAULT_ASSESSOR, 8));
    it.send(1);
    new Cancelling(it.ledger).mark(newer); // its rows are still planned
    it.releaseByPerson(held, rows);
    it.actions.completeCancels(NOON);
    assertThat(it.states(held)).containsExactly("1 superseded SUPERSEDED", "2 planned");
    it.sendAll();
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("8");
    assertThat(it.slot(2, DEFAULT_ASSESSOR)).isEqualTo("7");
    assertThat(it.states(newer)).containsExactly("1 sent SENT", "2 cancelled CANCELLED");
  }

  @Test
  void aNewerFileThatWasCancelledUnreleasedStandsInNobodysWay() throws ActionRefused {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.send(1);
    long refused = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.lines.settle(it.sending(1), RUN, rejected());
    long held = it.held(ask(1, 1, DEFAULT_ASSESSOR, 8));
    long newer = it.held(ask(1, 1, DEFAULT_ASSESSOR, 8));
    assertThat(it.states(newer)).containsExactly("1 unchanged UNCHANGED");
    it.actions.cancel(newer, NOON);
    it.actions.retry(RetryOf.file(refused), NOON);
    it.send(1); // now the slot holds 7
    it.releaseByPerson(held, ask(1, 1, DEFAULT_ASSESSOR, 8));
    assertThat(it.states(held)).containsExactly("1 planned");
  }

  @Test
  void unchangedRowsOfAHeldFileAreJudgedAgain() throws ActionRefused {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    NewRow[] rows = {ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7)};
    long held = it.held(rows);
    assertThat(it.states(held)).containsExactly("1 unchanged UNCHANGED", "2 unchanged UNCHANGED");
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.sendAll();
    it.releaseByPerson(held, rows);
    assertThat(it.states(held)).containsExactly("1 superseded SUPERSEDED", "2 unchanged UNCHANGED");
  }

  @Test
  void theOlderFilesRequestsComeFirstThoughTheyWereReleasedLater() throws ActionRefused {
    long held = it.held(additionalEmployer(1, 1, 9));
    long newer = it.released(defaultEmployer(1, 1, 9));
    it.releaseByPerson(held, additionalEmployer(1, 1, 9));
    assertThat(it.sendAll())
        .extracting(Claim::key)
        .containsExactly(new RowKey(held, 1, 0), new RowKey(newer, 1, 0));
  }

  @Test
  void aCrashBeforeItsReleaseLosesNothing() throws ActionRefused {
    List<NewRow> rows = new ArrayList<>();
    for (int i = 1; i <= 4500; i++) {
      rows.add(ask(i, i, DEFAULT_ASSESSOR, 7));
    }
    long held = it.held(rows.toArray(NewRow[]::new));
    List<NewRow> newer = new ArrayList<>();
    for (int i = 1; i <= 4500; i += 2) {
      newer.add(ask(i, i, DEFAULT_ASSESSOR, 8));
    }
    long file = it.released(newer.toArray(NewRow[]::new));
    FileEntry unused = it.actions.release(held);
    it.rows.begin(held);
    it.rows.store(held, rows, new SlotRule(Trust.FOR_EVER, NOON), NOON);
    it.reopen();
    it.rows.begin(held);
    it.rows.store(held, rows, new SlotRule(Trust.FOR_EVER, NOON), NOON);
    assertThat(it.releases.release(held, null, NOON)).isEqualTo(Release.RELEASED);
    it.reopen();
    it.releases.queueLearners(held);
    it.releases.queueLearners(file);
    assertThat(it.files.tally(held))
        .containsEntry(RowState.SUPERSEDED, 2250L)
        .containsEntry(RowState.PLANNED, 2250L);
    assertThat(it.lineCount()).isEqualTo(4500);
  }

  @Test
  void onlyAHeldFileCanBeReleased() {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    it.report(file);
    assertThatThrownBy(() -> it.actions.release(file))
        .isInstanceOf(ActionRefused.class)
        .hasMessage("File 1 is done; only a held file can be released.");
    assertThatThrownBy(() -> it.actions.release(99)).hasMessage("There is no file 99.");
  }

  @Test
  void aFileIsFoundByNumberOrElseByName() throws ActionRefused {
    long first = it.file();
    long second = it.file();
    assertThat(it.actions.find(" " + first + " ").no()).isEqualTo(first);
    assertThat(it.actions.find("export.csv").no()).isEqualTo(second);
    assertThatThrownBy(() -> it.actions.find("99"))
        .hasMessage("No file has the number or the name 99.");
  }
}
