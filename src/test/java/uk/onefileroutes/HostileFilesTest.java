package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestBundle;

/**
 * Names, links and values that mean harm: each is answered or left alone, nothing beside the data
 * folder is touched, the log stays in order, and the next ordinary file works.
 */
class HostileFilesTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";

  @Test
  void hostileNamesAreAnsweredLikeAnyOther() throws Exception {
    List<String> names =
        List.of(
            "with spaces .csv",
            "new\nline.csv",
            "carriage\rreturn.csv",
            "bell\u0007tab\tescape\u001b[31m.csv",
            "-rf.csv",
            "a..b.csv",
            "%2e%2e%2fvictim.csv",
            "$(touch made).csv",
            "${file:parent}.csv",
            "{{onefile.customer-token}}.csv",
            "RAW(x)?delete=true&a=b#c.csv",
            "'); DROP TABLE file; --.csv",
            "\u00e4\u00f6\u00fc \u00df.csv",
            "x".repeat(251) + ".csv",
            "\u00fc".repeat(125) + ".csv", // 254 bytes
            "no ending");
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(TestBundle.Setup.plain())) {
      Map<String, String> beside = beside(bundle);

      for (int i = 0; i < names.size(); i++) {
        bundle.drop(names.get(i), row(1000 + i));
      }
      bundle.drop("a.csv.dryrun.csv", row(9001));
      for (int i = 0; i < names.size(); i++) {
        assertThat(Files.readString(bundle.awaitResults(names.get(i))))
            .as(names.get(i))
            .contains((1000 + i) + ",assessor,default,501,1,sent,SENT");
      }
      TestBundle.await("the answer to the dry run")
          .until(() -> bundle.names("results").contains("a.csv.dryrun.results.csv"));

      nothingElseHappened(bundle, log, beside);
      assertThat(bundle.names("inbox")).isEmpty();
      assertThat(learners(bundle.simulator()))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(1000, 1000 + names.size()).boxed().toList());
    }
  }

  @Test
  void foldersAndLinksThatLeadOutOfTheDropFolderStayAndHoldUpNobody() throws Exception {
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(TestBundle.Setup.plain())) {
      Path outside = Files.createDirectory(bundle.data().resolveSibling("outside"));
      Path secret = Files.writeString(outside.resolve("secret.csv"), row(1));
      Files.writeString(bundle.inbox().resolve(".kept.csv"), row(1001));
      // of the same size, which is all that is compared before a file is removed
      Files.writeString(bundle.data().resolveSibling("victim.csv"), row(1));
      Map<String, String> beside = beside(bundle);

      bundle.drop("\\..\\..\\victim.csv", row(2));
      bundle.drop("folder\\file.csv", row(3));
      Files.createDirectory(bundle.inbox().resolve("folder.csv"));
      Files.createSymbolicLink(bundle.inbox().resolve("file-link.csv"), secret);
      Files.createSymbolicLink(
          bundle.inbox().resolve("up-link.csv"), Path.of("../../outside/secret.csv"));
      Files.createSymbolicLink(bundle.inbox().resolve("folder-link.csv"), outside);
      Files.createSymbolicLink(bundle.inbox().resolve("nowhere.csv"), Path.of("missing.csv"));
      Files.createSymbolicLink(bundle.inbox().resolve("inside.csv"), Path.of(".kept.csv"));
      makeUnreadable(bundle.inbox());

      assertThat(bundle.awaitResults("inside.csv")).content().contains("1001", "SENT");
      bundle.drop("later.csv", row(1002));
      assertThat(bundle.awaitResults("later.csv")).content().contains("1002", "SENT");

      nothingElseHappened(bundle, log, beside);
      assertThat(bundle.names("inbox"))
          .containsExactly(
              ".kept.csv",
              "\\..\\..\\victim.csv",
              "file-link.csv",
              "folder-link.csv",
              "folder.csv",
              "folder\\file.csv",
              "not-\ufffd-text.csv",
              "nowhere.csv",
              "pipe.csv",
              "up-link.csv");
      assertThat(log.with("WARN", "is left alone"))
          .as("each is said once, not at each poll")
          .hasSize(7)
          .anyMatch(line -> line.contains("not-_-text.csv in") && line.contains("not UTF-8"))
          .anyMatch(line -> line.contains("victim.csv in") && line.contains("as a path"))
          .anyMatch(line -> line.contains("folder_file.csv in") && line.contains("as a path"))
          .anyMatch(line -> line.contains("file-link.csv in") && line.contains("leads out"))
          .anyMatch(line -> line.contains("up-link.csv in") && line.contains("leads out"))
          .anyMatch(line -> line.contains("nowhere.csv in") && line.contains("nowhere;"))
          .anyMatch(line -> line.contains("pipe.csv in") && line.contains("no ordinary"));
      assertThat(log.with("ERROR")).as("nothing of it is a failure of the intake").isEmpty();
      assertThat(learners(bundle.simulator())).containsExactlyInAnyOrder(1001, 1002);
      assertThat(bundle.instance().listings().of("test"))
          .hasValueSatisfying(listing -> assertThat(listing.isFailing()).isFalse());
    }
  }

  @Test
  void hostileValuesGoNowhereAndComeBackAsTheyWere() throws Exception {
    List<String> values =
        List.of(
            "1\r\nX-TokenID: x",
            "x\r\n\r\nGET / HTTP/1.1",
            "'); DROP TABLE file; --",
            "1; SHUTDOWN",
            "x".repeat(10_000),
            "=HYPERLINK(\"http://127.0.0.1/\")",
            "@SUM(1)",
            "${bean:ledger}",
            "{{onefile.customer-token}}",
            "../../User/1", // as a unit's id it is allowed: ids of units stand in bodies only
            "\u202e");
    List<String> columns =
        List.of("learner_id", "role", "kind", "assignee_id", "standard_id", "unit_id");
    List<String> rows = new ArrayList<>();
    for (String value : values) {
      for (String column : columns) {
        boolean isUnit = column.equals("unit_id");
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("learner_id", "" + (2000 + rows.size()));
        cells.put("role", "assessor");
        cells.put("kind", isUnit ? "2" : "3");
        cells.put("assignee_id", "501");
        cells.put("standard_id", isUnit ? "" : "31");
        cells.put("unit_id", "");
        cells.put(column, value);
        cells.put("other", value);
        rows.add(
            cells.values().stream().map(HostileFilesTest::quoted).collect(Collectors.joining(",")));
      }
    }
    TestBundle.Setup setup = TestBundle.Setup.plain().withKey("plan.hold.invalid-percent", "never");
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(setup)) {
      Map<String, String> beside = beside(bundle);

      bundle.drop(
          "values.csv", String.join(",", columns) + ",other\n" + String.join("\n", rows) + "\n");
      String results = Files.readString(bundle.awaitResults("values.csv"));
      bundle.drop("later.csv", row(1002));
      assertThat(bundle.awaitResults("later.csv")).content().contains("1002", "SENT");

      nothingElseHappened(bundle, log, beside);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(results).contains(rows.get(i) + "," + (i + 1) + ",");
      }
      assertThat(results.split(",invalid,", -1)).hasSize(rows.size()); // all but one
      // headers are made of nothing that a file says; no other path and no other body is sent
      assertThat(bundle.simulator().calls())
          .extracting(Call::path, Call::body)
          .containsExactly(
              tuple("/api/v2.1/Authentication", ""),
              tuple(
                  "/api/v2.1/User/501/Assign",
                  "{\"LearnerID\":2059,\"Level\":2,\"UnitID\":\"../../User/1\"}"),
              tuple("/api/v2.1/User/1002", "{\"DefaultAssessorID\":501}"));
    }
  }

  /** What Java itself can't make: a name that is no text, and a pipe. */
  private static void makeUnreadable(Path inbox) throws Exception {
    String script = "printf x > \"$(printf 'not-\\374-text.csv')\" && mkfifo pipe.csv";
    Process shell = new ProcessBuilder("sh", "-c", script).directory(inbox.toFile()).start();
    assertThat(shell.waitFor()).isZero();
  }

  private static String row(int learner) {
    return HEADER + learner + ",assessor,default,501\n";
  }

  private static String quoted(String cell) {
    return "\"" + cell.replace("\"", "\"\"") + "\"";
  }

  private static List<Integer> learners(Simulator simulator) {
    return simulator.calls().stream().map(Call::learner).filter(Objects::nonNull).toList();
  }

  /** Nothing beside the data folder, no stack trace, no line that a name could forge. */
  private static void nothingElseHappened(
      TestBundle bundle, LogLines log, Map<String, String> beside) throws IOException {
    assertThat(beside(bundle)).isEqualTo(beside);
    assertThat(log.with(" | ")).as("exceptions in the log").isEmpty();
    assertThat(log.with(""))
        .as("lines of the log")
        .isNotEmpty()
        .noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
    assertThat(bundle.instance().files().in(FileState.RECEIVING)).isEmpty();
  }

  /** What lies beside the data folder, and what is in it. */
  private static Map<String, String> beside(TestBundle bundle) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> children = Files.list(bundle.data().resolveSibling(""))) {
      for (Path child : children.filter(each -> !each.equals(bundle.data())).toList()) {
        try (Stream<Path> paths = Files.walk(child)) {
          for (Path path : paths.toList()) {
            found.put(
                path.toString(),
                Files.isDirectory(path)
                    ? "folder"
                    : Files.getLastModifiedTime(path) + " " + Files.readString(path));
          }
        }
      }
    }
    return found;
  }
}
