package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.sent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.CentreReading.User;
import uk.onefileroutes.ledger.Leavers.Comparison;
import uk.onefileroutes.ledger.Leavers.Holder;
import uk.onefileroutes.ledger.Leavers.Leaver;
import uk.onefileroutes.ledger.Leavers.LeftSlot;
import uk.onefileroutes.ledger.Leavers.Listed;

/** What becomes of slots whose assignee is archived or gone in a new reading of the directory. */
class LeaversTest extends WithLedger {
  private static final int CENTRE = 12;
  private static final String AIM = "learning-aim/4711/assessor";

  private Leavers leavers;
  private CentreDirectory directory;
  private final List<Comparison> compared = new ArrayList<>();

  @BeforeEach
  void take() {
    leavers = new Leavers(it.ledger);
    directory = new CentreDirectory(it.ledger);
  }

  @Test
  void slotsOfWhoIsArchivedOrGoneBecomeUnknownAndAreListed() {
    known();
    read(active(7), active(8), active(9));
    assertThat(leavers.standing()).isEmpty();

    read(archived(7), active(9));
    assertThat(leavers.standing())
        .containsExactly(new Leaver(7, true, 2, 3), new Leaver(8, false, 1, 1));
    assertThat(leavers.slots())
        .containsExactly(
            new LeftSlot(7, 1, DEFAULT_ASSESSOR),
            new LeftSlot(7, 2, DEFAULT_ASSESSOR),
            new LeftSlot(7, 1, AIM),
            new LeftSlot(8, 3, DEFAULT_ASSESSOR));
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("unknown");
    assertThat(it.slot(1, AIM)).isEqualTo("unknown");
    assertThat(it.slot(3, DEFAULT_ASSESSOR)).isEqualTo("unknown");
    assertThat(it.slot(4, DEFAULT_ASSESSOR)).isEqualTo("9");

    // unknown never equals: the same again is sent
    long next = it.released(ask(1, 3, DEFAULT_ASSESSOR, 8), ask(2, 4, DEFAULT_ASSESSOR, 9));
    assertThat(it.states(next)).containsExactly("1 planned", "2 unchanged UNCHANGED");
  }

  @Test
  void aFirstReadingAndOneAfterAnEmptyOneCompareWithNothing() {
    known();
    read(archived(7));
    read();
    read(archived(7), active(9));
    assertThat(compared).isEmpty();
    assertThat(leavers.standing()).isEmpty();
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("7");

    read(archived(7), active(9));
    assertThat(leavers.standing()).as("it is archived and holds slots").hasSize(1);
  }

  @Test
  void whatIsComparedIsWhoHoldsAndHowManyAreLost() {
    known();
    read(active(7), active(8), active(50), active(51));
    read(archived(7), active(50));
    assertThat(compared)
        .containsExactly(
            new Comparison(
                CENTRE,
                4,
                2,
                List.of(
                    new Holder(7, true, Listed.ARCHIVED),
                    new Holder(8, true, Listed.NOT),
                    new Holder(9, false, Listed.NOT))));
  }

  @Test
  void anAccountWithTwoRolesOrAnotherCentreIsStillThere() {
    known();
    read(active(7), active(8), active(9));
    readAs(13, active(8));
    read(new User(7, 4, true, null, null), active(7), active(9));
    assertThat(leavers.standing()).isEmpty();
  }

  @Test
  void aPromotedTraineeKeepsTheId() {
    known();
    read(new User(7, 4, false, null, null), active(8), active(9));
    read(new User(7, 5, false, null, null), active(8), active(9));
    assertThat(leavers.standing()).isEmpty();
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("7");
  }

  @Test
  void aSlotIsListedUntilItIsKnownAgain() {
    known();
    read(active(7), active(8), active(9));
    read(archived(7), active(8), active(9));
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    Claim first = it.sending(1);
    it.lines.settle(first, RUN, LedgerFixture.waiting(NOON));
    assertThat(leavers.slots()).as("its answer was lost").hasSize(3);
    it.lines.settle(it.sending(1), RUN, sent());
    assertThat(leavers.slots())
        .containsExactly(new LeftSlot(7, 2, DEFAULT_ASSESSOR), new LeftSlot(7, 1, AIM));

    // who took over leaves too
    read(archived(7), archived(8), active(9));
    assertThat(leavers.standing())
        .containsExactly(new Leaver(7, true, 2, 2), new Leaver(8, true, 2, 2));
  }

  @Test
  void whoIsBackIsListedNoMoreAndTheSlotsStayUnknown() {
    known();
    read(active(7), active(8), active(9));
    read(archived(7), active(9));
    read(active(7), active(9));
    assertThat(leavers.standing()).extracting(Leaver::account).containsExactly(8L);
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("unknown");
  }

  @Test
  void whatIsForgottenIsListedNoMore() throws ActionRefused {
    Slots slots = new Slots(it.ledger);
    long file = known();
    read(active(7), active(8), active(9));
    read(archived(7), archived(8), active(9));
    assertThat(slots.forget(SlotsOf.learner(2))).isEqualTo(1);
    assertThat(leavers.slots()).hasSize(3).noneMatch(slot -> slot.learner() == 2);
    assertThat(slots.forget(SlotsOf.file(file)))
        .as("and learner 4's, which was known")
        .isEqualTo(4);
    assertThat(leavers.slots()).isEmpty();
    assertThat(slots.forget(SlotsOf.all())).isZero();
  }

  @Test
  void additionalAssignmentsBecomeUnknownAndAreNotListed() {
    it.released(LedgerFixture.additionalEmployer(1, 1, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    read(active(7), active(9));
    read(archived(7), active(9));
    assertThat(it.slot(1, "additional/7")).isEqualTo("unknown");
    assertThat(leavers.slots()).containsExactly(new LeftSlot(7, 2, DEFAULT_ASSESSOR));
  }

  @Test
  void aFileThatWasComparedBeforeIsReadAgain() {
    known();
    read(active(7), active(8), active(9));
    long file = it.file();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7));
    read(archived(7), active(8), active(9));
    assertThat(it.releases.release(file, null, NOON)).isEqualTo(Releases.Release.READ_AGAIN);
  }

  @Test
  void anErasedLearnerIsListedNoMore() throws ActionRefused {
    long file = known();
    it.report(file);
    read(active(7), active(8), active(9));
    read(archived(7), active(8), active(9));
    new PersonErasure(it.ledger).erase(1, NOON);
    assertThat(it.number("SELECT COUNT(*) FROM leaver_slot WHERE learner = 1")).isZero();
    assertThat(leavers.slots()).hasSize(1);
  }

  /** 7 has learners 1 (twice) and 2, 8 has 3, 9 has 4. */
  private long known() {
    long file =
        it.released(
            ask(1, 1, DEFAULT_ASSESSOR, 7),
            ask(2, 1, AIM, 7),
            ask(3, 2, DEFAULT_ASSESSOR, 7),
            ask(4, 3, DEFAULT_ASSESSOR, 8),
            ask(5, 4, DEFAULT_ASSESSOR, 9));
    it.sendAll();
    return file;
  }

  private static User active(long id) {
    return new User(id, 5, false, null, null);
  }

  private static User archived(long id) {
    return new User(id, 5, true, null, null);
  }

  private void read(User... users) {
    readAs(CENTRE, users);
  }

  private void readAs(int centre, User... users) {
    long unused = directory.ask(centre, false);
    CentreReading reading =
        directory.begin(
            directory.wanted().stream()
                .filter(standing -> standing.organisation() == centre)
                .findFirst()
                .orElseThrow(),
            NOON);
    reading.addUsers(Arrays.asList(users));
    reading.complete(this::left);
  }

  /** Without the guard, which is another class's. */
  private Set<Long> left(Comparison comparison) {
    compared.add(comparison);
    return comparison.holders().stream()
        .filter(
            holder ->
                holder.now() == Listed.ARCHIVED
                    || (holder.wasListed() && holder.now() == Listed.NOT))
        .map(Holder::account)
        .collect(Collectors.toSet());
  }
}
