package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.alarm.Alarm;
import uk.onefileroutes.alarm.AlarmCode;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.testing.SettableTime;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestBundle.Setup;

/** Rows hold from a day on, by real files and calls, on the clocks of London. */
class EffectiveFromTest {
  private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
  private static final String HEADER = "learner_id,role,kind,assignee_id,effective_from\n";
  private static final String D1 =
      HEADER
          + "501001,assessor,default,700001,\n"
          + "501001,employer,default,700004,2026-06-05\n"
          + "501002,assessor,default,700001,2026-06-05\n"
          + "501003,assessor,default,700001,2026-05-31\n";

  @Test
  void aRowIsSentWhenItsDayOpensAndAnsweredAtTheCutOffAndAgain() throws Exception {
    SettableTime time = new SettableTime(Instant.parse("2026-06-03T09:00:00Z"));
    try (TestBundle bundle = TestBundle.start(Setup.at(time).withRouteFigures())) {
      bundle.drop("d1.csv", D1);
      awaitTally(bundle, 1, RowState.SENT, 2);
      assertThat(bundle.simulator().state().defaultAssessors()).containsOnlyKeys(501001, 501003);

      time.advance(Duration.ofHours(25)); // the cut-off
      Path first = awaitNamed(bundle, "d1.results.csv");
      assertThat(Files.readAllLines(first))
          .satisfiesExactly(
              line -> assertThat(line).contains("result_status"),
              line -> assertThat(line).contains(",sent,SENT,"),
              line -> assertThat(line).contains(",planned,NOT_YET,Not sent before 2026-06-05."),
              line -> assertThat(line).contains(",planned,NOT_YET,"),
              line -> assertThat(line).contains(",sent,SENT,"));
      assertThat(bundle.instance().alarms().standing())
          .as("nobody is late")
          .extracting(Alarm::code)
          .doesNotContain(AlarmCode.BACKLOG); // the far side's clock is another, which may be told

      time.advanceTo(Instant.parse("2026-06-04T22:59:50Z")); // 23:59:50 in London
      int calls = bundle.simulator().calls().size();
      awaitTicks(bundle, "open-days", 2);
      awaitTicks(bundle, "deliver", 2);
      assertThat(bundle.simulator().calls()).as("the day has not opened").hasSize(calls);
      time.advanceTo(Instant.parse("2026-06-04T23:00:01Z"));
      awaitTally(bundle, 1, RowState.SENT, 4);
      assertThat(bundle.simulator().state().defaultAssessors()).containsEntry(501002, 700001);
      TestBundle.await("the complete answer")
          .until(
              () -> bundle.names("results").stream().filter(n -> n.startsWith("d1.")).count() == 2);
    }
  }

  @Test
  void aNewerFileTakesThePlaceOfWhatWaits() throws Exception {
    SettableTime time = new SettableTime(Instant.parse("2026-06-03T09:00:00Z"));
    try (TestBundle bundle = TestBundle.start(Setup.at(time))) {
      bundle.drop("d1.csv", D1);
      awaitTally(bundle, 1, RowState.SENT, 2);
      bundle.drop(
          "d2.csv",
          HEADER
              + "501001,assessor,default,700001,\n"
              + "501001,employer,default,700004,2026-06-05\n"
              + "501002,assessor,default,700003,\n"
              + "501003,assessor,default,700001,31/05/2026\n");
      awaitTally(bundle, 2, RowState.SENT, 1);
      List<String> before = Files.readAllLines(bundle.awaitResults("d1.csv"));
      assertThat(before.get(2)).contains(",superseded,SUPERSEDED,");
      assertThat(before.get(3)).contains(",superseded,SUPERSEDED,");

      time.advanceTo(Instant.parse("2026-06-05T06:00:00Z"));
      List<String> lines = Files.readAllLines(bundle.awaitResults("d2.csv"));
      assertThat(lines.get(1)).contains(",unchanged,UNCHANGED,");
      assertThat(lines.get(2)).contains(",sent,SENT,");
      assertThat(lines.get(3)).contains(",sent,SENT,");
      assertThat(lines.get(4))
          .contains(",invalid,NOT_A_DATE,")
          .contains("is not a day; write it as 2026-09-01.");
      Simulator far = bundle.simulator();
      assertThat(far.state().defaultAssessors()).containsEntry(501002, 700003);
      assertThat(far.state().defaultEmployers()).containsEntry(501001, 700004);
    }
  }

  /** Waits until a route has run so often from now on. */
  private static void awaitTicks(TestBundle bundle, String route, int times) throws Exception {
    ObjectName name =
        new ObjectName(
            "org.apache.camel:context=%s,type=routes,name=\"%s\""
                .formatted(bundle.instance().camel().getName(), route));
    long before = (Long) JMX.getAttribute(name, "ExchangesCompleted");
    TestBundle.await(times + " ticks of " + route)
        .until(() -> (Long) JMX.getAttribute(name, "ExchangesCompleted") >= before + times);
  }

  private static Path awaitNamed(TestBundle bundle, String name) {
    TestBundle.await(name).until(() -> bundle.names("results").contains(name));
    return bundle.results().resolve(name);
  }

  private static void awaitTally(TestBundle bundle, long file, RowState state, long amount) {
    TestBundle.await(amount + " " + state)
        .until(() -> bundle.instance().files().tally(file).getOrDefault(state, 0L) == amount);
  }
}
