package uk.onefileroutes.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.Claim;
import uk.onefileroutes.ledger.LearnerQueues;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ledger.NewFile;
import uk.onefileroutes.ledger.NewRow;
import uk.onefileroutes.ledger.PlannedRows;
import uk.onefileroutes.ledger.Releases;
import uk.onefileroutes.ledger.StoredPauses;
import uk.onefileroutes.ledger.Trust;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.pace.Timetable;
import uk.onefileroutes.plan.SlotRule;
import uk.onefileroutes.stage.Stage;
import uk.onefileroutes.testing.SettableTime;

/** Who of the workers gets which request. */
class ClaimsTest {
  private final SettableTime time = SettableTime.at("2026-03-31T12:00:00Z");
  private final Ledger ledger;
  private final Claims claims;

  ClaimsTest(@TempDir Path folder) {
    ledger = Ledger.open(LedgerLogin.embedded(folder), "onefile");
    Pace pace =
        new Pace(
            new Timetable(
                ZoneId.of("Europe/London"),
                Rate.UNLIMITED,
                List.of(),
                List.of(),
                Timetable.DEFAULT_CLOSE_LEAD),
            time);
    AccountGuard guard =
        new AccountGuard(pace, new StoredPauses(ledger), Duration.ofSeconds(30), time);
    claims =
        new Claims(
            new SendContext(pace, guard, new LearnerQueues(ledger), "run-1", time),
            2,
            new Stage(Stage.Name.SETTLING, time));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  /** A tick that begins while a file is just being queued. */
  @Test
  void aTickEndsForAllWorkersAlikeSoThatNoneIsLeftAloneWithAllTheWork() {
    assertThat(claims.workers()).hasSize(2);
    Iterator<Claim> early = claims.due();
    Iterator<Claim> late = claims.due();
    assertThat(early.next()).isNull();
    queue(1, 2);

    assertThat(late.next()).isNull();

    assertThat(claims.workers()).hasSize(2);
    assertThat(List.of(learner(claims.due()), learner(claims.due()))).containsExactly(1L, 2L);
  }

  @Test
  void whatBecomesDueWhileOneIsAtWorkGoesToAnother() {
    queue(1);
    assertThat(claims.workers()).hasSize(2);
    assertThat(learner(claims.due())).isEqualTo(1);
    queue(2);

    assertThat(learner(claims.due())).isEqualTo(2);
  }

  private static long learner(Iterator<Claim> worker) {
    return requireNonNull(worker.next()).learner();
  }

  /** A file with a row for each of these learners is released. */
  private void queue(long... learners) {
    AcceptedFiles files = new AcceptedFiles(ledger);
    PlannedRows rows = new PlannedRows(ledger);
    long file =
        files.accept(
            new NewFile(
                "inbox",
                "export.csv",
                1,
                "0".repeat(64),
                time.instant(),
                "spool/" + learners[0],
                time.instant()));
    rows.begin(file);
    List<NewRow> all =
        LongStream.of(learners)
            .mapToObj(
                learner ->
                    NewRow.planned(
                        learner,
                        0,
                        null,
                        new NewRow.Ask(
                            learner,
                            "default/assessor",
                            900,
                            "default",
                            "User/" + learner,
                            "{}",
                            "assessor")))
            .toList();
    assertThat(rows.store(file, all, new SlotRule(Trust.FOR_EVER, time.instant()), time.instant()))
        .isNotNull();
    Releases releases = new Releases(ledger);
    assertThat(releases.release(file, null, time.instant())).isEqualTo(Releases.Release.RELEASED);
    releases.queueLearners(file);
  }
}
