package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.testing.PortsFixture.login;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.alarm.Alarm;
import uk.onefileroutes.alarm.AlarmCode;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ports.ManagementServer;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.TestBundle;

/**
 * While a stage of a file's way fails, the instance is not ready and says why, an alarm is raised,
 * and both are over by themselves.
 */
class StagesTest {
  private static final String FILE = "learner_id,role,kind,assignee_id\n%d,assessor,default,2\n";

  /**
   * @param check what the ledger takes: nothing at all, or all but the next file
   */
  @ParameterizedTest
  @ValueSource(strings = {"no = 1", "no < 2"})
  void aFileThatTheLedgerRefusesCostsNoNumberAndNoCopyUntilItIsAccepted(String check)
      throws Exception {
    try (PortsFixture ports = start()) {
      answer(ports, "first.csv", 1);
      execute(ports, "ALTER TABLE file ADD CONSTRAINT troubled CHECK (%s)".formatted(check));
      ports.bundle.drop("second.csv", FILE.formatted(2));
      awaitNotReady(ports, "intake", "files can't be accepted");
      awaitAlarm(ports, AlarmCode.LEDGER, "files can't be accepted: the ledger refuses it");
      Set<String> failures = new HashSet<>();
      TestBundle.await("it is tried again and again")
          .until(() -> failures.add(lastFailure(ports)) && failures.size() > 3);
      assertThat(ports.bundle.names("spool")).as("the copy that is being tried").hasSizeLessThan(2);
      TestBundle.await("no copy is kept").until(() -> ports.bundle.names("spool").isEmpty());
      assertThat(ports.bundle.names("inbox")).containsExactly("second.csv");

      execute(ports, "ALTER TABLE file DROP CONSTRAINT troubled");
      assertThat(answer(ports, "second.csv", 0).no()).as("the next number").isEqualTo(2);
      awaitWell(ports, "intake");
    }
  }

  /** Nobody should have to drop a file to find out. */
  @Test
  void aLedgerThatTakesNoFileIsKnownBeforeOneComes() throws Exception {
    try (PortsFixture ports = start()) {
      execute(ports, "ALTER TABLE file ADD CONSTRAINT troubled CHECK (no < 0)");
      awaitNotReady(ports, "intake", "files can't be accepted");
      execute(ports, "ALTER TABLE file DROP CONSTRAINT troubled");
      awaitWell(ports, "intake");
      assertThat(answer(ports, "first.csv", 1).no()).isEqualTo(1);
    }
  }

  @Test
  void aFileThatCannotBePlannedIsToldUntilItIs() throws Exception {
    try (PortsFixture ports = start()) {
      execute(ports, "ALTER TABLE file_row ADD CONSTRAINT troubled CHECK (row_no < 0)");
      ports.bundle.drop("first.csv", FILE.formatted(1));
      awaitNotReady(ports, "planning", "accepted files can't be planned (file 1)");
      execute(ports, "ALTER TABLE file_row DROP CONSTRAINT troubled");
      ports.bundle.awaitAnswer("first.csv");
      awaitWell(ports, "planning");
    }
  }

  @Test
  void anAnswerOfOnefileThatCannotBeWrittenDownIsToldUntilItIs() throws Exception {
    try (PortsFixture ports = start()) {
      execute(ports, "ALTER TABLE attempt ADD CONSTRAINT troubled CHECK (file_no < 0)");
      ports.bundle.drop("first.csv", FILE.formatted(1));
      awaitNotReady(ports, "settling", "calls and their answers can't be written down");
      execute(ports, "ALTER TABLE attempt DROP CONSTRAINT troubled");
      ports.bundle.awaitAnswer("first.csv");
      awaitWell(ports, "settling");
    }
  }

  /**
   * What can't be marked as on its way is not sent: delivery stands still, and somebody is told.
   */
  @Test
  void aRequestThatCannotBeMarkedIsToldUntilItIsSent() throws Exception {
    try (PortsFixture ports = start()) {
      execute(ports, "ALTER TABLE line ADD CONSTRAINT troubled CHECK (claim IS NULL)");
      ports.bundle.drop("first.csv", FILE.formatted(1));
      awaitNotReady(ports, "settling", "calls and their answers can't be written down");
      awaitAlarm(ports, AlarmCode.LEDGER, "calls and their answers can't be written down");
      execute(ports, "ALTER TABLE line DROP CONSTRAINT troubled");
      ports.bundle.awaitAnswer("first.csv");
      awaitWell(ports, "settling");
    }
  }

  @Test
  void aRequestThatIsNotAskedForAnyMoreIsNoTrouble() throws Exception {
    try (PortsFixture ports = start()) {
      execute(ports, "ALTER TABLE line ADD CONSTRAINT troubled CHECK (claim IS NULL)");
      ports.bundle.drop("first.csv", FILE.formatted(1));
      awaitNotReady(ports, "settling", "calls and their answers can't be written down");
      ports.bundle.decideAndAwaitAnswer("cancel", "first.csv");
      awaitWell(ports, "settling");
    }
  }

  @Test
  void resultsThatCannotBeWrittenAreToldUntilTheyAre() throws Exception {
    try (PortsFixture ports = start()) {
      Files.createFile(ports.bundle.results());
      ports.bundle.drop("first.csv", FILE.formatted(1));
      awaitNotReady(ports, "results", "results can't be written (file 1)");
      awaitAlarm(ports, AlarmCode.RESULTS, "results can't be written (file 1)");
      Files.delete(ports.bundle.results());
      Files.createDirectory(ports.bundle.results());
      ports.bundle.awaitAnswer("first.csv");
      awaitWell(ports, "results");
    }
  }

  /** What one file is, or what Onefile makes of a row, says nothing of the stages. */
  @Test
  void aFileThatIsRefusedIsNoFailureOfAStage() throws Exception {
    try (PortsFixture ports = start()) {
      answer(ports, "refused.csv", 0, "who,what\n1,2\n");
      assertThat(ready(ports).statusCode()).isEqualTo(200);
      assertThat(ports.bundle.instance().alarms().standing()).isEmpty();
    }
  }

  private static PortsFixture start() throws Exception {
    return PortsFixture.start(TestBundle.Setup.plain().withKey("report.try-again", "1s"));
  }

  /**
   * @param learner whose rows are dropped; 0 where the file lies there already
   */
  private static FileEntry answer(PortsFixture ports, String name, int learner, String... text)
      throws IOException {
    if (learner > 0) {
      ports.bundle.drop(name, FILE.formatted(learner));
    }
    for (String each : text) {
      ports.bundle.drop(name, each);
    }
    return ports.bundle.awaitAnswer(name).file();
  }

  private static void awaitNotReady(PortsFixture ports, String stage, String what)
      throws Exception {
    // right after the start it may be not ready for another reason
    HttpResponse<String> answer =
        TestBundle.await("not ready, for " + what)
            .until(() -> ready(ports), ready -> ready.body().contains(what + " "));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains(" since 2").doesNotContain("Exception");
    assertThat(metrics(ports)).contains("onefile_stage_failing{stage=\"" + stage + "\"} 1");
    assertThat(status(ports)).contains("\"stage\":\"" + stage + "\"", "\"lastFailedAt\":\"2");
  }

  private static void awaitAlarm(PortsFixture ports, AlarmCode code, String message) {
    TestBundle.await("the alarm " + code)
        .until(() -> ports.bundle.instance().alarms().stands(code));
    assertThat(ports.bundle.instance().alarms().standing()).hasSize(1);
    Alarm alarm = ports.bundle.instance().alarms().standing().get(0);
    assertThat(alarm.message()).contains(message).doesNotContain("Exception", ".csv");
  }

  private static void awaitWell(PortsFixture ports, String stage) throws Exception {
    TestBundle.await("ready").until(() -> ready(ports).statusCode() == 200);
    assertThat(metrics(ports)).contains("onefile_stage_failing{stage=\"" + stage + "\"} 0");
    assertThat(status(ports)).contains("\"troubles\":[]");
    TestBundle.await("no alarm").until(() -> ports.bundle.instance().alarms().standing().isEmpty());
  }

  private static String lastFailure(PortsFixture ports) throws Exception {
    Matcher last = Pattern.compile("\"lastFailedAt\":\"(2[^\"]*)").matcher(status(ports));
    return last.find() ? last.group(1) : "";
  }

  private static HttpResponse<String> ready(PortsFixture ports) throws Exception {
    return ports.get(ports.management + "/observe/health/ready", login());
  }

  private static String metrics(PortsFixture ports) throws Exception {
    return ports.get(ports.management + "/observe/metrics", login()).body();
  }

  private static String status(PortsFixture ports) throws Exception {
    return ports
        .jolokia(
            ports.management + ManagementServer.MBEANS,
            Map.of("type", "read", "mbean", "onefile:type=Delivery", "attribute", "Status"))
        .toString()
        .replaceAll("\\\\n|\\\\| ", "");
  }

  private static void execute(PortsFixture ports, String sql) throws SQLException {
    LedgerLogin place = LedgerLogin.embedded(ports.bundle.data());
    try (Connection ledger =
            DriverManager.getConnection(place.url(), place.user(), place.password());
        Statement statement = ledger.createStatement()) {
      statement.execute(sql);
    }
  }
}
