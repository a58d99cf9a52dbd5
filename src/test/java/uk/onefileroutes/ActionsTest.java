package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.RetryOf;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.testing.TestBundle;

/** What people do with files, in the real bundle: the senders' answers follow. */
class ActionsTest {
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";
  private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");

  @Test
  void aFileCancelledInTheMiddleIsAnsweredAndTheOthersAreSent() throws Exception {
    TestBundle.Setup slow =
        TestBundle.Setup.plain()
            .withKey("delivery.calls-per-minute", "300")
            .withKey("delivery.concurrency", "2")
            .withFeedKey("feed.snapshot", "partial"); // the second file is of others
    try (TestBundle bundle = TestBundle.start(slow)) {
      bundle.drop("export.csv", rows(20_001, 400, 7));
      FileEntry file = accepted(bundle, "export.csv");
      bundle.drop("other.csv", rows(90_001, 3, 7));
      TestBundle.await("some are sent")
          .until(() -> bundle.instance().files().tally(file.no()).containsKey(RowState.SENT));
      FileEntry other = accepted(bundle, "other.csv");
      TestBundle.await("the other file is released")
          .until(() -> find(bundle, other.no()).state() == FileState.DELIVERING);
      FileActions.Cancelled cancelled = bundle.instance().actions().cancel(file.no(), NOW);
      assertThat(cancelled.file().state()).isEqualTo(FileState.CANCELLED);
      assertThat(cancelled.tally()).containsKey(RowState.CANCELLED);

      Path results = bundle.awaitResults("export.csv");
      List<String> lines = Files.readAllLines(results);
      long sent = count(lines, ",sent,SENT,");
      assertThat(lines).hasSize(401);
      assertThat(sent).isPositive();
      assertThat(count(lines, ",cancelled,CANCELLED,")).isEqualTo(400 - sent);
      assertThat(find(bundle, file.no()).state()).isEqualTo(FileState.CANCELLED);
      assertThat(find(bundle, file.no()).stored()).startsWith("archive/");

      assertThat(count(Files.readAllLines(bundle.awaitResults("other.csv")), ",sent,SENT,"))
          .isEqualTo(3);
      assertThat(bundle.assignments()).isEqualTo(sent + 3);
    }
  }

  @Test
  void aFileCancelledBeforeItIsReadIsAnsweredWithoutACall() throws Exception {
    try (TestBundle bundle = TestBundle.start(TestBundle.Setup.plain())) {
      bundle.drop("export.csv", rows(20_001, 10_000, 7));
      FileEntry file = accepted(bundle, "export.csv");
      FileActions.Cancelled cancelled = bundle.instance().actions().cancel(file.no(), NOW);
      assertThat(cancelled.isStillRead()).isTrue();
      List<String> lines = Files.readAllLines(bundle.awaitResults("export.csv"));
      assertThat(count(lines, ",cancelled,CANCELLED,")).isEqualTo(10_000);
      assertThat(bundle.assignments()).isZero();
    }
  }

  @Test
  void aCancelThatTheProcessDidNotSurviveIsCompletedAtItsNextStart() throws Exception {
    TestBundle.Setup closed =
        TestBundle.Setup.plain().withKey("delivery.closed.always", "daily 00:00-23:59");
    try (TestBundle bundle = TestBundle.start(closed)) {
      bundle.drop("export.csv", rows(20_001, 5, 7));
      FileEntry file = accepted(bundle, "export.csv");
      TestBundle.await("it is released")
          .until(() -> find(bundle, file.no()).state() == FileState.DELIVERING);
      halfCancelled(bundle, file.no());
      bundle.stopInstance();
      bundle.startInstance();
      List<String> lines = Files.readAllLines(bundle.awaitResults("export.csv"));
      assertThat(count(lines, ",cancelled,CANCELLED,")).isEqualTo(5);
    }
  }

  @Test
  void blockedRowsThatAreRetriedAreSentAndAnsweredOnceMore() throws Exception {
    TestBundle.Setup once = TestBundle.Setup.plain().withKey("delivery.retry.attempts", "1");
    try (TestBundle bundle = TestBundle.start(once)) {
      bundle
          .simulator()
          .faults()
          .add(Fault.answer(500).on(Selection.all().forLearner(20_002).next(1)));
      bundle.drop("export.csv", rows(20_001, 3, 7));
      TestBundle.Answer first = bundle.awaitAnswer("export.csv");
      assertThat(count(Files.readAllLines(first.results()), ",blocked,TOO_MANY_ATTEMPTS,"))
          .isEqualTo(1);
      assertThat(first.rejects()).isNotNull();

      FileActions.Retried retried = bundle.instance().actions().retry(RetryOf.allBlocked(), NOW);
      assertThat(retried.retried()).isEqualTo(1);
      TestBundle.await("a further answer").until(() -> results(bundle).size() == 2);
      TestBundle.await("done")
          .until(() -> find(bundle, first.file().no()).state() == FileState.DONE);
      Path further = bundle.results().resolve(results(bundle).get(0));
      assertThat(further.getFileName().toString())
          .matches("export\\.\\d{8}-\\d{6}\\.results\\.csv");
      assertThat(count(Files.readAllLines(further), ",sent,SENT,")).isEqualTo(3);
      assertThat(count(Files.readAllLines(first.results()), ",sent,SENT,")).isEqualTo(2);
      assertThat(find(bundle, first.file().no()).stored()).startsWith("archive/");
      assertThat(bundle.assignments()).isEqualTo(4);
    }
  }

  @Test
  void aRetriedRowThatALaterFileOvertookIsNotSent() throws Exception {
    try (TestBundle bundle = TestBundle.start(TestBundle.Setup.plain())) {
      bundle
          .simulator()
          .faults()
          .add(Fault.answer(404).on(Selection.all().forLearner(20_001).next(1)));
      bundle.drop("export.csv", rows(20_001, 1, 7));
      TestBundle.Answer first = bundle.awaitAnswer("export.csv");
      bundle.drop("later.csv", rows(20_001, 1, 8));
      Path unused = bundle.awaitResults("later.csv");
      FileActions.Retried retried =
          bundle.instance().actions().retry(RetryOf.file(first.file().no()), NOW);
      assertThat(retried.superseded()).isEqualTo(1);
      TestBundle.await("a further answer").until(() -> results(bundle).size() == 2);
      Path further = bundle.results().resolve(results(bundle).get(0));
      assertThat(count(Files.readAllLines(further), ",superseded,SUPERSEDED,")).isEqualTo(1);
      assertThat(bundle.assignments()).isEqualTo(2);
    }
  }

  /** What a process leaves that ends between a cancel's first step and its second. */
  private static void halfCancelled(TestBundle bundle, long file) throws Exception {
    try (var ledger = LedgerTroubleTest.connect(bundle);
        var statement = ledger.createStatement()) {
      assertThat(statement.executeUpdate("UPDATE file SET state = 'cancelled' WHERE no = " + file))
          .isEqualTo(1);
    }
  }

  private static FileEntry accepted(TestBundle bundle, String name) {
    return TestBundle.await(name + " is accepted")
        .until(
            () ->
                Stream.of(FileState.RECEIVING, FileState.DELIVERING)
                    .flatMap(state -> bundle.instance().files().in(state).stream())
                    .filter(file -> file.name().equals(name))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static FileEntry find(TestBundle bundle, long no) {
    return bundle.instance().files().find(no).orElseThrow();
  }

  /** The results for export.csv, the further ones first. */
  private static List<String> results(TestBundle bundle) throws IOException {
    return bundle.names("results").stream()
        .filter(name -> name.startsWith("export.") && name.endsWith("results.csv"))
        .toList();
  }

  private static String rows(int firstLearner, int count, int assignee) {
    return IntStream.range(0, count)
        .mapToObj(i -> (firstLearner + i) + ",assessor,default," + assignee + "\n")
        .collect(Collectors.joining("", HEADER, ""));
  }

  private static long count(List<String> lines, String part) {
    return lines.stream().filter(line -> line.contains(part)).count();
  }
}
