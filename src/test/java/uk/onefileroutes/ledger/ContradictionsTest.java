package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.invalid;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.Contradictions.Found;
import uk.onefileroutes.ledger.Contradictions.Pair;
import uk.onefileroutes.ledger.Contradictions.Refused;

/** Rows of one file that ask for different people in one slot. */
class ContradictionsTest extends WithLedger {
  @Test
  void theSameAgainIsNone() {
    long file = it.file();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 1, DEFAULT_ASSESSOR, 7));

    assertThat(it.rows.contradictions(file).find()).isEqualTo(new Found(0, List.of()));
    assertThat(it.rows.contradictions(file).refuse(NOON))
        .isEqualTo(new Refused(0, 0, 0, SlotFigures.NONE));
    assertThat(it.states(file)).containsExactly("1 superseded DUPLICATE_ROW", "2 planned");
  }

  @Test
  void theyAreFoundWithinAChunkAndOverChunks() {
    long file = it.file();
    it.store(
        file,
        ask(1, 1, DEFAULT_ASSESSOR, 7),
        ask(2, 1, DEFAULT_ASSESSOR, 8),
        ask(3, 2, DEFAULT_ASSESSOR, 7));
    it.store(file, ask(4, 2, DEFAULT_ASSESSOR, 8), ask(5, 1, DEFAULT_ASSESSOR, 9));

    assertThat(it.rows.contradictions(file).find())
        .isEqualTo(new Found(2, List.of(new Pair(1, 5), new Pair(2, 5), new Pair(3, 4))));
  }

  @Test
  void refusedTheyAreAllInvalidAndCountForNoSlot() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    long file = it.file();
    NewRow alsoInvalid = // another part of row 3
        NewRow.invalid(3, 1, "NOT_AN_ID", "No id.", null);
    SlotFigures before =
        it.store(
            file,
            ask(1, 1, DEFAULT_ASSESSOR, 7),
            ask(2, 2, DEFAULT_ASSESSOR, 7),
            ask(3, 1, DEFAULT_ASSESSOR, 8),
            alsoInvalid,
            invalid(4));
    Refused refused = it.rows.contradictions(file).refuse(NOON);

    assertThat(refused).isEqualTo(new Refused(1, 2, 1, new SlotFigures(-1, -1)));
    assertThat(before.plus(refused.slots())).isEqualTo(new SlotFigures(1, 0));
    assertThat(it.states(file))
        .containsExactly(
            "1 invalid CONTRADICTION",
            "2 unchanged UNCHANGED",
            "3 invalid CONTRADICTION",
            "3 invalid NOT_AN_ID",
            "4 invalid NOT_AN_ID");
    it.checkTallies();
    it.release(file);
    assertThat(it.sendAll()).isEmpty();
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("7");
  }

  @Test
  void itGoesOverPages() {
    List<NewRow> many = new ArrayList<>();
    for (int i = 1; i <= 1200; i++) {
      many.add(ask(2L * i, i, DEFAULT_ASSESSOR, 7));
      many.add(ask(2L * i + 1, i, DEFAULT_ASSESSOR, 8));
    }
    long file = it.file();
    it.store(file, many.toArray(NewRow[]::new));

    assertThat(it.rows.contradictions(file).find().slots()).isEqualTo(1200);
    assertThat(it.rows.contradictions(file).refuse(NOON).rows()).isEqualTo(2400);
    it.checkTallies();
  }
}
