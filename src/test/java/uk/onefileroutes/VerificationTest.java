package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.testing.OtherHands;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestBundle.Setup;

/** The ledger is compared with the far side, and corrected, as a person does it. */
class VerificationTest {
  private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXPORT =
      """
      learner_id,role,kind,assignee_id,standard_id
      501001,assessor,default,700001,
      501002,assessor,default,700001,
      501002,employer,default,700004,
      501003,assessor,default,700001,
      501003,iqa,3,700002,4711
      """;

  @Test
  void driftIsReportedAndForgettingItMendsIt() throws Exception {
    try (TestBundle bundle = TestBundle.start(Setup.plain())) {
      bundle.drop("export.csv", EXPORT);
      assertThat(bundle.awaitResults("export.csv")).content().doesNotContain("rejected");
      OtherHands.change(bundle, 501002, "{\"DefaultAssessorID\": 700009}");
      long admitted = bundle.instance().pace().admissions();
      int calls = bundle.simulator().calls().size();

      assertThat(tell("Verification", "verifyAll"))
          .isEqualTo("Began to verify the slots of all learners: 3 learners, at least 4 calls.");
      JsonNode report = awaitEnd();
      assertThat(report.path("state").asText()).isEqualTo("done");
      assertThat(report.path("equal").asLong()).isEqualTo(3);
      assertThat(report.path("levels").asLong()).isEqualTo(1);
      assertThat(report.path("notCompared").path(0).path("why").asText())
          .isEqualTo("Onefile's answer names no IQA");
      assertThat(report.path("drifted").asLong()).isEqualTo(1);
      JsonNode drift = report.path("drifts").path(0);
      assertThat(drift.path("learner").asLong()).isEqualTo(501002);
      assertThat(drift.path("slot").asText()).isEqualTo("default/assessor");
      assertThat(drift.path("ledger").asLong()).isEqualTo(700001);
      assertThat(drift.path("onefile").asLong()).isEqualTo(700009);
      assertThat(bundle.instance().pace().admissions()).isEqualTo(admitted + 4);
      assertThat(bundle.simulator().calls().stream().skip(calls))
          .extracting(call -> call.content().method() + " " + path(call))
          .containsExactly(
              "GET User/501001",
              "GET User/501002",
              "GET User/501003",
              "POST LearningAim/Search/1/50");

      assertThat(tell("Files", "forgetLearner", "501002"))
          .isEqualTo(
              "Forgot what 2 slots of learner 501002 hold; the next file that names them sends"
                  + " them.");
      bundle.drop("export.csv", EXPORT);
      List<String> lines = Files.readAllLines(bundle.awaitResults("export.csv"));
      assertThat(lines).filteredOn(line -> line.contains(",sent,SENT,")).hasSize(2);
      assertThat(lines).filteredOn(line -> line.contains(",unchanged,")).hasSize(3);
      tell("Verification", "verify", "export.csv");
      assertThat(awaitEnd().path("drifted").asLong()).isZero();

      assertThat(tell("Files", "forgetAll")).startsWith("Forgot what 5 slots of all learners");
      assertThat(tell("Files", "forget", "2"))
          .isEqualTo("No slot of file 2 was known; nothing is forgotten.");
      tell("Verification", "verifyAll");
      assertThat(awaitEnd().path("learners").asLong()).isZero();
    }
  }

  @Test
  void inAClosedWindowItWaitsAndSaysSo() throws Exception {
    try (TestBundle bundle = TestBundle.start(Setup.plain().withRouteFigures())) {
      bundle.drop("export.csv", EXPORT);
      assertThat(bundle.awaitResults("export.csv")).exists();
      tell("Pace", "setClosed", "now", "daily 00:00-24:00");
      int calls = bundle.simulator().calls().size();
      tell("Verification", "verifyLearner", "501001");
      long ticks = ticks();
      TestBundle.await("it had its chances").until(() -> ticks() > ticks + 1);
      JsonNode report = report();
      assertThat(report.path("state").asText()).isEqualTo("running");
      assertThat(report.path("waits").asText()).contains("now");
      assertThat(bundle.simulator().calls()).hasSize(calls);
      assertThatThrownBy(() -> tell("Verification", "verifyAll"))
          .rootCause()
          .hasMessage(
              "A verification of learner 501001 runs already, 0 of 1 learners read; stop it"
                  + " first, or wait.");

      tell("Pace", "removeClosed", "now");
      assertThat(awaitEnd().path("equal").asLong()).isEqualTo(1);

      tell("Delivery", "pause", "a look first");
      tell("Verification", "verifyAll");
      assertThat(tell("Verification", "stop")).isEqualTo("Stopped the verification.");
      assertThat(report().path("state").asText()).isEqualTo("stopped");
    }
  }

  @Test
  void whatCannotBeReadIsCountedAndAFailureIsTriedAgain() throws Exception {
    try (TestBundle bundle = TestBundle.start(Setup.plain())) {
      bundle.drop("export.csv", EXPORT);
      assertThat(bundle.awaitResults("export.csv")).exists();
      var faults = bundle.simulator().faults();
      faults.add(Fault.answer(404).on(user(501001)));
      faults.add(Fault.answer(401).on(user(501002).next(1)));
      faults.add(
          Fault.answer(200)
              .withBody("application/json", "{\"ID\": 501002, \"DefaultEmployerID\": null}")
              .on(user(501002)));
      faults.add(Fault.answer(500).on(user(501003).next(1)));

      tell("Verification", "verifyAll");
      JsonNode report = awaitEnd();
      assertThat(report.path("notFound").asLong()).isEqualTo(1);
      assertThat(report.path("notRead").path(0).path("learner").asLong()).isEqualTo(501001);
      assertThat(report.path("notSaid").asLong()).isEqualTo(1);
      assertThat(report.path("drifts").path(0).path("onefile").isNull()).isTrue();
      assertThat(report.path("drifted").asLong()).isEqualTo(1);
      assertThat(report.path("equal").asLong()).isEqualTo(1);
      assertThat(report.path("failed").asLong()).isZero();
      assertThat(bundle.simulator().calls())
          .filteredOn(call -> call.path().endsWith("/Authentication"))
          .hasSize(2);
    }
  }

  private static Selection user(int id) {
    return Selection.all().under(Simulator.BASE_PATH + "/User/" + id);
  }

  private static String path(Call call) {
    return call.path().substring(Simulator.BASE_PATH.length() + 1);
  }

  private static JsonNode awaitEnd() throws Exception {
    TestBundle.await("the verification ends")
        .until(() -> !report().path("state").asText().equals("running"));
    return report();
  }

  private static JsonNode report() throws Exception {
    return JSON.readTree((String) JMX.getAttribute(name("onefile:type=Verification,*"), "Report"));
  }

  /** How often the route was asked whether there is anything to read. */
  private static long ticks() throws Exception {
    return (Long)
        JMX.getAttribute(name("org.apache.camel:type=routes,name=\"verify\",*"), "ExchangesTotal");
  }

  private static ObjectName name(String pattern) throws Exception {
    return JMX.queryNames(new ObjectName(pattern), null).iterator().next();
  }

  private static String tell(String type, String operation, String... arguments) throws Exception {
    String[] signature = new String[arguments.length];
    Arrays.fill(signature, String.class.getName());
    return (String)
        JMX.invoke(name("onefile:type=" + type + ",*"), operation, arguments, signature);
  }
}
