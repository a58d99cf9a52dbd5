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
class AccountGuardTest {
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
  private final AccountGuard guard;

  AccountGuardTest(@TempDir Path folder) {
    ledger = Ledger.open(LedgerLogin.embedded(folder), "onefile");
    stored = new StoredPauses(ledger);
    guard = new AccountGuard(pace, stored, OUTAGE, time);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void afterAResumeDuringAnOutageTheNextFailurePausesAgainAndLonger() {
    guard.noSession(SILENCE);
    assertThat(pace.isOpen()).isFalse();
    guard.resumeByHand();
    assertThat(pace.isOpen()).isTrue();

    time.advance(Duration.ofSeconds(1));
    guard.noSession(SILENCE);
    assertThat(pace.isOpen()).isFalse();
    assertThat(stored.all())
        .extracting(StoredPauses.StoredPause::until)
        .containsExactly(time.instant().plus(OUTAGE.multipliedBy(2)));
  }

  @Test
  void afterAResumeALoginThatIsStillRefusedPausesAgain() {
    guard.unauthorised("no");
    guard.resumeByHand();
    assertThat(pace.isOpen()).isTrue();

    time.advance(Duration.ofSeconds(1));
    guard.unauthorised("no");
    assertThat(pace.isOpen()).isFalse();
  }

  @Test
  void whatAResumeEndsIsNotTakenUpAtTheNextStart() {
    guard.pauseByHand("audit");
    guard.noSession(SILENCE);
    assertThat(stored.all()).hasSize(2);
    guard.resumeByHand();
    assertThat(stored.all()).isEmpty();
  }

  @Test
  void whatAPersonSaysOfAPauseSteersNoTerminal() {
    guard.pauseByHand("an\u001b[2J\u009b2J\u202e\u200b\r\naudit");
    assertThat(pace.now().admission().reason())
        .contains("audit")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    assertThat(stored.all().get(0).message()).isEqualTo("an [2J 2J audit");
  }

  @Test
  void aPauseThatOnefileAskedForStays() {
    guard.throttled(time.instant().plusSeconds(60));
    guard.resumeByHand();
    assertThat(pace.isOpen()).isFalse();
    assertThat(stored.all()).hasSize(1);
  }

  @Test
  void aRefusedLoginIsTroubleUntilACallBehindItsPauseIsAnswered() {
    assertThat(guard.trouble().isLoginTold()).as("nothing is known yet").isFalse();
    guard.unauthorised("no");
    guard.answered(); // a call that left before
    assertThat(guard.trouble().refused()).contains("no");

    time.advance(OUTAGE);
    assertThat(guard.trouble().refused()).as("the pause alone says nothing").contains("no");
    guard.answered();
    assertThat(guard.trouble().refused()).isEmpty();
    assertThat(guard.trouble().isLoginTold()).isTrue();
  }

  @Test
  void eachRefusalInARowPausesTwiceAsLongUpToAQuarterOfAnHour() {
    for (long seconds : List.of(30L, 60L, 120L, 240L, 480L, 900L, 900L)) {
      guard.unauthorised("no");
      guard.unauthorised("no"); // what another worker heard is the same refusal
      assertThat(waits()).containsExactly(Duration.ofSeconds(seconds));
      assertThat(guard.trouble().refused()).contains("no");
      time.advance(Duration.ofSeconds(seconds));
      assertThat(pace.isOpen()).isTrue();
    }

    guard.answered();
    assertThat(stored.all()).isEmpty();
    guard.unauthorised("no");
    assertThat(waits()).containsExactly(OUTAGE);
  }

  @Test
  void aRestartAsksOnceAndARefusalGoesOnDoubling() {
    guard.unauthorised("no");
    time.advance(OUTAGE);
    guard.unauthorised("no");
    pace.resume(Pause.Reason.UNAUTHORISED); // a new process has a pace of its own
    AccountGuard next = new AccountGuard(pace, stored, OUTAGE, time);
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
    guard.noSession(SILENCE);
    assertThat(guard.trouble().outage()).isPresent();
    AccountGuard next = new AccountGuard(pace, stored, OUTAGE, time);
    next.restore();
    assertThat(next.trouble().outage()).isPresent();
    next.answered();
    assertThat(next.trouble().outage()).isEmpty();
  }

  @Test
  void onlyAWaitOfMoreThanAnHourIsTrouble() {
    guard.throttled(time.instant().plus(Duration.ofHours(1)));
    assertThat(guard.trouble().throttledUntil()).isEmpty();
    guard.throttled(time.instant().plus(Duration.ofHours(1)).plusSeconds(1));
    assertThat(guard.trouble().throttledUntil()).isPresent();

    time.advance(Duration.ofHours(1));
    assertThat(guard.trouble().throttledUntil()).isPresent();
    guard.answered();
    assertThat(guard.trouble().throttledUntil()).isEmpty();
  }
}
