package uk.onefileroutes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.table.TestWorkbook.row;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.table.TestWorkbook;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestSftpServer;

/** Results that go back to an SFTP server: there once, whole, over nothing. */
class SftpReturnTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";
  private static final String TWO_ROWS =
      HEADER + "1001,assessor,default,501\nnobody,assessor,default,501\n";
  private static final List<String> BOTH = List.of("export.rejects.csv", "export.results.csv");

  @TempDir Path folder;
  private TestSftpServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestSftpServer.start();
    server.folder("answers");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void resultsAndRejectsGoBackOverNothing() throws Exception {
    server.drop("answers", "export.results.csv", "somebody's");
    try (TestBundle bundle = TestBundle.start(feed())) {
      bundle.drop("export.csv", TWO_ROWS);
      awaitDone(bundle, 1);

      assertThat(server.names("answers")).hasSize(3).contains("export.rejects.csv");
      assertThat(server.folder("answers").resolve("export.results.csv")).hasContent("somebody's");
      String stamped =
          server.names("answers").stream()
              .filter(name -> name.matches("export\\.\\d{8}-\\d{6}\\.results\\.csv"))
              .findFirst()
              .orElseThrow();
      assertThat(server.folder("answers").resolve(stamped)).content().contains(",sent,");
    }
  }

  @Test
  void whyAFileWasRefusedGoesBackToo() throws Exception {
    server.drop("answers", "export.csv.error.txt", "somebody's");
    try (TestBundle bundle = TestBundle.start(feed())) {
      bundle.drop("export.csv", "who,what\n1,2\n");
      String stamped =
          TestBundle.await("its text")
              .until(
                  () ->
                      server.names("answers").stream()
                          .filter(
                              name -> name.matches("export\\.csv\\.\\d{8}-\\d{6}\\.error\\.txt"))
                          .findFirst(),
                  Optional::isPresent)
              .orElseThrow();
      assertThat(server.folder("answers").resolve(stamped))
          .hasSameTextualContentAs(bundle.data().resolve("refused/export.csv.error.txt"));
    }
  }

  @Test
  void answersToOtherFormatsGoBackAsCsv() throws Exception {
    String good =
        "{\"learner_id\":1001,\"role\":\"assessor\",\"kind\":\"default\",\"assignee_id\":501}";
    String bad = good.replace("1001", "\"nobody\"");
    String columns = row("learner_id", "role", "kind", "assignee_id");
    try (TestBundle bundle = TestBundle.start(feed())) {
      bundle.drop("array.json", "[%s,%s]".formatted(good, bad));
      bundle.drop("lines.ndjson.gz", TestWorkbook.gzip((good + "\n" + bad).getBytes(UTF_8)));
      bundle.drop(
          "book.xlsx",
          TestWorkbook.of(
                  columns
                      + row("1001", "assessor", "default", "501")
                      + row("nobody", "assessor", "default", "501"))
              .bytes());
      awaitDone(bundle, 3);

      assertThat(server.names("answers"))
          .containsExactlyInAnyOrder(
              "array.results.csv", "array.rejects.csv",
              "lines.results.csv", "lines.rejects.csv",
              "book.results.csv", "book.rejects.csv");
      for (String rejects : List.of("array", "lines", "book")) {
        assertThat(server.folder("answers").resolve(rejects + ".rejects.csv"))
            .content()
            .contains("nobody", "NOT_AN_ID")
            .doesNotContain("1001");
      }
    }
  }

  @Test
  void aNameThatIsTakenDuringTheUploadIsLeftAlone() throws Exception {
    server.hang(TestSftpServer.At.UPLOAD);
    try (TestBundle bundle = TestBundle.start(feed())) {
      bundle.drop("export.csv", HEADER + "1001,assessor,default,501\n");
      TestBundle.await("the upload has begun")
          .until(() -> server.names("answers").contains(".export.results.csv"));
      server.drop("answers", "export.results.csv", "somebody's");
      server.release(TestSftpServer.At.UPLOAD);
      awaitDone(bundle, 1);

      assertThat(server.folder("answers").resolve("export.results.csv")).hasContent("somebody's");
      assertThat(server.names("answers"))
          .as("beside theirs only the answer, under another name")
          .hasSize(2)
          .filteredOn(name -> name.matches("export\\.\\d{8}-\\d{6}\\.results\\.csv"))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UPLOAD", "BEFORE_RENAME", "AFTER_RENAME"})
  void afterACutTheyAreThereOnceAndWhole(TestSftpServer.At at) throws Exception {
    server.cut(at, 2);
    try (TestBundle bundle = TestBundle.start(feed())) {
      bundle.drop("export.csv", TWO_ROWS);
      awaitDone(bundle, 1);

      assertThat(server.cutsLeft(at)).isZero();
      assertThat(server.names("answers")).isEqualTo(BOTH);
      assertThat(Files.readAllLines(server.folder("answers").resolve("export.results.csv")))
          .hasSize(3);
    }
  }

  @Test
  void anUploadOfWhichTheAnswerWasLostIsNotRepeatedAfterARestart() throws Exception {
    server.cut(TestSftpServer.At.AFTER_RENAME, 1);
    try (TestBundle bundle = TestBundle.start(feed().withKey("report.try-again", "1h"))) {
      bundle.drop("export.csv", HEADER + "1001,assessor,default,501\n");
      TestBundle.await("it is there")
          .until(() -> server.names("answers").equals(List.of("export.results.csv")));
      bundle.stopInstance();
      bundle.startInstance();
      awaitDone(bundle, 1);
      assertThat(server.names("answers")).containsExactly("export.results.csv");
    }
  }

  @Test
  void aFullDiskIsSaidOnceAndTriedAgain() throws Exception {
    server.diskFull(true);
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(feed())) {
      bundle.drop("export.csv", TWO_ROWS);
      TestBundle.await("it is said")
          .until(() -> !log.with("its results can't be written", "export.re").isEmpty());
      int logins = server.logins();
      TestBundle.await("it is tried again").until(() -> server.logins() >= logins + 3);
      server.diskFull(false);
      awaitDone(bundle, 1);

      assertThat(server.names("answers")).isEqualTo(BOTH);
      assertThat(log.with("its results can't be written", "export.re")).hasSize(1);
      // said right after the ledger knows
      TestBundle.await("it is said to be over")
          .until(() -> !log.with("its results can be written again").isEmpty());
    }
  }

  @Test
  void aFolderWithoutRightsHoldsTheResultsUntilTheyAreThere() throws Exception {
    server.deny("answers", true);
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(feed())) {
      bundle.drop("export.csv", TWO_ROWS);
      TestBundle.await("it is said")
          .until(() -> !log.with("its results can't be written", "permission denied").isEmpty());
      server.deny("answers", false);
      awaitDone(bundle, 1);
      assertThat(server.names("answers")).isEqualTo(BOTH);
    }
  }

  @Test
  void aServerThatIsAwayForAWhileGetsAllResultsWhenItIsBack() throws Exception {
    server.stop();
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(feed())) {
      String port = "port " + server.port();
      bundle.drop("a.csv", HEADER + "1001,assessor,default,501\n");
      bundle.drop("b.csv", HEADER + "1002,assessor,default,501\n");
      TestBundle.await("it is said")
          .until(() -> log.with("its results can't be written", port).size() == 1);
      server.startAgain();
      awaitDone(bundle, 2);

      assertThat(server.names("answers")).containsExactly("a.results.csv", "b.results.csv");
      assertThat(log.with("its results can't be written", port)).hasSize(1);
    }
  }

  @Test
  void aServerThatHangsHoldsUpNoOtherFeed() throws Exception {
    Map<String, String> other =
        Map.of("directory", "other", "results.directory", "other-results", "poll", "100ms");
    server.hang(TestSftpServer.At.UPLOAD);
    try (TestBundle bundle =
        TestBundle.start(feed().withFeedKey("sftp.timeout", "10m").withFeed("other", other))) {
      bundle.drop("export.csv", TWO_ROWS);
      TestBundle.await("the upload hangs").until(() -> !server.names("answers").isEmpty());
      Files.writeString(
          bundle.data().resolve("other/quick.csv"), HEADER + "1003,assessor,default,501\n");
      TestBundle.await("the other feed is answered")
          .until(() -> bundle.names("other-results").contains("quick.results.csv"));
      assertThat(server.names("answers")).doesNotContainAnyElementsOf(BOTH);
      server.release(TestSftpServer.At.UPLOAD);
      awaitDone(bundle, 2);
      assertThat(server.names("answers")).isEqualTo(BOTH);
    }
  }

  @Test
  void aServerThatHangsIsGivenUpAndTakenUpAgain() throws Exception {
    server.hang(TestSftpServer.At.UPLOAD);
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(feed().withFeedKey("sftp.timeout", "2s"))) {
      bundle.drop("export.csv", TWO_ROWS);
      TestBundle.await("the upload is given up")
          .until(
              () -> !log.with("its results can't be written", "no answer came in time").isEmpty());
      assertThat(server.names("answers")).doesNotContainAnyElementsOf(BOTH);
      server.release(TestSftpServer.At.UPLOAD);
      awaitDone(bundle, 1);
      assertThat(server.names("answers")).isEqualTo(BOTH);
    }
  }

  private static void awaitDone(TestBundle bundle, int files) {
    TestBundle.await("files that are done")
        .until(() -> bundle.instance().files().in(FileState.DONE).size() == files);
  }

  private TestBundle.Setup feed() throws Exception {
    return TestBundle.Setup.plain()
        .withKey("report.try-again", "300ms")
        .withFeedKey("results", "sftp")
        .withFeedKey("results.directory", "/answers")
        .withFeedKeys(server.keys(folder.resolve("known_hosts")));
  }
}
