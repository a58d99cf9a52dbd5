package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ledger.StoredPauses;
import uk.onefileroutes.onefile.Answer;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.Pause;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.pace.Timetable;
import uk.onefileroutes.testing.SettableTime;

/** What a person's resume ends, and what goes on or begins again all the same. */
class BrakeTest {
  private static final Duration OUTAGE = Duration.ofSeconds(30);
  private static final Answer SILENCE = new Answer.Silence("connection refused", false);

  private final SettableTime time = SettableTime.at("2026-03-31T12:00:00Z");
  private final Pace pace =
      new Pace(
          new Timetable(
              ZoneId.of("Europe/London"),
              Rate.UNLIMITED,
              List.of(),
              List.of(),
              Timetable.DEFAULT_CLOSE_LEAD),
          time);
  private final Ledger ledger;
  private final StoredPauses stored;
  private final Brake brake;

  BrakeTest(@TempDir Path folder) {
    ledger = Ledger.open(LedgerLogin.embedded(folder), "onefile");
    stored = new StoredPauses(ledger);
    brake = new Brake(pace, stored, OUTAGE, time);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void afterAResumeDuringAnOutageTheNextFailurePausesAgainAndLonger() {
    brake.noSession(SILENCE);
    assertThat(pace.isOpen()).isFalse();
    brake.resumeByHand();
    assertThat(pace.isOpen()).isTrue();

    time.advance(Duration.ofSeconds(1));
    brake.noSession(SILENCE);
    assertThat(pace.isOpen()).isFalse();
    assertThat(stored.all())
        .extracting(StoredPauses.StoredPause::until)
        .containsExactly(time.instant().plus(OUTAGE.multipliedBy(2)));
  }

  @Test
  void afterAResumeALoginThatIsStillRefusedPausesAgain() {
    brake.unauthorised("no");
    brake.resumeByHand();
    assertThat(pace.isOpen()).isTrue();

    time.advance(Duration.ofSeconds(1));
    brake.unauthorised("no");
    assertThat(pace.isOpen()).isFalse();
  }

  @Test
  void whatAResumeEndsIsNotTakenUpAtTheNextStart() {
    brake.pauseByHand("audit");
    brake.noSession(SILENCE);
    assertThat(stored.all()).hasSize(2);
    brake.resumeByHand();
    assertThat(stored.all()).isEmpty();
  }

  @Test
  void whatAPersonSaysOfAPauseSteersNoTerminal() {
    brake.pauseByHand("an\u001b[2J\u009b2J\u202e\u200b\r\naudit");
    assertThat(pace.now().reason()).contains("audit").doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    assertThat(stored.all().get(0).message()).isEqualTo("an [2J 2J audit");
  }

  @Test
  void aPauseThatOnefileAskedForStays() {
    brake.throttled(time.instant().plusSeconds(60));
    brake.resumeByHand();
    assertThat(pace.isOpen()).isFalse();
    assertThat(stored.all()).hasSize(1);
  }

  @Test
  void aRefusedLoginIsTroubleUntilACallBehindItsPauseIsAnswered() {
    assertThat(brake.trouble().isLoginTold()).as("nothing is known yet").isFalse();
    brake.unauthorised("no");
    brake.answered(); // a call that left before
    assertThat(brake.trouble().refused()).contains("no");

    time.advance(OUTAGE);
    assertThat(brake.trouble().refused()).as("the pause alone says nothing").contains("no");
    brake.answered();
    assertThat(brake.trouble().refused()).isEmpty();
    assertThat(brake.trouble().isLoginTold()).isTrue();
  }

  @Test
  void eachRefusalInARowPausesTwiceAsLongUpToAQuarterOfAnHour() {
    for (long seconds : List.of(30L, 60L, 120L, 240L, 480L, 900L, 900L)) {
      brake.unauthorised("no");
      brake.unauthorised("no"); // what another worker heard is the same refusal
      assertThat(waits()).containsExactly(Duration.ofSeconds(seconds));
      assertThat(brake.trouble().refused()).contains("no");
      time.advance(Duration.ofSeconds(seconds));
      assertThat(pace.isOpen()).isTrue();
    }

    brake.answered();
    assertThat(stored.all()).isEmpty();
    brake.unauthorised("no");
    assertThat(waits()).containsExactly(OUTAGE);
  }

  @Test
  void aRestartAsksOnceAndARefusalGoesOnDoubling() {
    brake.unauthorised("no");
    time.advance(OUTAGE);
    brake.unauthorised("no");
    pace.resume(Pause.Reason.UNAUTHORISED); // a new process has a pace of its own
    Brake next = new Brake(pace, stored, OUTAGE, time);
    next.restore();
    assertThat(pace.isOpen()).as("the token may be another").isTrue();

    next.unauthorised("no");
    assertThat(pace.isOpen()).isFalse();
    assertThat(waits()).containsExactly(OUTAGE.multipliedBy(4));
  }

  private List<Duration> waits() {
    return stored.all().stream()
        .map(pause -> Duration.between(time.instant(), pause.until()))
        .toList();
  }

  @Test
  void anOutageIsTroubleAcrossARestartUntilOnefileAnswers() {
    brake.noSession(SILENCE);
    assertThat(brake.trouble().outage()).isPresent();
    Brake next = new Brake(pace, stored, OUTAGE, time);
    next.restore();
    assertThat(next.trouble().outage()).isPresent();
    next.answered();
    assertThat(next.trouble().outage()).isEmpty();
  }

  @Test
  void onlyAWaitOfMoreThanAnHourIsTrouble() {
    brake.throttled(time.instant().plus(Duration.ofHours(1)));
    assertThat(brake.trouble().throttledUntil()).isEmpty();
    brake.throttled(time.instant().plus(Duration.ofHours(1)).plusSeconds(1));
    assertThat(brake.trouble().throttledUntil()).isPresent();

    time.advance(Duration.ofHours(1));
    assertThat(brake.trouble().throttledUntil()).isPresent();
    brake.answered();
    assertThat(brake.trouble().throttledUntil()).isEmpty();
  }
}
