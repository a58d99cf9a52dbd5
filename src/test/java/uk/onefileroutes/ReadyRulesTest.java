package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.testing.TestBundle;

/** When a file in the drop folder is taken, by each rule. */
@Execution(ExecutionMode.CONCURRENT)
class ReadyRulesTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";
  private static final String ONE_ROW = HEADER + "1001,assessor,default,501\n";
  private static final List<String> NEVER_TAKEN =
      List.of(
          ".hidden",
          ".hidden.csv",
          "DESKTOP.INI",
          "Thumbs.db",
          "desktop.ini",
          "export.csv.filepart",
          "export.csv.part",
          "export.csv.tmp",
          "export.csv.TMP",
          "export.csv.partial",
          "export.csv.writing",
          "export.csv.crdownload",
          "export.csv.lock",
          "export.csv.sb-1a2b3c4d-Xy9Zzz",
          "export.csv.bak",
          "export.csv.orig",
          "export.csv~",
          ".export.csv.swp",
          "export.csv.swp",
          ".DS_Store",
          ".~lock.export.csv#",
          "#export.csv#",
          "~$export.xlsx");

  @Test
  void aGrowingFileIsTakenOnlyOnceItHasStoppedAndThenWhole() throws Exception {
    // the writer would have to stall for a second to be taken for finished
    try (TestBundle bundle = TestBundle.start(rule("stable").withFeedKey("ready.quiet", "1s"))) {
      Path file = bundle.inbox().resolve("export.csv");
      Files.writeString(file, HEADER);
      AtomicInteger rows = new AtomicInteger();
      TestBundle.await("growth over many looks")
          .pollInterval(Duration.ofMillis(20))
          .during(Duration.ofMillis(3500))
          .until(
              () -> {
                String row = (1000 + rows.incrementAndGet()) + ",assessor,default,501\n";
                boolean there = Files.exists(file);
                if (there) {
                  Files.writeString(file, row, StandardOpenOption.APPEND);
                }
                return there && bundle.names("spool").isEmpty();
              });
      String whole = Files.readString(file);
      TestBundle.Answer answer = bundle.awaitAnswer("export.csv");
      assertThat(bundle.data().resolve(answer.file().stored()))
          .hasContent(whole)
          .content(StandardCharsets.UTF_8)
          .hasLineCount(rows.get() + 1);
      assertThat(bundle.names("archive")).hasSize(1);
    }
  }

  @Test
  void aFileWithoutItsMarkerStaysAndTheMarkerIsRemovedWithTheFile() throws Exception {
    try (TestBundle bundle = TestBundle.start(rule("done"))) {
      bundle.drop("early.csv", ONE_ROW);
      bundle.drop("late.csv", ONE_ROW);
      bundle.drop("late.csv.done", "");
      bundle.awaitAnswer("late.csv"); // by now it has looked at both, more than once
      assertThat(bundle.names("inbox")).containsExactly("early.csv");

      bundle.drop("early.csv.done", "");
      bundle.awaitAnswer("early.csv");
      assertThat(bundle.names("inbox")).isEmpty();
    }
  }

  @Test
  void aRenamedFileIsTakenAtTheFirstLook() throws Exception {
    TestBundle.Setup oneLook = rule("rename").withFeedKey("poll", "1d");
    try (TestBundle bundle = TestBundle.start(oneLook)) {
      bundle.stopInstance();
      bundle.drop("export.csv", ONE_ROW);
      bundle.startInstance(); // looks once, and again tomorrow
      bundle.awaitAnswer("export.csv");
      assertThat(bundle.names("inbox")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stable", "done", "rename"})
  void unfinishedFilesAndLitterAreNeverTaken(String rule) throws Exception {
    try (TestBundle bundle = TestBundle.start(rule(rule))) {
      List<String> left = new ArrayList<>();
      for (String name : NEVER_TAKEN) {
        bundle.drop(name, ONE_ROW);
        left.add(name);
        if (rule.equals("done")) {
          bundle.drop(name + ".done", "");
          left.add(name + ".done");
        }
      }
      bundle.drop("export.csv", ONE_ROW);
      if (rule.equals("done")) {
        bundle.drop("export.csv.done", "");
      }
      bundle.awaitAnswer("export.csv");
      assertThat(bundle.names("inbox")).containsExactlyInAnyOrderElementsOf(left);
      assertThat(bundle.names("refused")).isEmpty();
    }
  }

  private static TestBundle.Setup rule(String name) {
    return TestBundle.Setup.plain().withFeedKey("ready", name);
  }
}
