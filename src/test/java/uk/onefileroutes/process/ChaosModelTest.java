package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.process.ChaosEvidence.AnsweredRow;
import uk.onefileroutes.process.ChaosRow.Ask;
import uk.onefileroutes.process.ChaosRow.Slot;

/** Whether the chaos rounds would see a row that is wrongly unchanged. */
class ChaosModelTest {
  private static final Slot SLOT = new Slot(1, "default/assessor");
  private final List<AnsweredRow> rows = new ArrayList<>();

  @ParameterizedTest(name = "{0}, {1} attempts, {2} refused: held {3}")
  @CsvSource({
    "sent, 1, 0, '[8]'",
    // an attempt without an answer may have been carried out
    "superseded, 2, 1, '[7, 8]'",
    "blocked, 1, 0, '[7, 8]'",
    // a refused one changed nothing
    "superseded, 2, 2, '[7]'",
    "superseded, 0, 0, '[7]'"
  })
  void whatIsUnchangedWasHeldForSure(String state, int attempts, int refusals, String held) {
    row(7, "sent", 1, 0);
    row(8, state, attempts, refusals);
    row(7, "unchanged", 0, 0);
    if (held.equals("[7]")) {
      assertThat(wronglyUnchanged()).isEmpty();
    } else {
      assertThat(wronglyUnchanged()).singleElement().asString().endsWith("held " + held);
    }
  }

  @Test
  void whatWasSentLastMayBeUnchanged() {
    row(7, "sent", 1, 0);
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
