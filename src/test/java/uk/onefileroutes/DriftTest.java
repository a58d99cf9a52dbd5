package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.alarm.Alarm;
import uk.onefileroutes.alarm.AlarmCode;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.OtherHands;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestBundle.Setup;

/** Somebody changes assignments by hand, and the comparison by the timetable finds it. */
class DriftTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";
  private static final String D1 =
      HEADER
          + "501001,assessor,default,700001\n"
          + "501002,assessor,default,700001\n"
          + "501002,employer,default,700004\n";

  @Test
  void whatIsKeptStaysUntilTheFileAsksForSomebodyElse() throws Exception {
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(setup("keep"))) {
      bundle.drop("d1.csv", D1);
      assertThat(lines(bundle, "d1.csv")).allMatch(line -> line.contains(",sent,"));
      OtherHands.change(bundle, 501002, "{\"DefaultAssessorID\": 700009}");
      awaitFound(log, 1, "1 drifted, 1 kept by hand, 0 forgotten");
      awaitFound(log, 1, "2 slots equal, 0 drifted, 1 kept by hand, 0 forgotten");

      bundle.drop("d2.csv", D1); // the same again
      assertThat(lines(bundle, "d2.csv"))
          .satisfiesExactly(
              line -> assertThat(line).contains(",unchanged,UNCHANGED,"),
              line ->
                  assertThat(line)
                      .contains(",unchanged,KEPT_BY_HAND,")
                      .contains("Onefile, which has 700009 there"),
              line -> assertThat(line).contains(",unchanged,UNCHANGED,"));
      assertThat(bundle.simulator().state().defaultAssessors()).containsEntry(501002, 700009);
      assertThat(bundle.instance().alarms().standing()).isEmpty();

      bundle.drop(
          "d3.csv", D1.replace("501002,assessor,default,700001", "501002,assessor,default,700003"));
      assertThat(lines(bundle, "d3.csv").get(1)).contains(",sent,SENT,");
      assertThat(bundle.simulator().state().defaultAssessors()).containsEntry(501002, 700003);
    }
  }

  @Test
  void whatIsForgottenIsSentByTheNextFile() throws Exception {
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(setup("forget"))) {
      bundle.drop("d1.csv", D1);
      assertThat(lines(bundle, "d1.csv")).hasSize(3);
      OtherHands.change(bundle, 501002, "{\"DefaultAssessorID\": 700009}");
      awaitFound(log, 1, "1 drifted, 0 kept by hand, 1 forgotten");

      bundle.drop("d2.csv", D1);
      assertThat(lines(bundle, "d2.csv"))
          .satisfiesExactly(
              line -> assertThat(line).contains(",unchanged,UNCHANGED,"),
              line -> assertThat(line).contains(",sent,SENT,"),
              line -> assertThat(line).contains(",unchanged,UNCHANGED,"));
      assertThat(bundle.simulator().state().defaultAssessors()).containsEntry(501002, 700001);
    }
  }

  @Test
  void whatIsReportedIsAnAlarmUntilItIsOver() throws Exception {
    try (TestBundle bundle = TestBundle.start(setup("report"))) {
      bundle.drop("d1.csv", D1);
      assertThat(lines(bundle, "d1.csv")).hasSize(3);
      OtherHands.change(bundle, 501002, "{\"DefaultAssessorID\": 700009}");
      awaitAlarm(bundle, 1);
      assertThat(bundle.instance().alarms().standing().get(0).message())
          .contains("1 slot is not as the ledger says", "2 learners");
      bundle.drop("d2.csv", D1);
      assertThat(lines(bundle, "d2.csv")).allMatch(line -> line.contains(",unchanged,UNCHANGED,"));

      OtherHands.change(bundle, 501002, "{\"DefaultAssessorID\": 700001}");
      awaitAlarm(bundle, 0);
    }
  }

  private static Setup setup(String onDrift) {
    return Setup.plain()
        .withKey("verify.at", "0/1 * * * * ?")
        .withKey("verify.on-drift", onDrift)
        .withFeedKey("plan.hold.older", "false");
  }

  private static void awaitFound(LogLines log, int atLeast, String what) {
    TestBundle.await(what)
        .until(() -> log.with("Verification of all learners done", what).size() >= atLeast);
  }

  private static void awaitAlarm(TestBundle bundle, int amount) {
    TestBundle.await(amount + " alarms")
        .until(
            () ->
                bundle.instance().alarms().standing().stream()
                        .map(Alarm::code)
                        .filter(AlarmCode.DRIFT::equals)
                        .count()
                    == amount);
  }

  private static List<String> lines(TestBundle bundle, String name) throws Exception {
    List<String> all = Files.readAllLines(bundle.awaitResults(name));
    return IntStream.range(1, all.size()).mapToObj(all::get).toList();
  }
}
