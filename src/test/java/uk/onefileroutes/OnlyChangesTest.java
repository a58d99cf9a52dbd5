package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestBundle.Setup;

/** Which rows cost a call and which don't, in the real bundle. */
class OnlyChangesTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";
  private static final int FULL = 50_000;
  private static final int FIRST_LEARNER = 500_000;

  @Test
  void aFullExportWithAHundredChangedAssigneesMakesAHundredCalls() throws Exception {
    // all changed ones get the same new assignee
    Setup setup = Setup.plain().withKey("plan.hold.caseload", "never");
    try (TestBundle bundle = TestBundle.start(setup)) {
      seedSlots(bundle, FULL, 7);
      String export = rows(FULL, row -> row % 500 == 0 ? 8 : 7);
      bundle.drop("export.csv", export);
      TestBundle.Answer first = bundle.awaitAnswer("export.csv");
      assertThat(bundle.instance().files().tally(first.file().no()))
          .isEqualTo(Map.of(RowState.SENT, 100L, RowState.UNCHANGED, FULL - 100L));
      assertThat(assignments(bundle)).hasSize(100).allMatch(call -> call.body().contains("8"));
    }
  }

  @Test
  void thereAndBackIsThreeCallsAlsoWhereFilesAreEqualByteForByte() throws Exception {
    Setup setup = Setup.plain().withKey("plan.hold.older", "false"); // it goes back on purpose
    try (TestBundle bundle = TestBundle.start(setup)) {
      FileEntry last = null;
      for (int assignee : new int[] {7, 8, 7}) {
        bundle.drop("export.csv", rows(1, row -> assignee));
        TestBundle.Answer answer = bundle.awaitAnswer("export.csv");
        assertThat(answer.results()).content().contains(",sent,SENT,");
        last = answer.file();
      }
      assertThat(last)
          .isNotNull()
          .satisfies(file -> assertThat(file.received().equalFile()).isEqualTo(1L));
      assertThat(assignments(bundle))
          .extracting(Call::body)
          .containsExactly(
              "{\"DefaultAssessorID\":7}",
              "{\"DefaultAssessorID\":8}",
              "{\"DefaultAssessorID\":7}");
      bundle.drop("export.csv", rows(1, row -> 7));
      assertThat(bundle.awaitResults("export.csv")).content().contains(",unchanged,UNCHANGED,");
      assertThat(assignments(bundle)).hasSize(3);
    }
  }

  @Test
  void aFeedThatSendsAlwaysSendsEachValidRowAndAnotherMayDiffer() throws Exception {
    Setup always =
        Setup.plain()
            .withKey("plan.resend", "always")
            .withFeed(
                "careful",
                Map.of(
                    "directory", "careful",
                    "results.directory", "careful-results",
                    "poll", "100ms",
                    "plan.resend", "changes"));
    try (TestBundle bundle = TestBundle.start(always)) {
      String twice = rows(2, row -> 7) + (FIRST_LEARNER + 1) + ",assessor,default,7\n";
      for (int time = 1; time <= 2; time++) {
        bundle.drop("export.csv", twice);
        List<String> lines = Files.readAllLines(bundle.awaitResults("export.csv"));
        assertThat(lines).filteredOn(line -> line.contains(",sent,SENT,")).hasSize(2);
        assertThat(lines).filteredOn(line -> line.contains(",DUPLICATE_ROW,")).hasSize(1);
        assertThat(assignments(bundle)).hasSize(2 * time);
      }
      dropInto(bundle.data().resolve("careful"), "nightly.csv", rows(2, row -> 7));
      FileEntry careful =
          TestBundle.await("the other feed's file is done")
              .until(
                  () ->
                      bundle.instance().files().in(FileState.DONE).stream()
                          .filter(file -> file.feed().equals("careful"))
                          .toList(),
                  files -> files.size() == 1)
              .get(0);
      assertThat(bundle.instance().files().tally(careful.no()))
          .isEqualTo(Map.of(RowState.UNCHANGED, 2L));
      assertThat(assignments(bundle)).hasSize(4);
    }
  }

  private static void dropInto(Path folder, String name, String text) throws IOException {
    Path hidden = folder.resolve(".dropping");
    Files.writeString(hidden, text);
    Files.move(hidden, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** As if an export of so many rows had been sent before. */
  private static void seedSlots(TestBundle bundle, int many, int assignee) throws Exception {
    try (Connection ledger = LedgerTroubleTest.connect(bundle);
        Statement statement = ledger.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "INSERT INTO slot (account, learner, slot, assignee, known, sent_at)"
                      + " SELECT (SELECT MIN(name) FROM account), "
                      + FIRST_LEARNER
                      + " + X, 'default/assessor', "
                      + assignee
                      + ", TRUE, CURRENT_TIMESTAMP FROM SYSTEM_RANGE(1, "
                      + many
                      + ")"))
          .isEqualTo(many);
    }
  }

  private static String rows(int count, IntUnaryOperator assignee) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            row -> (FIRST_LEARNER + row) + ",assessor,default," + assignee.applyAsInt(row) + "\n")
        .collect(Collectors.joining("", HEADER, ""));
  }

  private static List<Call> assignments(TestBundle bundle) {
    return bundle.simulator().calls().stream()
        .filter(call -> call.path().contains("/User/"))
        .toList();
  }
}
