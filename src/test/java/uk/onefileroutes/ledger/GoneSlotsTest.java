package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.invalid;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.GoneSlots.Gone;
import uk.onefileroutes.ledger.GoneSlots.GoneSlot;
import uk.onefileroutes.plan.SlotRule;

/** What a feed's last file held and the next one does not name. */
class GoneSlotsTest extends WithLedger {

  private Gone gone(long file) {
    return new GoneSlots(it.ledger).with(it.files.find(file).orElseThrow(), 2);
  }

  @Test
  void theFirstFileOfAFeedMissesNothing() {
    long first = it.file();
    it.store(first, ask(1, 1, DEFAULT_ASSESSOR, 7));

    assertThat(gone(first)).isEqualTo(Gone.NOTHING);
    assertThat(gone(first).sentence()).isEmpty();
  }

  @Test
  void whatTheLastReleasedFileHeldAndThisOneDoesNotNameIsGone() {
    it.released(ask(1, 9, DEFAULT_ASSESSOR, 7));
    long last =
        it.released(
            ask(1, 1, DEFAULT_ASSESSOR, 7),
            ask(2, 2, DEFAULT_ASSESSOR, 7),
            ask(3, 3, DEFAULT_ASSESSOR, 7),
            ask(4, 4, DEFAULT_ASSESSOR, 7),
            ask(5, 4, DEFAULT_ASSESSOR, 8),
            invalid(6));
    it.held(ask(1, 1, DEFAULT_ASSESSOR, 7));
    long file = it.file();
    // another assignee is a change, and nothing is gone
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 8), ask(2, 2, "learning-aim/5/iqa", 7));

    Gone gone = gone(file);
    assertThat(gone)
        .isEqualTo(
            new Gone(
                last,
                4,
                3,
                0,
                List.of(
                    new GoneSlot(2, 2, DEFAULT_ASSESSOR, 7),
                    new GoneSlot(3, 3, DEFAULT_ASSESSOR, 7))));
    assertThat(gone.sentence())
        .isEqualTo("3 slots that file %d held are not named any more.".formatted(last));
  }

  @Test
  void itIsFoundOverPages() {
    List<NewRow> many = new ArrayList<>();
    for (int i = 1; i <= 4500; i++) {
      many.add(ask(i, i, DEFAULT_ASSESSOR, 7));
    }
    it.released(many.toArray(NewRow[]::new));
    long file = it.file();
    it.rows.store(file, many.subList(10, 4490), new SlotRule(Trust.FOR_EVER, NOON), NOON);

    assertThat(gone(file).slots()).isEqualTo(20);
  }
}
