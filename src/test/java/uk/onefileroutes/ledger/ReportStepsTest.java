package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.invalid;
import static uk.onefileroutes.ledger.LedgerFixture.waiting;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.plan.SlotRule;

class ReportStepsTest extends WithLedger {
  @Test
  void aFileIsFinishedWhenItsLastRowIsFinal() {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    it.send(1);
    it.lines.settle(it.sending(2), RUN, waiting(NOON));
    assertThat(it.reports.finished()).isEmpty();
    it.sending(2);
    assertThat(it.reports.finished()).isEmpty();
    it.reopen();
    it.lines.settle(it.lines.orphans("run-2").get(0), RUN, LedgerFixture.sent());
    assertThat(it.reports.finished()).extracting(FileEntry::no).containsExactly(file);
  }

  @Test
  void aFileThatIsBeingReadIsNeverFinished() {
    long file = it.file();
    it.store(file, invalid(1));
    assertThat(it.reports.finished()).isEmpty();
    it.release(file);
    assertThat(it.reports.finished()).hasSize(1);
  }

  @Test
  void anAnnouncedAnswerKeepsItsNamesUntilItIsWritten() {
    long file = it.released(invalid(1));
    it.reports.announce(file, true, "export.results.csv", null);
    it.reopen();
    ReportSteps.Announced again = it.reports.unwritten(file).orElseThrow();
    assertThat(again.resultsName()).isEqualTo("export.results.csv");
    assertThat(again.rejectsName()).isNull();
    it.reports.written(file, again, NOON, false);
    assertThat(it.reports.unwritten(file)).isEmpty();
    assertThat(it.files.find(file).orElseThrow().state()).isEqualTo(FileState.DONE);
    assertThat(it.reports.finished()).isEmpty();
  }

  @Test
  void onlyAFileWithoutAnyAnswerIsOverdue() {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.reports.overdue(NOON.minusMillis(1))).isEmpty();
    assertThat(it.reports.overdue(NOON)).extracting(FileEntry::no).containsExactly(file);
    ReportSteps.Announced partial = it.reports.announce(file, false, "a.csv", null);
    it.reports.written(file, partial, NOON, false);
    assertThat(it.reports.overdue(NOON)).isEmpty();
    assertThat(it.files.find(file).orElseThrow().state()).isEqualTo(FileState.DELIVERING);
    assertThat(it.reports.announce(file, true, "b.csv", null).seq()).isEqualTo(2);
  }

  @Test
  void rowsAreReadInOrderBeyondOnePage() {
    long file = it.file();
    List<NewRow> rows = new ArrayList<>();
    for (long row = 1; row <= 2001; row++) {
      rows.add(invalid(row));
    }
    it.rows.store(file, rows, new SlotRule(Trust.FOR_EVER, NOON), NOON);
    List<Long> read = new ArrayList<>();
    it.reports.rows(file).forEachRemaining(row -> read.add(row.row()));
    assertThat(read).containsExactlyElementsOf(LongStream.rangeClosed(1, 2001).boxed().toList());
  }
}
