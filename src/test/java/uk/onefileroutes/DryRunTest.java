package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.dryrun.DryRun.Wanted;
import uk.onefileroutes.dryrun.DryRunReport;
import uk.onefileroutes.dryrun.DryRunReport.Change;
import uk.onefileroutes.dryrun.DryRunReport.GoneSlot;
import uk.onefileroutes.testing.TestBundle;

/** What would happen with a file, said by the real bundle, and that nothing does. */
class DryRunTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";
  private static final Wanted NOTHING = new Wanted(false, false);

  @TempDir Path folder;

  @Test
  void aFileOfTheDiskIsPlannedAgainstWhatTheLedgerKnowsAndNothingChanges() throws Exception {
    try (TestBundle bundle = TestBundle.start(TestBundle.Setup.plain())) {
      bundle.drop(
          "export.csv",
          HEADER
              + "1001,assessor,default,501\n1002,assessor,default,501\n1003,assessor,default,501\n");
      bundle.awaitAnswer("export.csv");
      List<String> before = dump(bundle);
      int calls = bundle.simulator().calls().size();
      Path file = folder.resolve("next.csv");
      Files.writeString(
          file,
          HEADER
              + "1001,assessor,default,501\n" // unchanged
              + "1002,assessor,default,777\n" // superseded
              + "1002,assessor,default,502\n" // a change
              + "1004,assessor,default,501\n" // an add
              + "1005,boss,default,501\n" // invalid
              + "\n"); // ignored

      DryRunReport report =
          bundle.instance().dryRuns().run(file.toString(), "", new Wanted(true, true));

      assertThat(report.notDone().fault()).isNull();
      assertThat(report.planned().rows())
          .isEqualTo(
              Map.of(
                  "planned", 2L, "unchanged", 1L, "superseded", 1L, "invalid", 1L, "ignored", 1L));
      assertThat(report.planned().sent())
          .isEqualTo(new DryRunReport.Sent(1, 1, 0, report.planned().sent().digest()));
      assertThat(report.planned().sent().digest()).matches("[0-9a-f]{16}");
      assertThat(report.planned().invalid()).isEqualTo(Map.of("UNKNOWN_ROLE", 1L));
      assertThat(report.hold().held()).isNull();
      assertThat(report.needsAttention()).isTrue();
      assertThat(report.calls().amount()).isEqualTo(2);
      assertThat(report.lists().changes())
          .containsExactly(new Change(3, 1002, "default/assessor", 501, 502));
      assertThat(report.lists().gone())
          .containsExactly(new GoneSlot(1003, "default/assessor", 501));
      assertThat(report.planned().gone()).isEqualTo(new DryRunReport.Gone(1, 1));
      assertThat(Files.readAllLines(Path.of(String.valueOf(report.outputs().requests()))))
          .containsExactly(
              "POST User/1002 {\"DefaultAssessorID\":502}",
              "POST User/1004 {\"DefaultAssessorID\":501}");
      assertThat(Files.readAllLines(Path.of(String.valueOf(report.outputs().rows()))))
          .containsExactly(
              "learner_id,role,kind,assignee_id,result_row,result_status,result_code,result_message,result_http_status,result_attempts,result_at",
              "1001,assessor,default,501,1,unchanged,UNCHANGED,Nothing would be sent: as far as we know Onefile holds this already.,,0,",
              "1002,assessor,default,777,2,superseded,SUPERSEDED,Row 3 of this file asks for something else in its place.,,0,",
              "1002,assessor,default,502,3,planned,,Would change 501 to 502: POST User/1002.,,0,",
              "1004,assessor,default,501,4,planned,,Would be sent: POST User/1004.,,0,",
              "1005,boss,default,501,5,invalid,UNKNOWN_ROLE,\"role \"\"boss\"\" is none of assessor, iqa, employer, observer or their known synonyms.\",,0,",
              ",,,,6,ignored,NOTHING_ASKED,Asks for nothing.,,0,");
      assertThat(dump(bundle)).isEqualTo(before);
      assertThat(bundle.simulator().calls()).hasSize(calls);
    }
  }

  @Test
  void aHeldFileIsPlannedByItsNumberAndGivesWayToANewerOne() throws Exception {
    TestBundle.Setup setup = TestBundle.Setup.plain().withKey("plan.all-or-nothing", "true");
    try (TestBundle bundle = TestBundle.start(setup)) {
      bundle.drop(
          "bad.csv",
          HEADER + "1001,assessor,default,501\n1002,assessor,default,501\n1003,boss,default,5\n");
      long no = bundle.awaitHeldAnswer("bad.csv").file().no();
      DryRunReport alone = bundle.instance().dryRuns().run(Long.toString(no), "test", NOTHING);
      assertThat(alone.hold().held()).isEqualTo("ALL_OR_NOTHING");
      assertThat(alone.planned().sent().adds()).isEqualTo(2);
      assertThat(alone.about().no()).isEqualTo(no);

      bundle.drop("good.csv", HEADER + "1001,assessor,default,502\n");
      bundle.awaitAnswer("good.csv");
      List<String> before = dump(bundle);
      DryRunReport late = bundle.instance().dryRuns().run("bad.csv", "", NOTHING);

      assertThat(late.planned().rows())
          .isEqualTo(Map.of("planned", 1L, "superseded", 1L, "invalid", 1L));
      assertThat(late.calls().amount()).isEqualTo(1);
      assertThat(dump(bundle)).isEqualTo(before);
      assertThat(bundle.names("dryrun")).containsExactly("plans"); // what was reviewed

      bundle.decideAndAwaitAnswer("cancel", "bad.csv"); // else its request might be sent yet
      DryRunReport done = bundle.instance().dryRuns().run("good.csv", "", NOTHING);
      assertThat(done.planned().rows()).isEqualTo(Map.of("unchanged", 1L));
      assertThat(done.needsAttention()).isFalse();
    }
  }

  @Test
  void whatCannotBePlannedIsSaid() throws Exception {
    TestBundle.Setup setup =
        TestBundle.Setup.plain()
            .withFeed(
                "other",
                Map.of("directory", "other", "results.directory", "results", "include", "o*.csv"));
    try (TestBundle bundle = TestBundle.start(setup)) {
      Path file = folder.resolve("n.csv");
      Files.writeString(file, "nothing that we know\n1\n");

      assertThat(bundle.instance().dryRuns().run("7", "", NOTHING).notDone().fault())
          .isEqualTo("No file has the number or the name 7.");
      assertThat(bundle.instance().dryRuns().run("/no/such.csv", "", NOTHING).notDone().fault())
          .startsWith("There is no file /no/such.csv");
      assertThat(bundle.instance().dryRuns().run(file.toString(), "hr", NOTHING).notDone().fault())
          .isEqualTo("There is no feed hr; there is other, test.");
      DryRunReport refused = bundle.instance().dryRuns().run(file.toString(), "", NOTHING);
      assertThat(refused.about().feed()).isEqualTo("test"); // the only one that wants the name
      assertThat(refused.notDone().refused()).startsWith("NO_HEADER");
      Path both = Files.move(file, folder.resolve("o.csv"));
      assertThat(bundle.instance().dryRuns().run(both.toString(), "", NOTHING).notDone().fault())
          .isEqualTo("Say by which feed with --feed: other, test.");
    }
  }

  @Test
  void aDroppedDryRunIsAnsweredAndRecordedNowhere() throws Exception {
    try (TestBundle bundle = TestBundle.start(TestBundle.Setup.plain())) {
      bundle.drop("export.csv", HEADER + "1001,assessor,default,501\n");
      bundle.awaitAnswer("export.csv");
      List<String> before = dump(bundle);
      int calls = bundle.simulator().calls().size();

      bundle.drop("export.DryRun.csv", HEADER + "1001,assessor,default,502\n1002,iqa,default,5\n");
      bundle.drop("picture.dryrun.csv", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 1});
      TestBundle.await("both drops are gone").until(() -> bundle.names("inbox").isEmpty());

      assertThat(bundle.names("results"))
          .containsExactly(
              "export.DryRun.results.csv", "export.results.csv", "picture.dryrun.error.txt");
      assertThat(Files.readAllLines(bundle.results().resolve("export.DryRun.results.csv")))
          .hasSize(3)
          .anyMatch(
              line -> line.endsWith(",1,planned,,Would change 501 to 502: POST User/1001.,,0,"))
          .anyMatch(line -> line.contains(",2,invalid,ROLE_NOT_ALLOWED,"));
      assertThat(bundle.results().resolve("picture.dryrun.error.txt"))
          .content()
          .startsWith("NOT_READABLE")
          .contains("a dry run: nothing of it is recorded");
      assertThat(dump(bundle)).isEqualTo(before);
      assertThat(bundle.names("spool")).isEmpty();
      assertThat(bundle.names("refused")).isEmpty();
      assertThat(bundle.simulator().calls()).hasSize(calls);
      TestBundle.await("nothing is left of it")
          .until(() -> bundle.names("dryrun").equals(List.of("answers")));
      assertThat(bundle.names("dryrun/answers")).isEmpty();

      // the same again is another drop
      bundle.drop("export.DryRun.csv", HEADER + "1001,assessor,default,501\n");
      Predicate<String> isAnswer =
          name -> name.matches("export\\.DryRun\\.\\d{8}-\\d{6}\\.results\\.csv");
      TestBundle.await("a further answer")
          .until(() -> bundle.names("results").stream().anyMatch(isAnswer));
    }
  }

  @Test
  void aDropWhoseAnswerWasWrittenBeforeACrashIsNotAnsweredTwice() throws Exception {
    try (TestBundle bundle = TestBundle.start(TestBundle.Setup.plain())) {
      bundle.stopInstance();
      String text = HEADER + "1001,assessor,default,501\n";
      for (String name : List.of("written.dryrun.csv", "announced.dryrun.csv")) {
        Path drop = Files.writeString(bundle.inbox().resolve(name), text);
        Files.setLastModifiedTime(drop, FileTime.from(Instant.parse("2026-05-01T10:00:00Z")));
        String key =
            "test/%s/%d/%d"
                .formatted(
                    name, text.length(), Instant.parse("2026-05-01T10:00:00Z").toEpochMilli());
        UUID note = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        Path answers = Files.createDirectories(bundle.data().resolve("dryrun/answers"));
        Files.writeString(answers.resolve(note.toString()), name + ".answer");
      }
      Path half = Files.createDirectories(bundle.data().resolve("dryrun/left"));
      Files.writeString(half.resolve("scratch.mv.db"), "half");
      Files.createDirectories(bundle.results());
      Files.writeString(bundle.results().resolve("written.dryrun.csv.answer"), "as it was");
      bundle.startInstance();
      TestBundle.await("both drops are gone").until(() -> bundle.names("inbox").isEmpty());

      assertThat(bundle.names("results"))
          .containsExactly("announced.dryrun.csv.answer", "written.dryrun.csv.answer");
      assertThat(bundle.results().resolve("written.dryrun.csv.answer")).hasContent("as it was");
      assertThat(bundle.results().resolve("announced.dryrun.csv.answer"))
          .content()
          .contains("Would be sent: POST User/1001.");
      TestBundle.await("nothing is left of it")
          .until(() -> bundle.names("dryrun/answers").isEmpty());
      TestBundle.await("nor of the crash")
          .until(() -> bundle.names("dryrun").equals(List.of("answers")));
      assertThat(bundle.instance().files().in(FileState.DONE)).isEmpty();
    }
  }

  @Test
  void chunksAreComparedWithEachOtherAsInEarnest() throws Exception {
    try (TestBundle bundle = TestBundle.start(TestBundle.Setup.plain())) {
      Path file = folder.resolve("large.csv");
      Files.writeString(file, HEADER + rows(501) + rows(502));

      DryRunReport report = bundle.instance().dryRuns().run(file.toString(), "", NOTHING);

      assertThat(report.planned().rows()).isEqualTo(Map.of("planned", 1200L, "superseded", 1200L));
      assertThat(report.calls().amount()).isEqualTo(1200);
    }
  }

  private static String rows(int assignee) {
    return IntStream.rangeClosed(1, 1200)
        .mapToObj(i -> (1000 + i) + ",assessor,default," + assignee + "\n")
        .collect(Collectors.joining());
  }

  /** Everything that the ledger holds. */
  private static List<String> dump(TestBundle bundle) throws Exception {
    List<String> lines = new ArrayList<>();
    String url = "jdbc:h2:plain:" + bundle.data().resolve("ledger").toAbsolutePath();
    try (Connection connection = DriverManager.getConnection(url, "ledger", "");
        Statement statement = connection.createStatement();
        ResultSet script = statement.executeQuery("SCRIPT")) {
      while (script.next()) {
        lines.add(script.getString(1));
      }
    }
    assertThat(lines).anyMatch(line -> line.contains(".csv"));
    return lines;
  }
}
