package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.ledger.AuditLog;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ports.ManagementServer;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.TestBundle;

/** Who did what, however it was asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PortsFixture ports;

  @BeforeAll
  void start() throws Exception {
    ports = PortsFixture.start(TestBundle.Setup.plain());
  }

  @AfterAll
  void stop() throws Exception {
    ports.close();
  }

  @Test
  void eachWayLeavesAnEntryWithWhoAndHowThingsStoodBeforeAndAfter() throws Exception {
    String management = ports.management + ManagementServer.MBEANS;
    String console = ports.console + "/jolokia";

    assertThat(tell(management, "page", "Pace", "setPace", "30").path("value").asText())
        .isEqualTo("Set the pace from unlimited to 30 calls per minute.");
    assertNewest(PortsFixture.USER, "page", "set-pace", "the pace", "unlimited calls", "30 calls");

    tell(management, "command/al.ice+", "Pace", "resetPace");
    assertNewest(
        PortsFixture.USER + " (al.ice_)",
        "command",
        "reset-pace",
        "the pace",
        "30 calls",
        "unlimited calls");

    tell(management, null, "Pace", "setPlan", "nights", "2020-01-01 00:00-2020-01-02 00:00 at 10");
    assertNewest(PortsFixture.USER, "http", "set-plan", "nights", "plan []", "plan [nights");

    tell(console, "page", "Pace", "removePlan", "nights");
    assertNewest(PortsFixture.USER, "console", "remove-plan", "nights", "plan [nights", "plan []");

    ManagementFactory.getPlatformMBeanServer()
        .invoke(
            new ObjectName("onefile:type=Delivery"),
            "pause",
            new Object[] {"an inspection"},
            new String[] {"java.lang.String"});
    assertNewest(
        System.getProperty("user.name"), "jmx", "pause", "delivery", "Open.", "an inspection");
    tell(management, "page", "Delivery", "resume");
    assertNewest(PortsFixture.USER, "page", "resume", "delivery", "an inspection", "Open.");
  }

  @Test
  void whatAFileWasAndBecameIsKeptAndSoIsARefusal() throws Exception {
    String management = ports.management + ManagementServer.MBEANS;
    ports.bundle.drop("kept.csv", "learner_id,role,kind,assignee_id\n1,assessor,default,2\n");
    assertThat(ports.bundle.awaitAnswer("kept.csv").file().state()).isEqualTo(FileState.DONE);

    assertThat(tell(management, "page", "Files", "release", "kept.csv").path("error").asText())
        .contains("only a held file can be released");
    assertNewest(
        PortsFixture.USER,
        "page",
        "release",
        "file 1, kept.csv",
        "done, 1 sent",
        "not done: File 1 is done; only a held file can be released.");

    tell(management, "page", "Files", "forget", "kept.csv");
    assertNewest(PortsFixture.USER, "page", "forget", "slots of file 1", "known", "1 were");
    tell(management, "page", "Directory", "refresh");
    assertNewest(
        PortsFixture.USER, "page", "refresh-directory", "all centres", "none", "not done: No file");
  }

  @Test
  void anActionThatACrashCutOffStaysWithoutItsEnd(@TempDir Path folder) {
    try (Ledger ledger = Ledger.open(LedgerLogin.embedded(folder), "onefile")) {
      AuditLog audit = new AuditLog(ledger);
      Instant noon = Instant.parse("2026-03-31T12:00:00Z");
      long first =
          audit.begin(new AuditLog.NewEntry(noon, "x", "jmx", "cancel", "a".repeat(2000), "b"));
      audit.begin(new AuditLog.NewEntry(noon, "x", "jmx", "retry", "all", "b"));
      audit.end(first, "c");
      audit.end(first, "too late");

      List<AuditLog.Entry> entries = audit.newest(10);
      assertThat(entries)
          .extracting(entry -> entry.begun().action())
          .containsExactly("retry", "cancel");
      assertThat(entries).extracting(AuditLog.Entry::after).containsExactly(null, "c");
      assertThat(entries.get(1).begun().subject()).hasSize(1100);
    }
  }

  private JsonNode tell(
      String base, @Nullable String client, String mbean, String operation, String... arguments)
      throws Exception {
    Map<String, String> headers = new HashMap<>(PortsFixture.login());
    if (client != null) {
      headers.put(Caller.HEADER, client);
    }
    return JSON.readTree(
        ports
            .post(
                base,
                PortsFixture.exec("onefile:type=" + mbean, operation, List.of(arguments)),
                headers)
            .body());
  }

  private void assertNewest(
      String who, String way, String action, String subject, String before, String after)
      throws Exception {
    JsonNode newest =
        JSON.readTree(
                (String)
                    ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                            new ObjectName("onefile:type=Audit"),
                            "entries",
                            new Object[] {"1"},
                            new String[] {"java.lang.String"}))
            .get(0);
    assertThat(newest.path("who").asText()).isEqualTo(who);
    assertThat(newest.path("way").asText()).isEqualTo(way);
    assertThat(newest.path("action").asText()).isEqualTo(action);
    assertThat(newest.path("subject").asText()).isEqualTo(subject);
    assertThat(newest.path("before").asText()).contains(before);
    assertThat(newest.path("after").asText()).contains(after);
    assertThat(Instant.parse(newest.path("at").asText())).isBeforeOrEqualTo(Instant.now());
  }
}
