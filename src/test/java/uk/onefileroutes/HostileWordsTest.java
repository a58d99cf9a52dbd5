package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestBundle.Setup;

/**
 * Words from outside that would steer a terminal, turn a line round or hide in it: the sender gets
 * its own columns back as they were, and whatever we say holds none of them.
 */
@Timeout(600)
class HostileWordsTest {
  private static final String WORDS = "\u001b[2J\u009b2J\u202e\u2066\u200b\u0085";
  private static final String STEERING = "[\\p{Cc}\\p{Cf}\u2028\u2029&&[^\r\n]]";

  @Test
  void theySteerNobodyWhoReadsWhatWeSayOfThem() throws Exception {
    try (TestBundle bundle = TestBundle.start(Setup.plain())) {
      bundle
          .simulator()
          .faults()
          .add(
              Fault.answer(404)
                  .withError(-7, "Nobody " + WORDS + " here")
                  .on(Selection.users().forLearner(501002)));
      String name = "ex" + WORDS + "port.csv";
      bundle.drop(
          name,
          "learner_id,role,kind,assignee_id\n"
              + ("50" + WORDS + ",assessor,default,700001\n")
              + "501002,assessor,default,700001\n");
      Path results = bundle.awaitResults(name);

      String answered = Files.readString(results);
      assertThat(answered).contains("50" + WORDS + ",assessor", ",invalid,", "Nobody", "here");
      // its own columns only
      assertThat(answered.replaceFirst(Pattern.quote("50" + WORDS), ""))
          .doesNotContainPattern(STEERING);
      assertThat(results.getFileName().toString()).doesNotContainPattern(STEERING);

      bundle.drop("other.csv", "lear" + WORDS + "ner,role" + WORDS + "\n1,2\n");
      assertThat(bundle.awaitAnswer("other.csv").results()).isNull();
      assertThat(Files.readString(bundle.data().resolve("refused/other.csv.error.txt")))
          .doesNotContainPattern(STEERING);
    }
  }
}
