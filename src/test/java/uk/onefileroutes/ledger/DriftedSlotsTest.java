package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.DriftedSlots.Change;
import uk.onefileroutes.ledger.DriftedSlots.Left;
import uk.onefileroutes.ledger.DriftedSlots.What;
import uk.onefileroutes.ledger.Slots.Held;
import uk.onefileroutes.plan.SlotRule;

/** A change by hand in Onefile, as the ledger forgets or keeps it. */
class DriftedSlotsTest extends WithLedger {
  private DriftedSlots drifted;
  private Slots slots;

  @BeforeEach
  void open() {
    drifted = new DriftedSlots(it.ledger);
    slots = new Slots(it.ledger);
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.sendAll();
  }

  @Test
  void whatIsForgottenIsSentByTheNextFile() {
    assertThat(change(What.FORGET, 9L)).isOne();
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("unknown");
    assertThat(state(7)).isEqualTo("1 planned");
  }

  @Test
  void whatIsKeptStaysUntilAFileAsksForSomebodyElse() {
    assertThat(change(What.KEEP, 9L)).isOne();
    assertThat(held()).containsExactly(new Held(DEFAULT_ASSESSOR, 9, NOON, 7L));
    assertThat(state(7)).isEqualTo("1 unchanged KEPT_BY_HAND");
    assertThat(state(7)).isEqualTo("1 unchanged KEPT_BY_HAND");
    assertThat(state(8)).isEqualTo("1 planned");
    it.sendAll();
    assertThat(held()).containsExactly(new Held(DEFAULT_ASSESSOR, 8, NOON));
    assertThat(state(7)).as("it was asked for before").isEqualTo("1 planned");
  }

  @Test
  void aFileThatAsksForWhatWasMadeByHandEndsIt() {
    change(What.KEEP, 9L);
    long held = it.file();
    it.rows.store(
        held, List.of(ask(1, 1, DEFAULT_ASSESSOR, 9)), new SlotRule(Trust.FOR_EVER, NOON), NOON);
    assertThat(it.states(held)).containsExactly("1 unchanged UNCHANGED");
    assertThat(held()).as("it is not released yet").first().matches(s -> s.keptFor() != null);
    it.release(held);
    assertThat(held()).containsExactly(new Held(DEFAULT_ASSESSOR, 9, NOON));
    assertThat(state(7)).as("the files changed their mind").isEqualTo("1 planned");
  }

  @Test
  void nobodyIsKeptToo() {
    assertThat(change(What.KEEP, null)).isOne();
    assertThat(held()).containsExactly(new Held(DEFAULT_ASSESSOR, Held.NOBODY, NOON, 7L));
    assertThat(slots.learners(SlotsOf.all(), Slots.READABLE, 0, 9))
        .as("it is compared again")
        .containsExactly(1L);
    assertThat(state(7)).isEqualTo("1 unchanged KEPT_BY_HAND");
    assertThat(change(What.KEEP, 9L)).as("somebody is put there").isOne();
    assertThat(held()).containsExactly(new Held(DEFAULT_ASSESSOR, 9, NOON, 7L));
    assertThat(change(What.KEEP, null)).isOne();
    assertThat(change(What.TAKE_BACK, 7L)).isOne();
    assertThat(held()).containsExactly(new Held(DEFAULT_ASSESSOR, 7, NOON));
    assertThat(state(7)).isEqualTo("1 unchanged UNCHANGED");
  }

  @Test
  void forgettingEndsWhatIsKept() throws Exception {
    change(What.KEEP, null);
    assertThat(slots.forget(SlotsOf.learner(1))).isOne();
    assertThat(state(7)).isEqualTo("1 planned");
    it.sendAll();
    change(What.KEEP, 9L);
    assertThat(slots.forget(SlotsOf.file(1))).isOne();
    assertThat(state(7)).isEqualTo("1 planned");
  }

  @Test
  void whatChangedSinceOrIsAboutToIsLeftAlone() {
    List<Held> compared = held();
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    assertThat(drifted.change(1, List.of(new Change(compared.get(0), What.KEEP, 9L))))
        .as("8 is about to be sent")
        .isZero();
    it.sendAll();
    assertThat(drifted.change(1, List.of(new Change(compared.get(0), What.KEEP, 9L)))).isZero();
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("8");
  }

  @Test
  void aFileThatIsBeingReadIsComparedAgain() {
    long file = it.file();
    it.rows.store(
        file, List.of(ask(1, 1, DEFAULT_ASSESSOR, 7)), new SlotRule(Trust.FOR_EVER, NOON), NOON);
    change(What.FORGET, 9L);
    assertThat(it.releases.release(file, null, NOON)).isEqualTo(Releases.Release.READ_AGAIN);
  }

  @Test
  void whatIsKeptCountsAsNoChangeOfItsFile() {
    change(What.KEEP, 9L);
    long file = it.file();
    SlotFigures figures =
        it.rows.store(
            file,
            List.of(ask(1, 1, DEFAULT_ASSESSOR, 7)),
            new SlotRule(Trust.FOR_EVER, NOON),
            NOON);
    assertThat(figures).isEqualTo(new SlotFigures(1, 0));
    SlotFigures later =
        it.rows.store(
            file,
            List.of(ask(2, 1, DEFAULT_ASSESSOR, 8)),
            new SlotRule(Trust.FOR_EVER, NOON),
            NOON);
    assertThat(figures.plus(later)).as("the later row counts").isEqualTo(new SlotFigures(1, 1));
  }

  @Test
  void whatTheLastComparisonLeftOutlivesTheProcess() {
    assertThat(drifted.left()).isEmpty();
    drifted.ended(new Left(NOON, 40, 2));
    drifted.ended(new Left(NOON.plusSeconds(60), 41, 3));
    it.reopen();
    assertThat(new DriftedSlots(it.ledger).left()).contains(new Left(NOON.plusSeconds(60), 41, 3));
  }

  private List<Held> held() {
    return slots.of(SlotsOf.all(), 1, Slots.READABLE).held();
  }

  private int change(What what, @Nullable Long found) {
    return drifted.change(1, List.of(new Change(held().get(0), what, found)));
  }

  /** What becomes of the row of a next file that asks for this assignee. */
  private String state(long assignee) {
    return it.states(it.released(ask(1, 1, DEFAULT_ASSESSOR, assignee))).get(0);
  }
}
