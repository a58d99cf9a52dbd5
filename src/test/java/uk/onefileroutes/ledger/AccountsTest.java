package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.blocked;
import static uk.onefileroutes.ledger.LedgerFixture.waiting;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;

/**
 * Two accounts with the same learners, slots and files in one ledger know nothing of each other.
 */
class AccountsTest extends WithLedger {
  private static final Instant OPENS = NOON.plus(Duration.ofHours(12));

  private LedgerFixture other;

  @BeforeEach
  void open() {
    other = it.of("riverside");
  }

  @Test
  void numbersAreUniqueAndTheSameBytesAreEqualInTheirAccountOnly() {
    long first = it.file();
    long second = other.file();
    long third = it.file();
    assertThat(List.of(first, second, third)).containsExactly(1L, 2L, 3L);
    assertThat(it.files.find(third).orElseThrow().received().equalFile()).isEqualTo(first);
    assertThat(other.files.find(second).orElseThrow().received().equalFile()).isNull();
    assertThat(it.ledger.accounts()).containsExactly("onefile", "riverside");
  }

  @Test
  void numbersHaveNoGapsThoughBothAcceptAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Long>> accepts =
          IntStream.range(0, 80)
              .<Callable<Long>>mapToObj(i -> (i % 2 == 0 ? it : other)::file)
              .toList();
      List<Long> numbers = new ArrayList<>();
      for (Future<Long> number : threads.invokeAll(accepts)) {
        numbers.add(number.get());
      }
      assertThat(numbers)
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 80).boxed().toList());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatOneSentIsNotKnownToTheOther() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.sendAll()).hasSize(1);
    assertThat(it.lines.hasSent()).isTrue();
    assertThat(other.lines.hasSent()).isFalse();
    assertThat(other.slot(1, DEFAULT_ASSESSOR)).isEqualTo("nothing");

    long file = other.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(other.states(file)).containsExactly("1 planned");
    assertThat(it.due()).isEmpty();
    assertThat(other.sendAll()).hasSize(1);
    assertThat(new Slots(it.ledger).learners(SlotsOf.all(), Slots.READABLE, 0, 10))
        .containsExactly(1L);
  }

  @Test
  void aFileOfOneNeitherSupersedesNorGivesWayToTheOther() {
    long older = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    long newer = other.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    assertThat(it.states(older)).containsExactly("1 planned");
    assertThat(other.states(newer)).containsExactly("1 planned");
    Claim away = it.sending(1);
    assertThat(it.lines.settle(away, RUN, waiting(NOON))).isTrue();
    assertThat(it.states(older)).containsExactly("1 waiting RETRY");
    assertThat(other.lines.orphans("another run")).isEmpty();
    it.sending(1);
    assertThat(it.lines.orphans("another run")).hasSize(1);
    assertThat(other.lines.orphans("another run")).isEmpty();
  }

  /** The row is unchanged here, and open elsewhere: that makes nobody read a file again. */
  @Test
  void anOpenRequestOfTheOtherDoesNotMakeAFileBeReadAgain() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    other.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    long again = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.states(again)).containsExactly("1 unchanged UNCHANGED");
  }

  @Test
  void nobodyActsOnAFileOfTheOther() {
    long held = other.held(ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.files.find(held)).isEmpty();
    assertThatThrownBy(() -> it.actions.find(Long.toString(held)))
        .isInstanceOf(ActionRefused.class);
    assertThatThrownBy(() -> it.actions.find("export.csv")).isInstanceOf(ActionRefused.class);
    assertThatThrownBy(() -> it.actions.release(held)).isInstanceOf(ActionRefused.class);
    assertThatThrownBy(() -> it.actions.cancel(held, NOON)).isInstanceOf(ActionRefused.class);
    assertThatThrownBy(() -> it.actions.retry(RetryOf.file(held), NOON))
        .isInstanceOf(ActionRefused.class);
    assertThatThrownBy(() -> new Slots(it.ledger).forget(SlotsOf.file(held)))
        .isInstanceOf(ActionRefused.class);
    assertThatThrownBy(() -> new Approvals(it.ledger).approve(held, "ann", "all", NOON))
        .isInstanceOf(ActionRefused.class);
    assertThat(other.state(held)).isEqualTo(FileState.HELD);
  }

  @Test
  void retryAndForgetOfAllAreOfOneAccount() throws ActionRefused {
    long mine = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    long theirs = other.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.lines.settle(it.sending(1), RUN, blocked());
    other.lines.settle(other.sending(1), RUN, blocked());
    assertThat(it.actions.retry(RetryOf.allBlocked(), NOON).retried()).isEqualTo(1);
    assertThat(it.states(mine)).containsExactly("1 planned");
    assertThat(other.states(theirs)).containsExactly("1 blocked TOO_MANY_ATTEMPTS");

    it.sendAll();
    other.released(ask(1, 2, DEFAULT_ASSESSOR, 7));
    other.sendAll();
    assertThat(new Slots(it.ledger).forget(SlotsOf.all())).isEqualTo(1);
    assertThat(other.slot(2, DEFAULT_ASSESSOR)).isEqualTo("7");
  }

  @Test
  void whatStandsIsOfOneAccount() {
    long mine = it.held(ask(1, 1, DEFAULT_ASSESSOR, 7));
    long theirs = other.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    Overview overview = new Overview(it.ledger);
    assertThat(overview.files(10)).extracting(file -> file.file().no()).containsExactly(mine);
    assertThat(overview.file(theirs)).isEmpty();
    assertThat(overview.backlog().open()).isZero();
    assertThat(new Overview(other.ledger).backlog().open()).isEqualTo(1);
    assertThat(it.files.in(FileState.DELIVERING)).isEmpty();
    assertThat(it.reports.held()).extracting(FileEntry::no).containsExactly(mine);
    assertThat(other.reports.held()).isEmpty();
    assertThat(it.ledger.hasOpenFiles()).isTrue();
    assertThat(it.of("nobody").ledger.hasOpenFiles()).isFalse();
  }

  @Test
  void answersAreOwedInOneAccount() {
    long mine = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    assertThat(it.reports.finished()).extracting(FileEntry::no).containsExactly(mine);
    assertThat(other.reports.finished()).isEmpty();
    assertThat(other.reports.overdue(NOON.plusSeconds(1))).isEmpty();
    it.report(mine);
    long refused = it.file();
    it.files.refuse(refused, "NO_HEADER", "None.", NOON);
    assertThat(it.reports.refused()).hasSize(1);
    assertThat(other.reports.refused()).isEmpty();
    ExpiredData theirs = new ExpiredData(other.ledger);
    assertThat(theirs.answers(NOON.plusSeconds(1))).isEmpty();
    assertThat(new ExpiredData(it.ledger).answers(NOON.plusSeconds(1))).hasSize(1);
    assertThat(theirs.forgetInputs(NOON.plusSeconds(1))).isZero();
  }

  @Test
  void aFileThatACrashLeftBehindIsLeftBehindInItsAccount() {
    long mine = it.file();
    assertThat(it.files.leftBehind("inbox", "export.csv", "0".repeat(64), NOON)).hasValue(mine);
    assertThat(other.files.leftBehind("inbox", "export.csv", "0".repeat(64), NOON)).isEmpty();
    assertThat(other.files.notRemoved("inbox")).isEmpty();
    assertThat(other.files.toRead(Set.of("inbox"))).isEmpty();
    assertThat(it.files.toRead(Set.of("inbox"))).hasSize(1);
    assertThat(other.files.stored()).as("they share a spool").containsExactly("spool/1");
  }

  @Test
  void erasingALearnerLeavesTheOthersLearnerOfThatId() throws ActionRefused {
    long mine = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    it.report(mine);
    long theirs = other.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    PersonErasure erasure = new PersonErasure(it.ledger);
    assertThat(erasure.rowsOf(1)).isEqualTo(Map.of(mine, Set.of(1L)));
    erasure.erase(1, NOON);
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("nothing");
    other.sendAll();
    other.report(theirs);
    assertThat(other.slot(1, DEFAULT_ASSESSOR)).isEqualTo("7");
    assertThat(new PersonErasure(other.ledger).rowsOf(1)).containsOnlyKeys(theirs);
  }

  @Test
  void aDayOpensInOneAccount() {
    it.released(later());
    long theirs = other.released(later());
    assertThat(new ComingDays(it.ledger).open(OPENS)).hasSize(1);
    assertThat(new ComingDays(other.ledger).waiting(theirs)).isEqualTo(1);
    assertThat(new ComingDays(other.ledger).open(OPENS)).containsExactly(theirs);
  }

  @Test
  void pausesAndAlarmsAreOfOneAccount() {
    StoredPauses pauses = new StoredPauses(it.ledger);
    pauses.save(new StoredPauses.StoredPause("server", OPENS, 0, "429"));
    assertThat(new StoredPauses(other.ledger).all()).isEmpty();
    StandingAlarms alarms = new StandingAlarms(it.ledger);
    alarms.store(
        List.of(
            new StandingAlarms.Entry.Raised(
                new StandingAlarms.StoredAlarm("OUTAGE", "", NOON, "It is down.", 0))));
    assertThat(new StandingAlarms(other.ledger).standing()).isEmpty();
    assertThat(alarms.standing()).hasSize(1);
  }

  @Test
  void aClockThatWasPutBackIsRepairedInOneAccount() {
    long mine = it.file();
    long theirs = other.file();
    new ClockRepair(it.ledger).notAheadOf(NOON.minusSeconds(60), Duration.ofHours(1));
    assertThat(it.files.find(mine).orElseThrow().acceptedAt()).isEqualTo(NOON.minusSeconds(60));
    assertThat(other.files.find(theirs).orElseThrow().acceptedAt()).isEqualTo(NOON);
  }

  @Test
  void anUndoingSeesNothingOfTheOther() throws ActionRefused {
    long mine = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    long theirs = other.file(); // it is still read, and newer
    Undoing undoing = new Undoing(it.ledger);
    assertThat(undoing.begin(it.files.find(mine).orElseThrow())).isEqualTo(mine);
    assertThat(undoing.rows(mine)).toIterable().hasSize(1);
    NewFile made = new NewFile("inbox", "undo.csv", 1, "1".repeat(64), NOON, "spool/2", NOON);
    FileEntry.Origin origin = new FileEntry.Origin(FileEntry.Made.UNDO, mine);
    assertThat(new MadeHere(it.ledger).accept(made, origin, mine)).hasValue(theirs + 1);
  }

  @Test
  void closingAnAccountsViewClosesNothing() {
    other.close();
    long file = it.file();
    assertThat(it.files.tally(file)).isEmpty();
    assertThat(other.files.in(FileState.RECEIVING)).isEmpty();
    assertThat(RowState.of("planned")).isEqualTo(RowState.PLANNED);
  }

  private static NewRow later() {
    NewRow.Ask ask =
        new NewRow.Ask(
            1,
            DEFAULT_ASSESSOR,
            7,
            "default",
            "User/1",
            "{}",
            "assessor",
            new NewRow.Day(LocalDate.of(2026, 4, 1), OPENS));
    return NewRow.planned(1, 0, null, ask);
  }
}
