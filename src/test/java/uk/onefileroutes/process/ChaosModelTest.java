package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.process.ChaosEvidence.AnsweredRow;
import uk.onefileroutes.process.ChaosRow.Ask;
import uk.onefileroutes.process.ChaosRow.Slot;

/** Whether the chaos rounds would see a row that is wrongly unchanged. */
class ChaosModelTest {
  private static final Slot SLOT = new Slot(1, "default/assessor");
  private final List<AnsweredRow> rows = new ArrayList<>();

  @Test
  void whatWasSentLastMayBeUnchanged() {
    row(7, "sent", 1, 0);
    row(7, "unchanged", 0, 0);
    assertThat(wronglyUnchanged()).isEmpty();
  }

  @Test
  void whatSomebodyElseTookIsNotUnchanged() {
    row(7, "sent", 1, 0);
    row(8, "sent", 1, 0);
    row(7, "unchanged", 0, 0);
    assertThat(wronglyUnchanged()).singleElement().asString().endsWith("held [8]");
  }

  @Test
  void anAttemptWithoutAnAnswerMayHaveBeenCarriedOut() {
    row(7, "sent", 1, 0);
    row(8, "superseded", 2, 1);
    row(7, "unchanged", 0, 0);
    assertThat(wronglyUnchanged()).singleElement().asString().endsWith("held [7, 8]");
  }

  @Test
  void aRefusedAttemptChangedNothing() {
    row(7, "sent", 1, 0);
    row(8, "superseded", 2, 2);
    row(7, "unchanged", 0, 0);
    assertThat(wronglyUnchanged()).isEmpty();
  }

  private void row(int assignee, String state, int attempts, int refusals) {
    ChaosRow asked =
        new ChaosRow("as the test says", ChaosRow.Meaning.ASKS, new Ask(SLOT, assignee));
    int file = rows.size() + 1;
    rows.add(new AnsweredRow(file, 1, asked, true, state, attempts, refusals));
  }

  private List<String> wronglyUnchanged() {
    return ChaosModel.of(rows).wronglyUnchanged();
  }
}
