package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestSftpServer;

/** Files that come from an SFTP server, with everything that may happen to them on the way. */
class SftpReceiveTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";
  private static final String ONE_ROW = HEADER + "1001,assessor,default,501\n";

  @TempDir Path folder;
  private TestSftpServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestSftpServer.start();
    server.folder("outgoing");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aFileIsTakenByPasswordAnsweredAndMovedAside() throws Exception {
    try (TestBundle bundle = TestBundle.start(feed("rename"))) {
      server.drop("outgoing", "export.csv", ONE_ROW);
      TestBundle.Answer answer = bundle.awaitAnswer("export.csv");

      assertThat(answer.results()).content().contains(",sent,SENT,");
      assertThat(server.names("outgoing")).isEmpty();
      assertThat(server.folder("outgoing/.done").resolve("export.csv")).hasContent(ONE_ROW);
      assertThat(bundle.instance().listings().of("test").orElseThrow().isFailing()).isFalse();
      TestBundle.await("each look closes its connection").until(() -> server.openSessions() == 0);
    }
  }

  @Test
  void aKeyWithAPassphraseLogsInAndAFolderMayBeBelowThatOfTheLogin() throws Exception {
    server.letIn(folder.resolve("id"), "open {{sesame}}");
    TestBundle.Setup byKey =
        feed("rename")
            .withFeedKey("sftp.password", "")
            .withFeedKey("sftp.key-file", folder.resolve("id").toString())
            .withFeedKey("sftp.key-passphrase", "open {{sesame}}")
            .withFeedKey("sftp.directory", "to onefile/daily");
    server.drop("to onefile/daily", "export.csv", ONE_ROW);
    try (TestBundle bundle = TestBundle.start(byKey)) {
      bundle.awaitAnswer("export.csv");
      assertThat(server.names("to onefile/daily/.done")).containsExactly("export.csv");
    }
  }

  @Test
  void aDryRunIsAnsweredMovedAsideAndRecordedNowhere() throws Exception {
    try (TestBundle bundle = TestBundle.start(feed("rename"))) {
      server.drop("outgoing", "export.dryrun.csv", ONE_ROW);
      TestBundle.await("it is moved aside")
          .until(() -> server.names("outgoing/.done").contains("export.dryrun.csv"));

      assertThat(server.names("outgoing")).isEmpty();
      assertThat(bundle.results().resolve("export.dryrun.results.csv"))
          .content()
          .contains("Would be sent: POST User/1001.");
      assertThat(bundle.instance().files().find(1)).isEmpty();
      assertThat(bundle.simulator().calls()).isEmpty();
    }
  }

  @Test
  void namesInAListingThatLeadElsewhereAreLeftAlone() throws Exception {
    List<String> lies = List.of("../../victim.csv", "/tmp/victim.csv", "folder/victim.csv");
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(feed("rename"))) {
      for (String lie : lies) {
        server.drop("outgoing", lie.replace("/", TestSftpServer.SLASH), ONE_ROW);
      }
      server.drop("outgoing", "export.csv", ONE_ROW.replace("1001", "1002"));
      bundle.awaitAnswer("export.csv");

      assertThat(log.with("WARN", "victim.csv", "as a path"))
          .as("those with a dot in front are hidden, and as unsaid as any other")
          .hasSize(2);
      assertThat(bundle.instance().files().find(2)).isEmpty();
      assertThat(bundle.simulator().calls())
          .extracting(Call::path)
          .filteredOn(path -> path.contains("/User/"))
          .containsExactly("/api/v2.1/User/1002");
      try (Stream<Path> all = Files.walk(bundle.data().getParent())) {
        assertThat(all.filter(path -> path.toString().contains("victim"))).isEmpty();
      }
      assertThat(server.names("outgoing")).hasSize(lies.size());
    }
  }

  /** What is listed can't be asked for: its bytes were lost when they became text. */
  @Test
  void aNameThatIsNoTextIsLeftAloneAndHoldsUpNobody() throws Exception {
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(feed("rename"))) {
      server.drop("outgoing", "not-" + TestSftpServer.NO_TEXT + "-text.csv", ONE_ROW);
      for (int file = 1; file <= 3; file++) { // each at a poll of its own
        String name = "export-" + file + ".csv";
        server.drop("outgoing", name, ONE_ROW.replace("1001", "200" + file));
        bundle.awaitAnswer(name);
      }
      assertThat(log.with("WARN", "is left alone"))
          .singleElement()
          .asString()
          .contains("not-_-text.csv in", "not UTF-8", "under a plain name");
      assertThat(log.with("ERROR")).isEmpty();
      assertThat(log.with("", "not-").stream().filter(line -> !line.contains("left alone")))
          .isEmpty();
      assertThat(server.names("outgoing")).hasSize(1);
      // the copies go right after the answers
      TestBundle.await("an empty spool").until(() -> bundle.names("spool").isEmpty());
      assertThat(bundle.instance().listings().of("test"))
          .hasValueSatisfying(listing -> assertThat(listing.isFailing()).isFalse());
    }
  }

  @Test
  void aGrowingFileIsTakenOnlyOnceItHasStopped() throws Exception {
    try (TestBundle bundle = TestBundle.start(feed("stable").withFeedKey("poll", "1s"))) {
      Path file = server.folder("outgoing").resolve("export.csv");
      Files.writeString(file, HEADER);
      int logins = server.logins();
      TestBundle.await("growth over several looks")
          .until(
              () -> {
                Files.writeString(file, "1001,assessor,default,501\n", StandardOpenOption.APPEND);
                return server.logins() >= logins + 4;
              });
      assertThat(bundle.names("spool")).isEmpty();
      String whole = Files.readString(file);

      TestBundle.Answer answer = bundle.awaitAnswer("export.csv");
      assertThat(bundle.data().resolve(answer.file().stored())).hasContent(whole);
    }
  }

  @Test
  void aFileWithoutItsMarkerStaysAndTheMarkerGoesWithTheFile() throws Exception {
    try (TestBundle bundle = TestBundle.start(feed("done"))) {
      server.drop("outgoing", "early.csv", ONE_ROW);
      server.drop("outgoing", "late.csv", ONE_ROW);
      server.drop("outgoing", "late.csv.done", "");
      bundle.awaitAnswer("late.csv");
      TestBundle.await("only the other is left")
          .until(() -> server.names("outgoing").equals(List.of("early.csv")));

      server.drop("outgoing", "early.csv.done", "");
      bundle.awaitAnswer("early.csv");
      TestBundle.await("nothing is left").until(() -> server.names("outgoing").isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LISTING,rename",
    "DOWNLOAD,rename",
    "BEFORE_RENAME,stable",
    "BEFORE_RENAME,done",
    "AFTER_RENAME,rename",
    "AFTER_RENAME,done"
  })
  void afterACutAFileIsAcceptedOnceAndMovedOnce(TestSftpServer.At at, String ready)
      throws Exception {
    server.cut(at, 1);
    server.drop("outgoing", "export.csv", ONE_ROW);
    server.drop("outgoing", "export.csv.done", "");
    try (TestBundle bundle = TestBundle.start(feed(ready).withFeedKey("include", "export.csv"))) {
      bundle.awaitAnswer("export.csv");
      TestBundle.await("it is moved").until(() -> !server.names("outgoing").contains("export.csv"));
      TestBundle.await("its move is noted")
          .until(() -> bundle.instance().files().notRemoved("test").isEmpty());

      assertThat(server.cutsLeft(at)).isZero();
      assertThat(server.names("outgoing/.done")).containsExactly("export.csv");
      assertThat(FileState.values())
          .flatExtracting(state -> bundle.instance().files().in(state))
          .as("a second one would still be on its way")
          .hasSize(1);
      assertThat(bundle.assignments()).isEqualTo(1);
    }
  }

  @Test
  void whatWasMovedAndComesBackIsADropOfItsOwn() throws Exception {
    server.cut(TestSftpServer.At.AFTER_RENAME, 1);
    try (TestBundle bundle = TestBundle.start(feed("rename"))) {
      server.drop("outgoing", "export.csv", ONE_ROW);
      bundle.awaitAnswer("export.csv");
      TestBundle.await("its move is noted")
          .until(() -> bundle.instance().files().notRemoved("test").isEmpty());
      Path drop = server.folder("outgoing");
      Files.copy(
          drop.resolve(".done/export.csv"),
          drop.resolve("export.csv"),
          StandardCopyOption.COPY_ATTRIBUTES);

      assertThat(bundle.awaitResults("export.csv")).content().contains(",unchanged,");
      TestBundle.await("both are kept").until(() -> server.names("outgoing/.done").size() == 2);
    }
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsNotAcceptedUntilItIsWhole() throws Exception {
    Path file = server.folder("outgoing").resolve("export.csv");
    server.beforeRead(() -> append(file, "1002,assessor,default,501\n"));
    server.drop("outgoing", "export.csv", ONE_ROW);
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(feed("rename"))) {
      assertThat(bundle.awaitResults("export.csv")).content().contains("1001,").contains("1002,");
      assertThat(log.with("85 bytes came, the listing said 59")).as("refused first").hasSize(1);
      assertThat(bundle.instance().files().in(FileState.DONE)).hasSize(1);
    }
  }

  @Test
  void aFileThatIsOverwrittenWhileItIsReadIsTakenAgainAndNotLost() throws Exception {
    Path file = server.folder("outgoing").resolve("export.csv");
    server.beforeRead(
        () -> {
          append(file, "");
          touch(file, "2030-01-01T00:00:00Z");
        });
    server.drop("outgoing", "export.csv", ONE_ROW);
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(feed("rename"))) {
      bundle.awaitAnswer("export.csv");
      assertThat(bundle.awaitResults("export.csv")).content().contains(",unchanged,");
      TestBundle.await("it is moved").until(() -> server.names("outgoing").isEmpty());
      assertThat(log.with("WARN", "export.csv was changed after it was read")).hasSize(1);
      assertThat(server.names("outgoing/.done")).containsExactly("export.csv");
    }
  }

  @Test
  void whatIsNotFinishedOrNotTakenIsKnownFromAServerToo() throws Exception {
    TestBundle.Setup setup =
        feed("stable")
            .withFeedKey("ready.quiet", "1s")
            .withFeedKey("include", "*.csv")
            .withFeedKey("ready.wait-warning", "500ms")
            .withFeedKey("plan.hold.last-line-open", "false"); // only its taking is looked at
    server.drop("outgoing", "open.csv", ONE_ROW.strip());
    server.drop("outgoing", "whole.CSV", ONE_ROW);
    server.drop("outgoing", "old.csv", ONE_ROW);
    touch(server.folder("outgoing").resolve("old.csv"), "1970-01-01T00:00:00Z");
    server.drop("outgoing", "empty.csv", "");
    server.drop("outgoing", "notes.pdf", ONE_ROW);
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(setup)) {
      bundle.awaitAnswer("whole.CSV");
      bundle.awaitAnswer("old.csv");
      assertThat(server.names("outgoing")).contains("open.csv");
      bundle.awaitAnswer("open.csv");
      TestBundle.await("both stay")
          .until(() -> server.names("outgoing").equals(List.of("empty.csv", "notes.pdf")));
      assertThat(log.with("WARN", "not taken"))
          .singleElement()
          .asString()
          .contains("notes.pdf", "no pattern of include");
    }
  }

  @Test
  void aMarkerInOtherCaseCountsOnAServerAndGoesWithItsFile() throws Exception {
    server.drop("outgoing", "export.csv", ONE_ROW);
    server.drop("outgoing", "export.csv.DONE", "");
    try (TestBundle bundle = TestBundle.start(feed("done"))) {
      bundle.awaitAnswer("export.csv");
      TestBundle.await("nothing is left").until(() -> server.names("outgoing").isEmpty());
    }
  }

  @Test
  void aServerThatIsAwayIsSaidOnceAndItsReturnOnce() throws Exception {
    try (LogLines log = LogLines.open();
        TestBundle bundle = TestBundle.start(feed("rename"))) {
      String port = ":" + server.port() + "/";
      server.drop("outgoing", "first.csv", ONE_ROW);
      bundle.awaitAnswer("first.csv");
      server.stop();
      TestBundle.await("the failure is known").until(() -> isFailing(bundle));
      server.drop("outgoing", "second.csv", HEADER + "1002,assessor,default,501\n");
      var failed = bundle.instance().listings().of("test").orElseThrow().lastFailure();
      TestBundle.await("more looks fail")
          .until(
              () ->
                  bundle
                      .instance()
                      .listings()
                      .of("test")
                      .orElseThrow()
                      .lastFailure()
                      .isAfter(failed.plusMillis(500)));
      server.startAgain();

      bundle.awaitAnswer("second.csv");
      TestBundle.await("the return is said").until(() -> log.with("works again", port).size() == 1);
      // a look that was under way ends for a reason of its own
      assertThat(log.with("trouble with", port))
          .map(line -> line.substring(line.indexOf("that it works: ")))
          .doesNotHaveDuplicates()
          .hasSizeLessThanOrEqualTo(2);
      assertThat(log.with("nothing answers at 127.0.0.1 port " + server.port())).hasSize(1);
      assertThat(log.with("Rollback file strategy")).as("Camel's own complaints").isEmpty();
    }
  }

  @Test
  void aFolderWithoutRightsIsSaidAndWorksOnceTheyAreThere() throws Exception {
    server.deny("outgoing", true);
    server.drop("outgoing", "export.csv", ONE_ROW);
    try (TestBundle bundle = TestBundle.start(feed("rename"))) {
      TestBundle.await("the failure is known").until(() -> isFailing(bundle));
      assertThat(bundle.instance().listings().of("test").orElseThrow().reason())
          .contains("can't list /outgoing")
          .contains("permission denied");
      server.deny("outgoing", false);
      bundle.awaitAnswer("export.csv");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LISTING", "DOWNLOAD", "BEFORE_RENAME"})
  void aServerThatHangsHoldsNoOtherFeedAndIsTakenUpAgain(TestSftpServer.At at) throws Exception {
    Map<String, String> other =
        Map.of("directory", "other", "results.directory", "other-results", "poll", "100ms");
    server.hang(at);
    server.drop("outgoing", "export.csv", ONE_ROW);
    try (TestBundle bundle =
        TestBundle.start(
            feed("rename").withFeedKey("sftp.timeout", "1s").withFeed("other", other))) {
      Files.writeString(bundle.data().resolve("other/quick.csv"), ONE_ROW);
      TestBundle.await("the other feed is answered")
          .until(() -> bundle.names("other-results").contains("quick.results.csv"));
      // a look that renames asks for SFTP twice
      TestBundle.await("a look is given up and another begins").until(() -> server.logins() >= 3);
      server.release(at);
      bundle.awaitAnswer("export.csv");
      TestBundle.await("it is moved").until(() -> server.names("outgoing").isEmpty());
      assertThat(server.names("outgoing/.done")).containsExactly("export.csv");
    }
  }

  @Test
  void aStopDoesNotWaitForAServerThatHangs() throws Exception {
    server.hang(TestSftpServer.At.LISTING);
    try (TestBundle bundle = TestBundle.start(feed("rename").withFeedKey("sftp.timeout", "2m"))) {
      TestBundle.await("the look hangs").until(() -> server.logins() > 0);
      long began = System.nanoTime();
      bundle.stopInstance();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
    }
  }

  @Test
  void manyFilesAtOnceAreEachAnsweredOnce() throws Exception {
    int files = 500;
    for (int i = 0; i < files; i++) {
      server.drop("outgoing", "f" + i + ".csv", HEADER + (2000 + i) + ",assessor,default,501\n");
    }
    try (TestBundle bundle = TestBundle.start(feed("rename"))) {
      TestBundle.await("all are answered")
          .until(() -> bundle.instance().files().in(FileState.DONE).size() == files);
      TestBundle.await("all are moved").until(() -> server.names("outgoing").isEmpty());
      assertThat(server.names("outgoing/.done")).hasSize(files);
      assertThat(bundle.names("results")).hasSize(files);
      assertThat(bundle.assignments()).isEqualTo(files);
    }
  }

  private static boolean isFailing(TestBundle bundle) {
    return bundle.instance().listings().of("test").filter(l -> l.isFailing()).isPresent();
  }

  private static void touch(Path file, String time) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestBundle.Setup feed(String ready) throws Exception {
    return TestBundle.Setup.plain()
        .withFeedKey("source", "sftp")
        .withFeedKey("directory", "")
        .withFeedKey("sftp.directory", "/outgoing")
        .withFeedKey("ready", ready)
        .withFeedKeys(server.keys(folder.resolve("known_hosts")));
  }
}
