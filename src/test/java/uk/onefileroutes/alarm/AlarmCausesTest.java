package uk.onefileroutes.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.testing.TestBundle.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ledger.RetryOf;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestSftpServer;

/** Alarms of the real bundle, each raised and cleared by what it is about, and said once. */
@Timeout(300)
class AlarmCausesTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";

  @TempDir Path folder;

  @Test
  void whatOnefileDoesIsRaisedAndCleared() throws Exception {
    TestBundle.Setup setup =
        TestBundle.Setup.plain()
            .withKey("delivery.retry.attempts", "2")
            .withKey("delivery.retry.first", "50ms")
            .withKey("delivery.retry.longest", "50ms")
            .withKey("delivery.outage.pause", "1s")
            .withKey("report.cut-off", "3s");
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(setup)) {
      ArmedFault down = bundle.simulator().faults().add(Fault.answer(503).on(Selection.users()));
      bundle.drop("outage.csv", rows(1, 10));
      awaitStanding(bundle, AlarmCode.OUTAGE, AlarmCode.BACKLOG);
      down.remove();
      awaitStanding(bundle);
      assertThat(log.with("OUTAGE: ")).hasSize(2);
      assertThat(log.with("WARN OUTAGE: Onefile does not answer (HTTP 503)")).hasSize(1);
      assertThat(log.with("INFO OUTAGE: Onefile answers again")).hasSize(1);
      assertThat(log.with("WARN BACKLOG: file 1 of feed test has ", "its deadline is")).hasSize(1);
      assertThat(log.with("INFO BACKLOG: ")).hasSize(1);

      ArmedFault one =
          bundle.simulator().faults().add(Fault.answer(500).on(Selection.users().forLearner(99)));
      bundle.drop("blocked.csv", rows(99, 99));
      awaitStanding(bundle, AlarmCode.BLOCKED_ROWS);
      one.remove();
      bundle.instance().actions().retry(RetryOf.allBlocked(), Instant.now());
      awaitStanding(bundle);
      assertThat(log.with("WARN BLOCKED_ROWS: 1 assignment is blocked")).hasSize(1);

      ArmedFault refused = bundle.simulator().faults().add(Fault.answer(401).on(Selection.users()));
      bundle.drop("refused.csv", rows(200, 203));
      awaitStanding(bundle, AlarmCode.UNAUTHORISED, AlarmCode.BACKLOG);
      bundle.stopInstance();
      refused.remove();
      bundle.startInstance();
      assertThat(standing(bundle))
          .as("until Onefile shows otherwise")
          .contains(AlarmCode.UNAUTHORISED);
      await("the rest is sent").until(() -> done(bundle) == 3);
      // the backlog's came back soon, and must be gone for longer
      await("it is over").until(() -> !standing(bundle).contains(AlarmCode.UNAUTHORISED));
      assertThat(log.with("UNAUTHORISED: ")).hasSize(2);
      assertThat(log.with("WARN UNAUTHORISED: ", "onefile.customer-token")).hasSize(1);
      assertThat(log.with("INFO UNAUTHORISED: Onefile accepts the customer token")).hasSize(1);
    }
  }

  @Test
  void aLedgerThatCannotBeWrittenIsRaisedAndCleared() throws Exception {
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(TestBundle.Setup.plain());
        Connection ledger = connect(bundle);
        Statement statement = ledger.createStatement()) {
      // what a write leaves that is only tried
      statement.execute("ALTER TABLE pause ADD CONSTRAINT troubled CHECK (step > 0)");
      awaitStanding(bundle, AlarmCode.DISK);
      statement.execute("ALTER TABLE pause DROP CONSTRAINT troubled");
      awaitStanding(bundle);
      assertThat(log.with("DISK: ")).hasSize(2);
      assertThat(log.with("ERROR DISK: the ledger can't be written", "no restart is needed"))
          .hasSize(1);
      assertThat(log.with("INFO DISK: " + bundle.data(), "can be written again")).hasSize(1);
    }
  }

  @Test
  void anSftpServersKeyAndLoginAreRaisedAndCleared() throws Exception {
    Path knownHosts = folder.resolve("known_hosts");
    try (LogLines log = LogLines.open();
        TestSftpServer server = TestSftpServer.start()) {
      server.folder("outgoing");
      Map<String, String> keys = server.keys(knownHosts);
      String trusted = Files.readString(knownHosts);
      Files.writeString(knownHosts, "");
      TestBundle.Setup setup =
          TestBundle.Setup.plain()
              .withFeedKey("source", "sftp")
              .withFeedKey("directory", "")
              .withFeedKey("sftp.directory", "/outgoing")
              .withFeedKeys(keys)
              .withFeedKey("poll", "1s")
              .withFeedKey("sftp.password", "wrong");
      try (TestBundle bundle = TestBundle.start(setup)) {
        awaitStanding(bundle, AlarmCode.SFTP_HOST_KEY);
        assertThat(server.refusedLogins()).as("nothing is said to such a server").isZero();
        Files.writeString(knownHosts, trusted);
        awaitStanding(bundle, AlarmCode.SFTP_LOGIN);
        String message = bundle.instance().alarms().standing().get(0).message();
        assertThat(message).contains("feed test: files can't be fetched", "sftp.password");
        assertThat(log.with("SFTP_HOST_KEY: ")).hasSize(2);
        assertThat(log.with("trouble with")).as("an alarm is said once").isEmpty();
      }
    }
  }

  private static void awaitStanding(TestBundle bundle, AlarmCode... codes) {
    await("alarms " + List.of(codes))
        .until(() -> standing(bundle).equals(List.of(codes).stream().sorted().toList()));
  }

  private static List<AlarmCode> standing(TestBundle bundle) {
    return bundle.instance().alarms().standing().stream().map(Alarm::code).sorted().toList();
  }

  private static long done(TestBundle bundle) {
    return bundle.instance().files().in(FileState.DONE).size();
  }

  private static String rows(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(learner -> learner + ",assessor,default,900\n")
        .collect(Collectors.joining("", HEADER, ""));
  }

  private static Connection connect(TestBundle bundle) throws Exception {
    LedgerLogin place = LedgerLogin.embedded(bundle.data());
    return DriverManager.getConnection(place.url(), place.user(), place.password());
  }
}
