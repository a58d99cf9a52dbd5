package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.TestBundle;

/** With {@code --json} every command prints one JSON document, whether it does it or not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonOutputTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";
  private static final ObjectMapper ONE_DOCUMENT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @TempDir static Path folder;
  private Path next;
  private Path empty;
  private TestBundle bundle;

  /**
   * A command line, and what comes of it.
   *
   * @param pointer to a member of the document
   */
  record Case(String line, int exitCode, String pointer, String value) {}

  private record Said(int exitCode, JsonNode json) {}

  @BeforeAll
  void start() throws Exception {
    bundle =
        TestBundle.start(
            TestBundle.Setup.plain()
                .withKey("management.port", Integer.toString(FreePort.find()))
                .withKey("management.password", "invented-password-of-a-test"));
    next = Files.writeString(folder.resolve("next.csv"), HEADER + "1,assessor,default,3\n");
    empty = Files.writeString(folder.resolve("empty.csv"), HEADER);
    bundle.drop("export.csv", HEADER + "1,assessor,default,2\n");
    assertThat(bundle.awaitResults("export.csv")).content().contains(",sent,");
  }

  @AfterAll
  void stop() throws Exception {
    bundle.close();
  }

  /** What commands set for a process of their own. */
  @AfterEach
  void forgetLogging() {
    uk.onefileroutes.cli.Said.forgetLogging();
  }

  static List<Case> cases() {
    return List.of(
        new Case("status", 0, "/isRunning", "true"),
        new Case("status export.csv", 0, "/file/rows/sent", "1"),
        new Case("status export.csv --watch", 2, "/error/code", "USAGE"),
        new Case("release 1", 1, "/error/code", "NOT_POSSIBLE"),
        new Case("release", 2, "/error/code", "USAGE"),
        new Case("release 1 --nonsense", 2, "/error/code", "USAGE"),
        new Case(
            "cancel other.csv",
            1,
            "/error/message",
            "No file has the number or the name other.csv."),
        new Case("retry", 0, "/message", "No assignment is blocked."),
        new Case("apply --learner 1", 2, "/error/code", "USAGE"),
        new Case(
            "apply --learner 8 --role assessor --kind default --assignee 9",
            0,
            "/asked/payload",
            "{\"DefaultAssessorID\":9}"),
        new Case("leavers", 0, "", ""),
        new Case("undo 1 --dry-run", 0, "/plan/rows/ignored", "1"),
        new Case("undo 1 --dry-run", 0, "/stays/0/undo", "cannot"),
        new Case("undo other.csv", 1, "/error/code", "NOT_FOUND"),
        new Case("leavers --out NEXT", 2, "/error/code", "USAGE"),
        new Case("forget --learner 77", 0, "/slots", "0"),
        new Case("verify", 0, "/state", "done"),
        new Case("verify --against NEXT", 1, "/error/code", "INVALID"),
        new Case("pause inspection", 0, "/pace/state", "paused"),
        new Case("resume", 0, "/message", "Resumed delivery."),
        new Case("audit --last 1", 0, "/0/after", ""),
        new Case("audit --last 0", 2, "/error/code", "USAGE"),
        new Case("erase 77", 2, "/error/remedy", "Add --yes to confirm."),
        new Case("erase 77 --yes", 0, "/learner", "77"),
        new Case("test-alarms", 1, "/error/code", "NOT_POSSIBLE"),
        new Case("backup", 0, "/file", ""),
        new Case("restore ledger.zip", 3, "/error/code", "RUNNING"),
        new Case("ledger move --to embedded", 3, "/error/code", "RUNNING"),
        new Case("ledger", 2, "/error/code", "USAGE"),
        new Case("check", 0, "/0/outcome", "OK"),
        new Case("check --sample NEXT", 0, "/isUnderstood", "true"),
        new Case("feed", 2, "/error/code", "USAGE"),
        new Case("user", 2, "/error/code", "USAGE"),
        new Case("user new anna --roles boss", 2, "/error/code", "USAGE"),
        new Case("user new anna --roles look", 2, "/error/remedy", ""),
        new Case("feed new nothing.csv", 3, "/error/code", "FAILED"),
        new Case("feed new NEXT --name Nord", 2, "/error/code", "USAGE"),
        new Case("feed new NEXT --name nord", 0, "/missing", ""),
        new Case("simulate --feed test", 2, "/error/code", "USAGE"),
        new Case("simulate --people NEXT --people-from NEXT", 2, "/error/code", "USAGE"),
        new Case("simulate --people-from EMPTY --feed test", 1, "/error/code", "INVALID"),
        new Case("prove --learner 1", 2, "/error/code", "USAGE"),
        new Case("prove --learner 1 --assessor 2", 3, "/error/code", "RUNNING"),
        new Case("simulate --variant nonsense", 2, "/error/code", "USAGE"),
        new Case("plan NEXT", 0, "/sent/changes", "1"),
        new Case("plan NEXT --against NEXT", 0, "/slots/added", "0"),
        new Case("plan NEXT --against EMPTY --out x.csv", 2, "/error/code", "USAGE"),
        new Case("plan nothing.csv", 2, "/error/code", "USAGE"),
        new Case("plan NEXT --requests", 0, "/requests/0", "POST User/1 {\"DefaultAssessorID\":3}"),
        new Case("demo", 0, "/outcomes/sent", "3"),
        // last: another feed is there then
        new Case("feed new NEXT --name nord --write", 0, "/name", "nord"),
        new Case("feed new NEXT --name nord --write", 1, "/error/code", "NOT_POSSIBLE"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oneDocumentIsPrinted(Case it) throws Exception {
    Said said = say(it.line().replace("NEXT", next.toString()).replace("EMPTY", empty.toString()));

    JsonNode member = said.json().at(it.pointer());
    assertThat(member.isMissingNode()).as(said.json().toPrettyString()).isFalse();
    if (!it.value().isEmpty()) {
      assertThat(member.asText()).as(said.json().toPrettyString()).isEqualTo(it.value());
    }
    assertThat(said.exitCode()).as(said.json().toPrettyString()).isEqualTo(it.exitCode());
  }

  @Test
  void everyCommandIsTriedWithIt() {
    Map<String, CommandLine> commands = new CommandLine(new MainCommand()).getSubcommands();
    assertThat(commands.values())
        .allSatisfy(command -> assertThat(command.getUsageMessage()).contains("--json"));
    // these two stay up: CommandsIT
    List<String> tried = new ArrayList<>(List.of("run", "simulate"));
    cases().forEach(each -> tried.add(each.line().split(" ", 2)[0]));
    assertThat(new TreeSet<>(tried)).isEqualTo(new TreeSet<>(commands.keySet()));
  }

  private Said say(String line) throws Exception {
    String[] arguments = bundle.arguments(line + " --json");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exitCode =
        MainCommand.execute(
            new PrintStream(out, true, StandardCharsets.UTF_8), System.err, arguments);
    return new Said(exitCode, ONE_DOCUMENT.readTree(out.toByteArray()));
  }
}
