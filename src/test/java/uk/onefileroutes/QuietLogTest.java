package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestBundle;

/** Three lines a file where all is well, and each line says what it is about. */
class QuietLogTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";
  private static final String REFUSED = "It is in refused with an error.txt beside it";
  private static final String ONE_ROW_AND_A_HALF =
      """
      [{"learner_id": 9, "role": "assessor", "kind": "default", "assignee_id": 501},
       {"learner_id": 10, "ro""";

  @Test
  void aFileIsALineWhenReceivedReleasedAndDoneAndALineOfACallNamesItsRow() throws Exception {
    try (TestBundle bundle =
            TestBundle.start(
                TestBundle.Setup.plain()
                    .withKey("delivery.outage.pause", "100ms")
                    .withKey("delivery.concurrency", "1")
                    .withFeedKey("limit.rows", "6")
                    // none comes again before five different ones have failed
                    .withKey("delivery.retry.first", "3s"));
        LogLines log = LogLines.open()) {
      bundle.drop("well.csv", HEADER + "1,assessor,default,501\n2,assessor,default,501\n");
      bundle.awaitResults("well.csv");
      TestBundle.await("the last line").until(() -> log.with().size() >= 3);

      List<String> lines = log.with();
      assertThat(lines).hasSize(3);
      assertThat(lines.get(0)).startsWith("INFO File 1 received: well.csv of feed test");
      assertThat(lines.get(1)).startsWith("INFO File 1 released: ");
      assertThat(lines.get(2)).startsWith("INFO File 1 done: 2 sent");
      assertThat(lines).allSatisfy(line -> assertThat(line).endsWith(" {feed=test, file=1}"));

      bundle.simulator().faults().add(Fault.answer(503).on(Selection.users().next(5)));
      StringBuilder rows = new StringBuilder(HEADER);
      for (int learner = 1; learner <= 6; learner++) {
        rows.append(learner).append(",assessor,default,502\n");
      }
      bundle.drop("outage.csv", rows.toString());
      bundle.awaitResults("outage.csv");

      assertThat(log.with("Paused until"))
          .singleElement()
          .asString()
          .matches(".*\\{feed=test, file=2, row=\\d}");
      bundle.drop("cut.json", ONE_ROW_AND_A_HALF);
      bundle.awaitAnswer("cut.json");
      bundle.drop("many.csv", rows.append("7,assessor,default,502\n").toString());
      bundle.awaitAnswer("many.csv");
      bundle.drop("nothing.csv", "no,header,here\n1,2,3\n");
      bundle.awaitAnswer("nothing.csv");
      // said right after the ledger knows; the alarm may say it too
      TestBundle.await("it is said").until(() -> log.with(REFUSED).size() == 3);
      assertThat(log.with(REFUSED).get(0)).endsWith(" {feed=test, file=3}");
      assertThat(log.with(REFUSED).get(2)).endsWith(" {feed=test, file=5}");
      assertThat(log.with("exception is ignored")).as("lines of Camel's").isEmpty();
    }
  }
}
