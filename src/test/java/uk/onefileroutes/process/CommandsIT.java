package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/** Commands as processes of their own, beside the running instance and without one. */
class CommandsIT {
  private static final Pattern BASE_URL = Pattern.compile("Simulating Onefile at (\\S+),");
  private static final String SHOWN_ONCE = "shown this once";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Simulator onefile;
  private Bundle.Setup setup;
  private DataFolder data;

  @BeforeEach
  void start() throws IOException {
    onefile = Simulator.start(SimulatorOptions.defaults());
    Path work = folder.resolve("work");
    setup = Bundle.Setup.toRun(work, onefile.baseUrl()).quickFeed();
    data = new DataFolder(work.resolve("data"));
  }

  @AfterEach
  void stop() {
    onefile.close();
  }

  private record Said(int exitCode, String text) {}

  private Said command(String... arguments) throws InterruptedException {
    try (Bundle command = setup.start(arguments)) {
      return new Said(command.exitCode(), command.output());
    }
  }

  @Test
  void theSimulatorFailsAsItIsTold() throws Exception {
    try (Bundle faulty =
        new Bundle.Setup(folder.resolve("faulty"))
            .start("simulate", "--port", "0", "--fault", "503 logins times 1")) {
      HttpRequest login =
          HttpRequest.newBuilder(URI.create(faulty.awaitOutput(BASE_URL) + "/Authentication"))
              .header("X-CustomerToken", "simulator-customer-token")
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      HttpClient client = HttpClient.newHttpClient();
      assertThat(client.send(login, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(503);
      assertThat(client.send(login, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aFaultOfTheSimulatorThatCannotBeReadIsToldWithWhatCanBeWritten() throws Exception {
    Said said = command("simulate", "--port", "0", "--fault", "500 evry 7");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.text())
        .contains("\"500 evry 7\" can't be read", "every 7")
        .doesNotContain("Simulating");
    assertThat(command("simulate", "--help").text()).contains("429 retry-after 30", "for 30s");
  }

  @Test
  void theRunningInstanceIsSeenAndTold() throws Exception {
    try (Bundle running = setup.start().awaitStarted()) {
      running.awaitOutput(SHOWN_ONCE);
      assertThat(command("pause", "a look first"))
          .isEqualTo(new Said(0, "Paused delivery: a look first.\n"));

      data.drop("export.csv", DataFolder.rows(5));
      running.awaitOutput("File 1 released");
      Said status = command("status");
      assertThat(status.exitCode()).isZero();
      assertThat(status.text())
          .contains("Paused by hand: a look first.", "5 requests (0 on their way", "inbox")
          .containsPattern("1 +inbox +export\\.csv +delivering +\\[ +\\] +0 % 5 planned");

      assertThat(command("cancel", "export.csv"))
          .isEqualTo(new Said(0, "Cancelled file 1, export.csv: 5 cancelled.\n"));
      assertThat(data.awaitResults("export.results.csv", running))
          .hasSize(5)
          .allMatch(row -> row.contains(",cancelled,CANCELLED,"));

      data.drop("second.csv", DataFolder.rows(3));
      running.awaitOutput("File 2 released");
      assertThat(command("resume")).isEqualTo(new Said(0, "Resumed delivery.\n"));
      assertThat(data.awaitResults("second.results.csv", running))
          .hasSize(3)
          .allMatch(row -> row.contains(",sent,SENT,"));
      running.awaitOutput("File 2 done");
      JsonNode json = JSON.readTree(command("status", "--json").text());
      assertThat(json.path("isRunning").asBoolean()).isTrue();
      assertThat(json.path("backlog").path("open").asLong()).isZero();
      assertThat(json.path("files").path(0).path("state").asText()).isEqualTo("done");
      assertThat(json.path("files").path(0).path("rows").path("sent").asLong()).isEqualTo(3);

      Said undo = command("undo", "second.csv");
      assertThat(undo.text())
          .startsWith(
              "Undid file 2, second.csv by file 3, undo-2-second.csv: 0 restored, 0 kept, 3 cannot.")
          .contains("row 1, learner 1001, additional/5001: 5001. An additional assignment");
      assertThat(undo.exitCode()).isZero();
      assertThat(data.awaitResults("undo-2-second.results.csv", running))
          .hasSize(3)
          .allMatch(row -> row.contains(",cannot,") && row.contains(",ignored,IGNORED,"));

      Said check = command("check");
      assertThat(check.text()).contains("accepts the customer token").doesNotContain("NOT OK");
      assertThat(check.exitCode()).isZero();
    }
  }

  @Test
  void whatTheLedgerBelievesIsVerifiedAndForgotten() throws Exception {
    try (Bundle running = setup.start().awaitStarted()) {
      data.drop(
          "export.csv",
          DataFolder.file(3, i -> (1001 + i) + ",assessor,default," + (5001 + i) + ",,"));
      running.awaitOutput("File 1 done");

      Said details = command("status", "export.csv");
      assertThat(details.exitCode()).isZero();
      assertThat(details.text())
          .contains("File 1, export.csv", "3 sent", "No assignment needs a person.");
      Said verified = command("verify", "1");
      assertThat(verified.text())
          .contains("Began to verify the slots of file 1")
          .contains("3 of 3 learners read", "3 slots are as the ledger says, 0 are not");
      assertThat(verified.exitCode()).as(verified.text()).isZero();
      Said unsaid = command("forget");
      assertThat(unsaid.exitCode()).isEqualTo(2);
      assertThat(unsaid.text()).contains("FILE", "--learner", "--all");
      assertThat(command("forget", "export.csv").text())
          .isEqualTo(
              "Forgot what 3 slots of file 1 hold; the next file that names them sends them.\n");
      running.stop();
    }
    assertThat(command("verify"))
        .isEqualTo(new Said(3, "No instance runs; only a running one can ask Onefile.\n"));
    assertThat(command("forget", "--all").text())
        .contains("No slot of all learners was known")
        .contains("takes effect when an instance starts");
  }

  @Test
  void aFileIsPlannedWithAndWithoutAnInstanceAndAHeldOneIsReleased() throws Exception {
    Path next = folder.resolve("next.csv");
    Files.writeString(
        next, DataFolder.file(2, i -> (1001 + i) + ",assessor,default," + (5002 - i) + ",,"));
    Said fresh = command("plan", next.toString(), "--requests");
    assertThat(fresh.text())
        .contains("Plan: 2 to add, 0 to change", "2 calls", "It would be released.")
        .contains("POST User/1001 {\"DefaultAssessorID\":5002}");
    assertThat(fresh.exitCode()).as(fresh.text()).isZero();
    assertThat(data.path().resolve("ledger.mv.db")).doesNotExist();

    setup.with("PLAN_ALL_OR_NOTHING", "true");
    try (Bundle running = setup.start().awaitStarted()) {
      data.drop(
          "export.csv",
          DataFolder.file(
              2, i -> (1001 + i) + ",assessor,default," + (i == 0 ? "5001" : "x") + ",,"));
      running.awaitOutput("File 1 (export.csv) is held: 1 of 2 rows has an invalid assignment");
      assertThat(command("status").text())
          .containsPattern("export\\.csv +held ")
          .contains(
              "ALL_OR_NOTHING: 1 of 2 rows has an invalid assignment",
              "`release 1` sends its 1 valid assignment all the same");
      Said held = command("plan", "export.csv");
      assertThat(held.text()).contains("It would be held (ALL_OR_NOTHING)", "row 2, NOT_AN_ID");
      assertThat(held.exitCode()).isEqualTo(1);
      assertThat(command("release", "1").exitCode()).isZero();
      running.awaitOutput(") by command: released file 1");
      running.awaitOutput("File 1 done");

      Path rows = folder.resolve("plan.csv");
      Said planned = command("plan", next.toString(), "--out", rows.toString(), "--json");
      assertThat(planned.exitCode()).as(planned.text()).isZero();
      JsonNode json = JSON.readTree(planned.text());
      assertThat(json.path("sent").path("changes").asLong()).isEqualTo(1);
      assertThat(json.path("sent").path("adds").asLong()).isEqualTo(1);
      assertThat(Files.readString(rows)).contains("Would change 5001 to 5002: POST User/1001.");
      assertThat(command("plan", "nothing.csv"))
          .isEqualTo(new Said(2, "No file has the number or the name nothing.csv.\n"));
      assertThat(command("audit").text())
          .contains(") by command: release, file 1, export.csv")
          .contains("before: held ALL_OR_NOTHING", "after:  ");
      data.drop("other.csv", DataFolder.file(1, i -> "1009,assessor,default,5001,,"));
      running.awaitOutput("File 2 done");
      assertThat(command("erase", "1009"))
          .isEqualTo(new Said(2, "This removes learner 1009 for good. Add --yes to confirm.\n"));
      Said erased = command("erase", "1009", "--yes");
      assertThat(erased.text())
          .contains("Erased learner 1009: 1 assignments; of archived files 1 had");
      assertThat(erased.exitCode()).isZero();
      running.stop();
    }
    Said alone = command("plan", next.toString());
    assertThat(alone.text()).contains("~ row 1, learner 1001, default/assessor: 5001 -> 5002");
    assertThat(alone.exitCode()).isZero();
  }

  @Test
  void whatCannotBeDoneIsSaidInASentence() throws Exception {
    try (Bundle running = setup.start().awaitStarted()) {
      data.drop("export.csv", DataFolder.rows(1));
      running.awaitOutput("File 1 done");

      assertThat(command("release", "1"))
          .isEqualTo(new Said(1, "File 1 is done; only a held file can be released.\n"));
      assertThat(command("cancel", "other.csv"))
          .isEqualTo(new Said(1, "No file has the number or the name other.csv.\n"));
      assertThat(command("retry", "--code", "NO_SUCH"))
          .isEqualTo(new Said(1, "There is no code NO_SUCH.\n"));
      assertThat(command("retry", "--learner", "x").text()).contains("not a Onefile id");
      assertThat(command("retry", "export.csv", "--code", "GONE").exitCode()).isEqualTo(2);
      assertThat(command("release").exitCode()).isEqualTo(2);

      setup.with("MANAGEMENT_PASSWORD", "something-else");
      Said refused = command("status");
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.text()).contains("refuses the login").doesNotContain("something-else");
    }
  }

  @Test
  void whereNoneRunsTheLedgerIsAsked() throws Exception {
    Said nothing = command("status");
    assertThat(nothing.exitCode()).isEqualTo(3);
    assertThat(nothing.text()).contains("no instance runs", "holds no ledger", "--data");
    Said fresh = command("check");
    assertThat(fresh.text())
        .contains("OK        configuration", "OK        routes", "accepts the customer token")
        .doesNotContain("NOT OK");
    assertThat(fresh.exitCode()).isZero();

    try (Bundle running = setup.start().awaitStarted()) {
      data.drop("export.csv", DataFolder.rows(2));
      running.awaitOutput("File 1 done");
      running.stop();
    }

    Said status = command("status");
    assertThat(status.exitCode()).isEqualTo(3);
    assertThat(status.text()).contains("none runs", "export.csv", "2 sent");
    assertThat(command("resume")).isEqualTo(new Said(3, "No instance runs; nothing is sent.\n"));
    assertThat(command("cancel", "1").text()).contains("done");
    assertThat(command("undo", "1"))
        .isEqualTo(
            new Said(
                3,
                "No instance runs; start it, for the file that undoes another is read by its feed.\n"));
    setup.with("ONEFILE_CUSTOMER_TOKEN", "not-the-token").without("ONEFILE_BASE_URL");
    Said unset = command("check");
    assertThat(unset.exitCode()).isEqualTo(2);
    assertThat(unset.text()).contains("NOT OK", "onefile.base-url: missing");
  }

  @Test
  void scriptsAreToldAsJson() throws Exception {
    try (Bundle another =
        new Bundle.Setup(folder.resolve("another")).start("simulate", "--port", "0", "--json")) {
      another.awaitOutput(Pattern.compile("\\{\\s+\"baseUrl\" : \"(http://127.0.0.1:\\d+)/"));
    }
    Said nothing = command("status", "--json");
    assertThat(nothing.exitCode()).isEqualTo(3);
    assertThat(JSON.readTree(nothing.text()).path("error").path("code").asText())
        .isEqualTo("FAILED");
    setup.without("ONEFILE_BASE_URL");
    Said start = command("run", "--json");
    assertThat(start.exitCode()).isEqualTo(2);
    JsonNode error = JSON.readTree(start.text()).path("error");
    assertThat(error.path("code").asText()).isEqualTo("CONFIGURATION");
    assertThat(error.path("message").asText())
        .contains("Not started: one fault", "onefile.base-url: missing");
  }

  @Test
  void aWrongTokenIsFoundByTheCheck() throws Exception {
    setup.with("ONEFILE_CUSTOMER_TOKEN", "not-the-token");

    Said check = command("check");

    assertThat(check.exitCode()).isEqualTo(3);
    assertThat(check.text())
        .containsPattern("NOT OK +Onefile's login .*401")
        .doesNotContain("not-the-token");
  }

  @Test
  void theGeneratedPasswordIsShownOnceAndKeptForTheOwner() throws Exception {
    Path password = data.path().resolve("management.password");
    String first;
    try (Bundle running = setup.start().awaitStarted()) {
      running.awaitOutput(SHOWN_ONCE);
      first = Files.readString(password).strip();
      assertThat(running.output()).containsOnlyOnce(first);
      running.stop();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
        .isEqualTo("rwx------");
    try (Bundle running = setup.start().awaitStarted()) {
      assertThat(command("status").exitCode()).isZero();
      assertThat(running.output()).doesNotContain(first, SHOWN_ONCE);
      running.stop();
    }
    assertThat(Files.readString(password).strip()).isEqualTo(first);
  }

  @Test
  void aPortThatIsTakenEndsTheStartWithItsKey() throws Exception {
    try (Bundle running = setup.start().awaitStarted()) {
      for (String key : List.of("management.port", "console.port")) {
        // the other port is free, and the data folder its own
        String variable = key.toUpperCase(Locale.ROOT).replace('.', '_');
        Bundle.Setup second =
            Bundle.Setup.toRun(folder.resolve(key), "http://127.0.0.1:9/api/v2.1")
                .with(variable, setup.value(variable));
        try (Bundle other = second.start()) {
          assertThat(other.exitCode()).as(other.output()).isEqualTo(3);
          assertThat(other.output())
              .contains("Not started: " + key + ": port ", "name another one, or off")
              .doesNotContain("Exception");
        }
      }
      running.stop();
    }
  }
}
