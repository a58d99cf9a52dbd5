package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.additionalEmployer;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.blocked;
import static uk.onefileroutes.ledger.LedgerFixture.defaultEmployer;
import static uk.onefileroutes.ledger.LedgerFixture.invalid;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.plan.SlotRule;

/** While a dry run stands in the ledger, nothing else sees it; afterwards nothing is left of it. */
class DryRunRowsTest extends WithLedger {
  private static final Instant LATER = NOON.plus(Duration.ofDays(400));

  @Test
  void nothingThatIsReadFromTheLedgerSeesIt() throws Exception {
    long done =
        it.released(ask(1, 1001, DEFAULT_ASSESSOR, 501), ask(2, 1002, DEFAULT_ASSESSOR, 501));
    it.sendAll();
    it.report(done);
    it.held(ask(1, 1002, DEFAULT_ASSESSOR, 502));
    it.released(ask(1, 1003, DEFAULT_ASSESSOR, 501));
    long refused = it.file();
    it.files.refuse(refused, "NOT_READABLE", "As the test says.", NOON);
    List<String> before = all();

    DryRunRows dry = begin(Long.MAX_VALUE);
    store(
        dry,
        ask(1, 1001, DEFAULT_ASSESSOR, 777),
        ask(2, 1003, DEFAULT_ASSESSOR, 777),
        ask(3, 1004, DEFAULT_ASSESSOR, 501),
        invalid(4));

    assertThat(count("file_row")).isPositive();
    assertThat(all()).isEqualTo(before);
    it.checkTallies();
    dry.close();
    assertThat(all()).isEqualTo(before);
    assertThat(count("file_row")).isZero();
    assertThat(count("request")).isZero();
  }

  @Test
  void equalFaultsAreListedOnceWithHowManyRowsHaveThem() throws Exception {
    DryRunRows dry = begin(Long.MAX_VALUE);
    store(
        dry,
        fault(1, "role \"boss\" is none."),
        fault(2, "role \"chef\" is none."),
        fault(3, "role \"boss\" is none."),
        fault(4, "Line 5: the row ends."),
        fault(5, "Line 6: the row ends."),
        fault(6, "Line 7: the row ends."));

    assertThat(dry.invalid(20))
        .containsExactly(
            new SameFault(1, 2, "NOT_AN_ID", "role \"boss\" is none."),
            new SameFault(2, 1, "NOT_AN_ID", "role \"chef\" is none."),
            new SameFault(4, 3, "NOT_AN_ID", "the row ends."));
    assertThat(dry.invalid(1)).extracting(SameFault::rows).containsExactly(2L);
    dry.close();
  }

  private static NewRow fault(long row, String message) {
    return NewRow.invalid(row, 0, "NOT_AN_ID", message, null);
  }

  /** All that other code can ask about files and rows, as text. */
  private List<String> all() throws Exception {
    Overview overview = new Overview(it.ledger);
    ExpiredData expired = new ExpiredData(it.ledger);
    Slots slots = new Slots(it.ledger);
    List<Object> all = new ArrayList<>();
    all.add(overview.files(100));
    all.add(overview.backlog());
    all.add(overview.traffic(NOON));
    for (FileState state : FileState.values()) {
      all.add(it.files.in(state));
    }
    all.add(it.files.toRead(Set.of("inbox")));
    all.add(it.files.stored());
    all.add(it.files.knows("1".repeat(64)));
    all.add(it.files.lastAccepted("inbox"));
    all.add(it.files.notRemoved("inbox"));
    all.add(it.files.leftBehind("inbox", "dry.csv", "1".repeat(64), NOON));
    all.add(it.actions.find("export.csv"));
    all.add(it.reports.finished());
    all.add(it.reports.held());
    all.add(it.reports.overdue(LATER));
    all.add(it.due());
    all.add(expired.keptInputs());
    all.add(expired.answers(LATER));
    all.add(slots.learners(SlotsOf.all(), Slots.READABLE, 0, 100));
    all.add(slots.amount(SlotsOf.all()));
    all.add(slots.of(SlotsOf.all(), 1001, Slots.READABLE));
    all.add(new PersonErasure(it.ledger).rowsOf(1001));
    all.add(it.number("SELECT COUNT(*) FROM file"));
    all.add(it.number("SELECT COUNT(*) FROM tally"));
    all.add(it.number("SELECT COUNT(*) FROM line"));
    all.add(it.number("SELECT COALESCE(SUM(amount), 0) FROM tally"));
    return all.stream().map(Object::toString).toList();
  }

  @Test
  void whatIsPlannedAndDeliveredMeanwhileIsAsWithoutIt() throws Exception {
    it.released(ask(1, 1001, DEFAULT_ASSESSOR, 501));
    it.sendAll();
    DryRunRows dry = begin(Long.MAX_VALUE);
    store(dry, ask(1, 1001, DEFAULT_ASSESSOR, 777), ask(2, 1002, DEFAULT_ASSESSOR, 777));

    long next = it.released(ask(1, 1001, DEFAULT_ASSESSOR, 501), ask(2, 1002, DEFAULT_ASSESSOR, 5));

    assertThat(next).isEqualTo(2); // its number is the next one
    assertThat(it.states(next)).containsExactly("1 unchanged UNCHANGED", "2 planned");
    Claim first = it.sending(1002);
    assertThat(first.request().assignee()).isEqualTo(5);
    assertThat(it.lines.settle(first, LedgerFixture.RUN, blocked())).isTrue();
    assertThat(it.actions.retry(RetryOf.allBlocked(), NOON).retried()).isEqualTo(1);
    assertThat(it.sendAll()).hasSize(1);
    assertThat(it.due()).isEmpty();
    assertThat(it.states(next)).containsExactly("1 unchanged UNCHANGED", "2 sent SENT");
    it.report(next);
    assertThat(it.state(next)).isEqualTo(FileState.DONE);
    it.checkTallies();

    DryRunRows another = begin(Long.MAX_VALUE);
    store(another, ask(1, 1001, DEFAULT_ASSESSOR, 501));
    assertThat(another.tally()).isEqualTo(Map.of(RowState.UNCHANGED, 1L)); // nor do two see another
    dry.close();
    assertThat(another.tally()).isEqualTo(Map.of(RowState.UNCHANGED, 1L));
    another.close();
    assertThat(count("file_row")).isZero();
  }

  @Test
  void retentionAndErasureLeaveItAlone() throws Exception {
    long done = it.released(ask(1, 1001, DEFAULT_ASSESSOR, 501));
    it.sendAll();
    it.report(done);
    DryRunRows dry = begin(Long.MAX_VALUE);
    store(dry, ask(1, 1001, DEFAULT_ASSESSOR, 777));
    ExpiredData expired = new ExpiredData(it.ledger);
    expired.forgetInputs(LATER);

    assertThat(expired.purgeRows(LATER)).isZero(); // of the feed's last file they stay
    new PersonErasure(it.ledger).erase(1001, NOON);

    assertThat(it.number("SELECT COUNT(*) FROM file_row WHERE learner = 1001")).isEqualTo(1);
    assertThat(dry.changes(9)).hasSize(1); // it goes with the dry run
    assertThat(dry.sent()).isEqualTo(new DryRunRows.Sent(0, 1, 0));
    dry.close();
  }

  @Test
  void itIsComparedAsTheFileThatItIs() throws Exception {
    long held = it.held(ask(1, 1001, DEFAULT_ASSESSOR, 501), ask(2, 1002, DEFAULT_ASSESSOR, 501));
    it.released(ask(1, 1001, DEFAULT_ASSESSOR, 502));
    it.sendAll();
    DryRunRows dry = begin(held);
    store(
        dry,
        ask(1, 1001, DEFAULT_ASSESSOR, 501),
        ask(2, 1002, DEFAULT_ASSESSOR, 501),
        defaultEmployer(3, 1003, 7),
        additionalEmployer(4, 1003, 8));
    dry.giveWay(NOON);

    assertThat(dry.isFirst()).isTrue();
    assertThat(dry.tally()).isEqualTo(Map.of(RowState.PLANNED, 3L, RowState.SUPERSEDED, 1L));
    List<String> requests = new ArrayList<>();
    dry.eachRequest(requests::add);
    assertThat(requests)
        .containsExactly(
            "POST User/1002 {\"n\":501}", "POST User/1003 {\"n\":8}", "POST User/1003 {\"n\":7}");
    dry.close();
    it.checkTallies();
  }

  @Test
  void whatACrashLeftIsDeletedWhateverItsLength() {
    for (int run = 0; run < 2; run++) {
      DryRunRows dry = begin(Long.MAX_VALUE);
      NewRow[] rows = new NewRow[2500];
      Arrays.setAll(rows, i -> ask(i + 1L, i + 1L, DEFAULT_ASSESSOR, 501));
      store(dry, rows);
    }
    long file = it.held(ask(1, 1001, DEFAULT_ASSESSOR, 501));
    it.reopen();
    assertThat(count("request")).isEqualTo(5000);

    DryRunRows.deleteAll(it.ledger);

    assertThat(count("file_row")).isZero();
    assertThat(count("request")).isZero();
    assertThat(it.states(file)).containsExactly("1 planned");
    DryRunRows.deleteAll(it.ledger); // again
  }

  private DryRunRows begin(long no) {
    FileEntry file =
        FileEntry.receiving(
            no,
            new FileEntry.Received("inbox", "dry.csv", "1".repeat(64), "spool/dry", null),
            NOON);
    return DryRunRows.begin(it.ledger, file);
  }

  private static void store(DryRunRows dry, NewRow... rows) {
    dry.store(List.of(rows), new SlotRule(Trust.FOR_EVER, NOON), NOON);
  }

  private Long count(String table) {
    return it.number("SELECT COUNT(*) FROM " + table + " WHERE file_no < 0");
  }
}
