package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.blocked;
import static uk.onefileroutes.ledger.LedgerFixture.invalid;
import static uk.onefileroutes.ledger.LedgerFixture.rejected;
import static uk.onefileroutes.ledger.LedgerFixture.sent;
import static uk.onefileroutes.ledger.LedgerFixture.waiting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.ledger.FileEntry.Made;
import uk.onefileroutes.ledger.FileEntry.Origin;

/** What is known of a file when it is undone, and when it can't be. */
class UndoingTest extends WithLedger {
  private static final String AIM = "learning-aim/5/iqa";

  private Undoing undoing;

  @BeforeEach
  void open() {
    undoing = new Undoing(it.ledger);
  }

  @Test
  void whatSlotsHeldIsGivenBackAndWhatWasEmptyIsNot() throws ActionRefused {
    sentAll(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, AIM, 9));
    long file =
        sentAll(
            ask(1, 1, DEFAULT_ASSESSOR, 8),
            ask(2, 2, AIM, 9), // as before
            ask(3, 3, DEFAULT_ASSESSOR, 8),
            ask(4, 4, "additional/8", 8),
            invalid(5));
    assertThat(undone(file))
        .containsExactly("1 Restored[to=7]", "3 Cannot[why=WAS_EMPTY]", "4 Cannot[why=ADDITIONAL]");
  }

  @Test
  void whatALostAnswerLeftBehindIsNotWhatTheSlotHeldBefore() throws ActionRefused {
    sentAll(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 8), ask(2, 2, DEFAULT_ASSESSOR, 8));
    it.lines.settle(it.sending(1), RUN, waiting(NOON));
    it.lines.settle(it.sending(1), RUN, sent());
    it.lines.settle(it.sending(2), RUN, waiting(NOON));
    it.lines.settle(it.sending(2), RUN, rejected()); // the first one may have come through
    it.report(file);
    assertThat(undone(file)).containsExactly("1 Restored[to=7]", "2 Restored[to=7]");
  }

  @Test
  void aRowThatWasGivenUpMayHaveComeThroughAndARefusedOneDidNot() throws ActionRefused {
    sentAll(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 8), ask(2, 2, DEFAULT_ASSESSOR, 8));
    it.lines.settle(it.sending(1), RUN, blocked());
    it.lines.settle(it.sending(2), RUN, rejected());
    it.report(file);
    assertThat(undone(file)).containsExactly("1 Restored[to=7]");
  }

  @Test
  void whatWasForgottenIsNotKnownAndCannotBeGivenBack() throws ActionRefused {
    sentAll(ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(new Slots(it.ledger).forget(SlotsOf.all())).isEqualTo(1);
    long file = sentAll(ask(1, 1, DEFAULT_ASSESSOR, 8));
    assertThat(undone(file)).containsExactly("1 Cannot[why=WAS_UNKNOWN]");
  }

  @Test
  void aSlotThatWasForgottenSinceIsGivenBackAllTheSame() throws ActionRefused {
    sentAll(ask(1, 1, DEFAULT_ASSESSOR, 7));
    long file = sentAll(ask(1, 1, DEFAULT_ASSESSOR, 8));
    assertThat(new Slots(it.ledger).forget(SlotsOf.all())).isEqualTo(1);
    assertThat(undone(file)).containsExactly("1 Restored[to=7]");
  }

  @Test
  void whatANewerFileChangedOrMayChangeIsKept() throws ActionRefused {
    sentAll(
        ask(1, 1, DEFAULT_ASSESSOR, 7),
        ask(2, 2, DEFAULT_ASSESSOR, 7),
        ask(3, 3, DEFAULT_ASSESSOR, 7),
        ask(4, 4, DEFAULT_ASSESSOR, 7),
        ask(5, 5, DEFAULT_ASSESSOR, 7));
    long file =
        sentAll(
            ask(1, 1, DEFAULT_ASSESSOR, 8),
            ask(2, 2, DEFAULT_ASSESSOR, 8),
            ask(3, 3, DEFAULT_ASSESSOR, 8),
            ask(4, 4, DEFAULT_ASSESSOR, 8),
            ask(5, 5, DEFAULT_ASSESSOR, 8));
    long changed =
        sentAll(ask(1, 1, DEFAULT_ASSESSOR, 9), ask(2, 2, DEFAULT_ASSESSOR, 8)); // 2 as before
    long cancelled = it.released(ask(1, 3, DEFAULT_ASSESSOR, 9));
    it.actions.cancel(cancelled, NOON);
    long held = it.held(ask(1, 4, DEFAULT_ASSESSOR, 9));
    long open = it.released(ask(1, 5, DEFAULT_ASSESSOR, 9));
    assertThat(undone(file))
        .containsExactly(
            "1 Kept[by=%d]".formatted(changed),
            "2 Restored[to=7]",
            "3 Restored[to=7]",
            "4 Kept[by=%d]".formatted(held),
            "5 Kept[by=%d]".formatted(open));
  }

  @Test
  void whatAPersonChangedSinceIsKept() throws ActionRefused {
    sentAll(ask(1, 1, DEFAULT_ASSESSOR, 7));
    long file = sentAll(ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.ledger.inTransaction(
        connection -> Sql.update(connection, "UPDATE slot SET kept_for = 8, assignee = 9"));
    assertThat(undone(file)).containsExactly("1 KeptByHand[]");
  }

  @Test
  void whatWasSentBeforeThisWasKeptCannotBeGivenBack() throws ActionRefused {
    long file = sentAll(ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.ledger.inTransaction(
        connection ->
            Sql.update(connection, "UPDATE file_row SET slot_was = NULL, replaced = NULL")
                + Sql.update(connection, "UPDATE slot SET file_no = NULL"));
    assertThat(undone(file)).containsExactly("1 Cannot[why=NOT_KEPT]");
  }

  @Test
  void anUndoIsUndoneAsAnyFile() throws ActionRefused {
    sentAll(ask(1, 1, DEFAULT_ASSESSOR, 7));
    long file = sentAll(ask(1, 1, DEFAULT_ASSESSOR, 8));
    long undo = accept(file, undoing.begin(entry(file))).orElseThrow();
    it.rows.begin(undo);
    it.store(undo, ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.release(undo);
    it.sendAll();
    it.report(undo);
    assertThat(undone(undo)).containsExactly("1 Restored[to=8]");
    assertThat(undone(file)).containsExactly("1 Kept[by=%d]".formatted(undo));
  }

  @Test
  void theFileThatUndoesIsNoExport() throws ActionRefused {
    long file = sentAll(ask(1, 1, DEFAULT_ASSESSOR, 8));
    long undo = accept(file, undoing.begin(entry(file)), NOON.minusSeconds(9)).orElseThrow();
    assertThat(it.files.lastAccepted("inbox")).contains(NOON);
    it.store(undo, ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.release(undo);
    it.sendAll();
    it.report(undo);
    assertThat(it.files.newest("inbox", 9)).extracting(FileEntry::no).containsExactly(file);
    long next = it.file();
    it.store(next, ask(1, 1, DEFAULT_ASSESSOR, 7));
    FileFacts facts = new FileComparison(it.ledger).with(entry(next), true);
    assertThat(facts.last().no()).isEqualTo(file);
    assertThat(new FileComparison(it.ledger).with(entry(undo), false).last()).isNull();
    assertThat(entry(undo).received().origin()).isEqualTo(new Origin(Made.UNDO, file));
    assertThat(it.files.notRemoved("inbox"))
        .extracting(AcceptedFiles.Source::no)
        .doesNotContain(undo);
  }

  @Test
  void itIsMadeAgainWhereAnotherFileCameOrTheUndoneOneIsSentAgain() throws ActionRefused {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 8), ask(2, 2, DEFAULT_ASSESSOR, 8));
    it.send(1);
    it.lines.settle(it.sending(2), RUN, blocked());
    it.report(file);
    long newest = undoing.begin(entry(file));
    it.actions.retry(RetryOf.file(file), NOON);
    assertThat(accept(file, newest)).isEmpty();
    it.sendAll();
    assertThat(accept(file, newest)).hasValue(newest + 1);
    assertThat(accept(file, newest)).isEmpty();
    assertThat(it.state(newest + 1)).isEqualTo(FileState.RECEIVING);
  }

  @Test
  void whatIsNotFinalIsNotUndone() throws ActionRefused {
    long held = it.held(ask(1, 1, DEFAULT_ASSESSOR, 8));
    assertRefused(held, "File 1 is held, and nothing of it was sent. `cancel 1` gives it up.");
    long open = it.released(ask(1, 2, DEFAULT_ASSESSOR, 8));
    assertRefused(
        open,
        "1 assignment of file 2 is not final yet. `cancel 2` ends it, then it can be undone.");
    Claim claim = it.sending(2);
    it.actions.cancel(open, NOON);
    assertRefused(
        open,
        "1 assignment of file 2 is not final yet. `cancel 2` ends it, then it can be undone.");
    it.lines.settle(claim, RUN, sent());
    assertThat(undoing.begin(entry(open))).isEqualTo(2);
    long read = it.file();
    assertRefused(
        read, "File 3 is still being read, and nothing of it was sent. `cancel 3` gives it up.");
    assertRefused(
        open,
        "File 3 came later and is still being read: what it asks for is not known yet. Try again"
            + " once it was read.");
    it.files.refuse(read, "NOT_READABLE", "No.", NOON);
    assertRefused(read, "File 3 was refused, and nothing of it was sent.");
  }

  @Test
  void whatIsKeptNoLongerCannotBeUndone() {
    long file = sentAll(ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.ledger.inTransaction(
        connection -> {
          PlannedRows.deleteRows(connection, file);
          return 0;
        });
    assertRefused(
        file, "File 1 has no rows, or it is older than its rows are kept (retention.rows).");
  }

  private void assertRefused(long file, String sentence) {
    assertThatThrownBy(() -> undoing.begin(entry(file)))
        .isInstanceOf(ActionRefused.class)
        .hasMessage(sentence);
  }

  private long sentAll(NewRow... rows) {
    long file = it.released(rows);
    it.sendAll();
    it.report(file);
    return file;
  }

  private List<String> undone(long file) throws ActionRefused {
    assertThat(undoing.begin(entry(file))).isPositive();
    List<String> all = new ArrayList<>();
    undoing
        .rows(file)
        .forEachRemaining(
            row -> {
              if (!(row.decision() instanceof UndoDecision.Unchanged)) {
                all.add(row.row() + " " + row.decision());
              }
            });
    return all;
  }

  private OptionalLong accept(long file, long newest) {
    return accept(file, newest, NOON);
  }

  private OptionalLong accept(long file, long newest, Instant at) {
    return new MadeHere(it.ledger)
        .accept(
            new NewFile("inbox", "undo.csv", 1, "1".repeat(64), at, "spool/u", at),
            new Origin(Made.UNDO, file),
            newest);
  }

  private FileEntry entry(long file) {
    return it.files.find(file).orElseThrow();
  }
}
