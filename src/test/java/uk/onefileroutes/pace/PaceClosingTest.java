package uk.onefileroutes.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.onefileroutes.pace.PaceStatus.Source;
import uk.onefileroutes.pace.PaceStatus.State;
import uk.onefileroutes.pace.Pause.Reason;
import uk.onefileroutes.testing.SettableTime;

/**
 * Windows, pauses, rates of 0 and stopping: when the gate admits nobody, and what it says of it.
 */
@Timeout(30)
class PaceClosingTest {

  private static final Duration SPACING = new Rate(60).spacing();
  private static final Duration NANO = Duration.ofNanos(1);

  // half an hour before the window, in summer time
  private final SettableTime time = SettableTime.at("2026-06-15T05:25:00Z");
  private final Callers callers = new Callers(time);

  @AfterEach
  void sendCallersHome() {
    callers.close();
  }

  @Test
  void aWindowEnteredWhileWaitingSendsCallersHome() throws Exception {
    Pace pace = pace(new Rate(1));
    time.advance(Duration.ofMinutes(29));
    assertThat(pace.admit()).isTrue();
    Future<Boolean> caller = callers.waits(pace::admit);
    Future<Boolean> ahead = callers.waits(pace::admitAhead);
    callers.advanceInVain(Duration.ofSeconds(40).minus(NANO));
    callers.advance(NANO);
    assertThat(callers.answer(caller)).isFalse();
    assertThat(callers.answer(ahead)).isFalse();
    assertThat(time.instant()).isEqualTo("2026-06-15T05:54:40Z");
    assertThat(pace.isOpen()).isFalse();
    assertThat(pace.admissions()).isEqualTo(1);
  }

  @Test
  void fromTheLeadToTheEndOfAWindowNobodyIsAdmittedAndThenWithoutABurst() throws Exception {
    Pace pace = pace(new Rate(60));
    assertThat(pace.admit()).isTrue();
    for (String at : List.of("05:54:40", "05:55:00", "06:00:00", "06:34:59")) {
      time.advanceTo(at(at));
      assertThat(pace.admit()).as(at).isFalse();
      assertThat(pace.admitAhead()).as(at).isFalse();
    }
    time.advance(Duration.ofSeconds(1));
    assertThat(pace.isOpen()).isTrue();
    oneGoesAndTheNextWaits(pace);
  }

  @Test
  void aWallClockPutForwardIntoAWindowClosesAndPutBackOpens() throws Exception {
    Pace pace = pace(new Rate(60));
    assertThat(pace.admit()).isTrue();
    Future<Boolean> caller = callers.waits(pace::admit);
    time.jumpTo(Instant.parse("2026-06-15T06:00:00Z"));
    assertThat(callers.answer(caller)).isFalse();
    time.jumpTo(Instant.parse("2026-06-15T05:00:00Z"));
    assertThat(pace.isOpen()).isTrue();
    Future<Boolean> next = callers.waits(pace::admit);
    callers.advance(SPACING);
    assertThat(callers.answer(next)).isTrue();
  }

  @Test
  void aPauseLastsAsLongAsItWasMeantWhateverIsDoneToTheWallClock() throws Exception {
    Pace pace = pace(new Rate(60));
    Instant begins = time.instant();
    pace.pauseUntil(new Pause(Reason.SERVER, begins.plusSeconds(600), "why"));
    time.jumpTo(begins.plus(Duration.ofHours(24)));
    assertThat(pace.admit()).isFalse();
    time.jumpTo(begins.minus(Duration.ofHours(24)));
    assertThat(pace.now().pauses())
        .extracting(Pause::until)
        .containsExactly(time.instant().plusSeconds(600));
    time.advance(Duration.ofSeconds(599));
    assertThat(pace.admit()).isFalse();
    time.advance(Duration.ofSeconds(1));
    assertThat(pace.now().pauses()).isEmpty();
    assertThat(pace.admit()).isTrue();
  }

  @Test
  void aRateOfZeroAdmitsNobodyAndWakesByItselfWhenThePlanEnds() throws Exception {
    Pace pace =
        new Pace(
            new Timetable(
                ZoneId.of("Europe/London"),
                new Rate(60),
                List.of(PlanEntry.parse("rest", "daily 06:30-06:40 at 0")),
                List.of(),
                Duration.ZERO),
            time);
    time.advance(Duration.ofMinutes(5).minus(NANO));
    assertThat(pace.admit()).isTrue();
    Future<Boolean> caller = callers.waits(pace::admit);
    callers.advance(NANO);
    assertThat(callers.answer(caller)).isFalse();
    assertThat(pace.admitAhead()).isFalse();
    assertThat(pace.now())
        .returns(State.RATE_ZERO, it -> it.admission().state())
        .returns(Source.PLAN, it -> it.speed().source())
        .returns(
            "The rate is 0: plan rest (daily 06:30-06:40 at 0).", it -> it.admission().reason())
        .satisfies(status -> assertThat(status.admission().opens()).contains(at("05:40:00")));
    time.advance(Duration.ofMinutes(10));
    oneGoesAndTheNextWaits(pace);
  }

  @Test
  void aRateSetToZeroSendsCallersHomeAndResettingItWakesTheGate() throws Exception {
    Pace pace = pace(new Rate(60));
    assertThat(pace.admit()).isTrue();
    Future<Boolean> caller = callers.waits(pace::admit);
    pace.setRate(Rate.NONE);
    assertThat(callers.answer(caller)).isFalse();
    assertThat(pace.now())
        .returns(State.RATE_ZERO, it -> it.admission().state())
        .returns(Source.BY_HAND, it -> it.speed().source())
        .satisfies(status -> assertThat(status.admission().opens()).isEmpty());
    assertThat(pace.finish(1)).isEmpty();
    pace.resetRate();
    Future<Boolean> next = callers.waits(pace::admit);
    callers.advance(SPACING);
    assertThat(callers.answer(next)).isTrue();
  }

  @Test
  void aPauseSendsCallersHomeAndEndsByItselfWithoutABurst() throws Exception {
    Pace pace = pace(new Rate(60));
    assertThat(pace.admit()).isTrue();
    Future<Boolean> caller = callers.waits(pace::admit);
    pace.pauseUntil(pause(Reason.SERVER, "05:26:00"));
    assertThat(callers.answer(caller)).isFalse();
    time.advance(Duration.ofMinutes(1).minus(NANO));
    assertThat(pace.admit()).isFalse();
    assertThat(pace.admitAhead()).isFalse();
    time.advance(NANO);
    assertThat(pace.now().pauses()).isEmpty();
    oneGoesAndTheNextWaits(pace);
  }

  @Test
  void forOneReasonTheLaterEndWins() {
    Pace pace = pace(new Rate(60));
    pace.pauseUntil(pause(Reason.SERVER, "05:30:00"));
    pace.pauseUntil(pause(Reason.SERVER, "05:26:00"));
    assertThat(pace.now().admission().opens()).contains(at("05:30:00"));
    pace.pauseUntil(pause(Reason.SERVER, "05:31:00"));
    assertThat(pace.now().admission().opens()).contains(at("05:31:00"));
    pace.pauseUntil(pause(Reason.SERVER, null));
    pace.pauseUntil(pause(Reason.SERVER, "05:40:00"));
    assertThat(pace.now().admission().opens()).isEmpty();
    assertThat(pace.now().pauses()).containsExactly(pause(Reason.SERVER, null));
  }

  @Test
  void pausesForDifferentReasonsAreIndependent() {
    Pace pace = pace(new Rate(60));
    pace.pauseUntil(pause(Reason.OPERATOR, null));
    pace.pauseUntil(pause(Reason.OUTAGE, "05:30:00"));
    assertThat(pace.now().admission().reason())
        .isEqualTo("Outage of Onefile: why. Paused by hand: why.");
    pace.resume(Reason.SERVER);
    pace.resume(Reason.OPERATOR);
    assertThat(pace.isOpen()).isFalse();
    pace.resume(Reason.OUTAGE);
    assertThat(pace.isOpen()).isTrue();
    pace.resume(Reason.OUTAGE);
    assertThat(pace.isOpen()).isTrue();
  }

  @Test
  void anIndefinitePauseOutlastsWindowsAndTimetables() throws Exception {
    Pace pace = pace(new Rate(60));
    pace.pauseUntil(pause(Reason.UNAUTHORISED, null));
    pace.replace(timetable(new Rate(240)));
    time.advance(Duration.ofDays(500));
    assertThat(pace.admit()).isFalse();
    assertThat(pace.finish(1)).isEmpty();
    pace.resume(Reason.UNAUTHORISED);
    assertThat(pace.admit()).isTrue();
  }

  @Test
  void aPauseThatEndsInAWindowOpensAfterTheWindow() {
    Pace pace = pace(new Rate(60));
    pace.pauseUntil(pause(Reason.SERVER, "05:54:50"));
    assertThat(pace.now().admission().opens()).contains(at("06:35:00"));
    assertThat(pace.finish(1)).contains(at("06:35:00"));
    assertThat(pace.finish(2)).contains(at("06:35:00").plus(SPACING));
  }

  @Test
  void stoppingSendsAllCallersHomeForGood() throws Exception {
    Pace pace = pace(new Rate(1));
    assertThat(pace.admit()).isTrue();
    List<Future<Boolean>> waiting =
        List.of(
            callers.waits(pace::admit),
            callers.waits(pace::admit),
            callers.waits(pace::admitAhead));
    pace.stop();
    for (Future<Boolean> caller : waiting) {
      assertThat(callers.answer(caller)).isFalse();
    }
    time.advance(Duration.ofDays(1));
    pace.stop();
    pace.resetRate();
    assertThat(pace.admit()).isFalse();
    assertThat(pace.admitAhead()).isFalse();
    assertThat(pace.isOpen()).isFalse();
    assertThat(pace.now()).returns(State.STOPPING, it -> it.admission().state());
    assertThat(pace.finish(1)).isEmpty();
    assertThat(pace.admissions()).isEqualTo(1);
  }

  @Test
  void onTheClockOfThisMachineStoppingWakesWhoeverWaits() throws Exception {
    Timetable always =
        new Timetable(ZoneId.of("Europe/London"), new Rate(1), List.of(), List.of(), Duration.ZERO);
    Pace pace = new Pace(always, PaceTime.system());
    assertThat(pace.admit()).isTrue();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> caller = executor.submit(pace::admit);
      pace.stop();
      assertThat(caller.get(20, TimeUnit.SECONDS)).isFalse();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void theStatusSaysWhatHoldsAndWhatComesNext() {
    Pace pace = pace(new Rate(60));
    assertThat(pace.now())
        .returns(time.instant(), PaceStatus::at)
        .returns(new Rate(60), it -> it.speed().rate())
        .returns(Source.BASE, it -> it.speed().source())
        .returns(State.OPEN, it -> it.admission().state())
        .returns("Open.", it -> it.admission().reason())
        .returns(true, PaceStatus::isOpen)
        .satisfies(
            status -> {
              assertThat(status.admission().opens()).isEmpty();
              assertThat(status.nextEdge()).map(Edge::at).contains(at("05:55:00"));
            });
    time.jumpTo(at("05:54:45"));
    assertThat(pace.now())
        .returns(State.CLOSED, it -> it.admission().state())
        .returns(
            "About to close: daily-release (daily 06:55-07:35).", it -> it.admission().reason())
        .satisfies(status -> assertThat(status.admission().opens()).contains(at("06:35:00")));
    time.jumpTo(at("05:55:00"));
    assertThat(pace.now())
        .returns("Closed: daily-release (daily 06:55-07:35).", it -> it.admission().reason())
        .satisfies(
            status ->
                assertThat(status.nextEdge().map(Edge::sentence))
                    .contains("closed daily-release ends: 60 calls per minute"));
    pace.setRate(new Rate(7));
    assertThat(pace.now())
        .returns(new Rate(7), it -> it.speed().rate())
        .returns(Source.BY_HAND, it -> it.speed().source())
        .returns(State.CLOSED, it -> it.admission().state());
  }

  private void oneGoesAndTheNextWaits(Pace pace) throws Exception {
    assertThat(pace.admit()).isTrue();
    Future<Boolean> next = callers.waits(pace::admit);
    callers.advanceInVain(SPACING.minus(NANO));
    callers.advance(NANO);
    assertThat(callers.answer(next)).isTrue();
  }

  private Pace pace(Rate rate) {
    return new Pace(timetable(rate), time);
  }

  private static Timetable timetable(Rate rate) {
    return new Timetable(
        ZoneId.of("Europe/London"),
        rate,
        List.of(),
        List.of(ClosedWindow.parse("daily-release", "daily 06:55-07:35")),
        Timetable.DEFAULT_CLOSE_LEAD);
  }

  private static Pause pause(Reason reason, @Nullable String until) {
    return new Pause(reason, until == null ? null : at(until), "why");
  }

  private static Instant at(String time) {
    return Instant.parse("2026-06-15T" + time + "Z");
  }
}
