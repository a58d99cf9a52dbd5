package uk.onefileroutes.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.testing.SettableTime;

@Timeout(60)
class PaceTest {

  private static final Duration NANO = Duration.ofNanos(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SettableTime time = SettableTime.at("2026-06-15T12:00:00Z");
  private final Callers callers = new Callers(time);

  @AfterEach
  void sendCallersHome() {
    callers.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 900, 700", "7, 600, 600", "60, 300, 150", "240, 180, 40"})
  void inAnySlidingMinuteAtMostTheCapIsAdmittedEvenlySpread(int cap, long seconds, int stepMillis)
      throws Exception {
    Pace pace = pace(cap);
    callers.comeAgain(8, pace);
    Random random = new Random(cap);
    long left = Duration.ofSeconds(seconds).toMillis();
    while (left > 0) {
      int step = 1 + random.nextInt(stepMillis);
      callers.advanceInVain(Duration.ofMillis(step));
      left -= step;
    }
    List<Duration> at = callers.admitted();
    assertThat(at).hasSize((int) pace.admissions());
    assertThat(mostInAMinute(at)).isLessThanOrEqualTo(cap);
    Duration spacing = new Rate(cap).spacing();
    for (int i = 1; i < at.size(); i++) {
      assertThat(at.get(i).minus(at.get(i - 1)))
          .isBetween(spacing.dividedBy(2), spacing.plusMillis(stepMillis));
    }
    assertThat(at.get(0)).isLessThan(Duration.ofSeconds(1));
    assertThat(at.get(at.size() - 1))
        .isGreaterThan(Duration.ofSeconds(seconds).minus(spacing.multipliedBy(2)));
  }

  @Test
  void theFirstCallGoesAtOnceAndTheNextAfterTheSpacing() throws Exception {
    Pace pace = pace(60);
    assertThat(pace.lastAdmission()).isEmpty();
    assertThat(pace.admit()).isTrue();
    assertThat(pace.lastAdmission()).contains(time.instant());
    secondWaitsForItsSlot(pace);
    assertThat(pace.admissions()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 10, 3600, 86_400 * 365})
  void afterIdleTimeOneCallGoesAndNoMore(long idleSeconds) throws Exception {
    Pace pace = pace(60);
    assertThat(pace.admit()).isTrue();
    time.advance(new Rate(60).spacing().plusSeconds(idleSeconds));
    assertThat(pace.admit()).isTrue();
    secondWaitsForItsSlot(pace);
  }

  @Test
  void theFirstCallKeepsTheSpacingToThatOfAnEarlierProcess() throws Exception {
    Pace pace = new Pace(base(new Rate(1)), time, time.instant().minusSeconds(10));
    assertThat(pace.lastAdmission()).contains(time.instant().minusSeconds(10));
    Future<Boolean> caller = callers.waits(pace::admit);
    callers.advanceInVain(Duration.ofSeconds(51).minus(NANO));
    callers.advance(NANO);
    assertThat(callers.answer(caller)).isTrue();
  }

  @Test
  void anEarlierProcessLongGoneDelaysNobodyAndOneFromTheFutureNoMoreThanOneSpacing()
      throws Exception {
    assertThat(new Pace(base(new Rate(1)), time, Instant.EPOCH).admit()).isTrue();
    Pace pace = new Pace(base(new Rate(1)), time, time.instant().plusSeconds(86_400));
    Future<Boolean> caller = callers.waits(pace::admit);
    callers.advanceInVain(Duration.ofSeconds(61).minus(NANO));
    callers.advance(NANO);
    assertThat(callers.answer(caller)).isTrue();
  }

  @Test
  void aHigherRateIsNoticedByWhoeverWaits() throws Exception {
    Pace pace = pace(1);
    assertThat(pace.admit()).isTrue();
    Future<Boolean> caller = callers.waits(pace::admit);
    callers.advanceInVain(Duration.ofSeconds(30));
    pace.setRate(new Rate(60));
    assertThat(callers.answer(caller)).isTrue();
    secondWaitsForItsSlot(pace);
  }

  @Test
  void aLowerRateIsNoticedByWhoeverWaits() throws Exception {
    Pace pace = pace(60);
    assertThat(pace.admit()).isTrue();
    Future<Boolean> caller = callers.waits(pace::admit);
    pace.setRate(new Rate(1));
    callers.advanceInVain(Duration.ofSeconds(61).minus(NANO));
    callers.advance(NANO);
    assertThat(callers.answer(caller)).isTrue();
    pace.resetRate();
    secondWaitsForItsSlot(pace);
  }

  @Test
  void anotherTimetableIsNoticedByWhoeverWaits() throws Exception {
    Pace pace = pace(1);
    assertThat(pace.admit()).isTrue();
    Future<Boolean> caller = callers.waits(pace::admit);
    callers.advanceInVain(Duration.ofSeconds(30));
    pace.replace(base(new Rate(60)));
    assertThat(callers.answer(caller)).isTrue();
  }

  @Test
  void aPlanEdgeChangesTheSpacingForWhoeverWaits() throws Exception {
    Pace pace = new Pace(plan(new Rate(1), "daily 13:01-13:02 at 60"), time);
    time.advance(Duration.ofSeconds(50));
    assertThat(pace.admit()).isTrue();
    Future<Boolean> caller = callers.waits(pace::admit);
    callers.advanceInVain(Duration.ofSeconds(10).minus(NANO));
    callers.advance(NANO);
    assertThat(callers.answer(caller)).isTrue();
  }

  @Test
  void unlimitedCallersDoNotWait() throws Exception {
    Pace pace = new Pace(base(Rate.UNLIMITED), time);
    for (int i = 0; i < 10_000; i++) {
      assertThat(pace.admit()).isTrue();
    }
    assertThat(pace.admissions()).isEqualTo(10_000);
  }

  @Test
  void callersAreServedInTheOrderInWhichTheyCame() throws Exception {
    Pace pace = pace(60);
    assertThat(pace.admit()).isTrue();
    List<Future<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(callers.waits(pace::admit));
    }
    while (!waiting.isEmpty()) {
      callers.advance(new Rate(60).spacing());
      assertThat(callers.answer(waiting.remove(0))).isTrue();
      assertThat(waiting).noneMatch(Future::isDone);
    }
  }

  @Test
  void whoeverIsAdmittedAheadOvertakesAllWhoWait() throws Exception {
    Pace pace = pace(60);
    assertThat(pace.admit()).isTrue();
    Future<Boolean> first = callers.waits(pace::admit);
    Future<Boolean> second = callers.waits(pace::admit);
    Future<Boolean> ahead = callers.waits(pace::admitAhead);
    Future<Boolean> aheadToo = callers.waits(pace::admitAhead);
    for (Future<Boolean> next : List.of(ahead, aheadToo, first, second)) {
      callers.advanceInVain(new Rate(60).spacing().minus(NANO));
      callers.advance(NANO);
      assertThat(callers.answer(next)).isTrue();
    }
    assertThat(pace.admissions()).isEqualTo(5);
  }

  @Test
  void whoeverIsAdmittedBehindIsServedWhenNobodyElseWaitsAndCounts() throws Exception {
    Pace pace = pace(60);
    assertThat(pace.admit()).isTrue();
    Future<Boolean> behind = callers.waits(pace::admitBehind);
    Future<Boolean> first = callers.waits(pace::admit);
    Future<Boolean> ahead = callers.waits(pace::admitAhead);
    Future<Boolean> second = callers.waits(pace::admit);
    for (Future<Boolean> next : List.of(ahead, first, second, behind)) {
      callers.advanceInVain(new Rate(60).spacing().minus(NANO));
      callers.advance(NANO);
      assertThat(callers.answer(next)).isTrue();
    }
    assertThat(pace.admissions()).isEqualTo(5);
  }

  @Test
  void anInterruptedCallerTakesNoSlotAndMakesRoom() throws Exception {
    Pace pace = pace(60);
    assertThat(pace.admit()).isTrue();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> interrupted = thread.submit(pace::admitAhead);
      time.awaitWaiters(1);
      assertThat(interrupted.cancel(true)).isTrue();
      assertThat(interrupted)
          .failsWithin(Duration.ZERO)
          .withThrowableOfType(CancellationException.class);
    } finally {
      thread.shutdown();
      assertThat(thread.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(pace.admissions()).isEqualTo(1);
    secondWaitsForItsSlot(pace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-06-16T12:00:00Z",
        "2036-06-15T12:00:00Z",
        "2026-06-15T11:59:30Z",
        "2016-06-15T12:00:00Z"
      })
  void aWallClockThatJumpsNeitherLetsABurstOutNorStalls(String to) throws Exception {
    Pace pace = pace(60);
    assertThat(pace.admit()).isTrue();
    Future<Boolean> caller = callers.waits(pace::admit);
    time.jumpTo(Instant.parse(to));
    callers.advanceInVain(new Rate(60).spacing().minus(NANO));
    callers.advance(NANO);
    assertThat(callers.answer(caller)).isTrue();
    secondWaitsForItsSlot(pace);
  }

  @Test
  void finishForetellsWhenTheGateWillHaveAdmittedSoMany() throws Exception {
    Timetable timetable =
        new Timetable(
            ZoneId.of("Europe/London"),
            new Rate(60),
            List.of(
                PlanEntry.parse("slow", "daily 13:10-13:20 at 7"),
                PlanEntry.parse("none", "daily 13:40-13:45 at 0"),
                PlanEntry.parse("fast", "daily 13:45-14:00 at 240")),
            List.of(ClosedWindow.parse("w", "daily 13:25-13:33")),
            Timetable.DEFAULT_CLOSE_LEAD);
    for (long calls : List.of(1L, 2L, 500L, 650L, 1000L, 4000L)) {
      LoneTime lone = new LoneTime();
      Pace pace = new Pace(timetable, lone);
      Instant finish = pace.finish(calls).orElseThrow();
      while (pace.admissions() < calls) {
        if (!pace.admit()) {
          lone.moveTo(pace.now().admission().opens().orElseThrow());
        }
      }
      // a change of rate is noticed up to 100 ms late
      assertThat(lone.instant()).isBetween(finish, finish.plusSeconds(1));
    }
  }

  @Test
  void overARandomPlanTheHighestRateOfTheLastMinuteIsNeverExceeded() throws Exception {
    Random random = new Random(5);
    LoneTime lone = new LoneTime();
    Pace pace = new Pace(base(new Rate(240)), lone);
    List<Duration> admitted = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int cap = 1 + random.nextInt(300);
      pace.setRate(new Rate(cap));
      // a minute for the higher rate to run out, and two under the rate set
      Instant settled = lone.instant().plus(MINUTE);
      Instant end = settled.plus(MINUTE.multipliedBy(2));
      admitted.clear();
      while (lone.instant().isBefore(end)) {
        assertThat(pace.admit()).isTrue();
        if (lone.instant().isAfter(settled)) {
          admitted.add(Duration.ofNanos(lone.nanos()));
        }
      }
      assertThat(mostInAMinute(admitted)).isLessThanOrEqualTo(cap);
    }
  }

  @Test
  void onTheClockOfThisMachineTheSpacingIsKept() throws Exception {
    Pace pace = new Pace(base(new Rate(6000)), PaceTime.system());
    long start = System.nanoTime();
    for (int i = 0; i <= 50; i++) {
      assertThat(pace.admit()).isTrue();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(new Rate(6000).spacing().multipliedBy(50), Duration.ofSeconds(20));
  }

  /** Of two callers at once, one still has to wait for the whole spacing of 60 a minute. */
  private void secondWaitsForItsSlot(Pace pace) throws Exception {
    Future<Boolean> next = callers.waits(pace::admit);
    Future<Boolean> nextButOne = callers.waits(pace::admit);
    callers.advanceInVain(new Rate(60).spacing().minus(NANO));
    callers.advance(NANO);
    assertThat(callers.answer(next)).isTrue();
    callers.advanceInVain(new Rate(60).spacing().minus(NANO));
    callers.advance(NANO);
    assertThat(callers.answer(nextButOne)).isTrue();
  }

  private static int mostInAMinute(List<Duration> at) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < at.size(); last++) {
      while (at.get(last).minus(at.get(first)).compareTo(MINUTE) >= 0) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private Pace pace(int cap) {
    return new Pace(base(new Rate(cap)), time);
  }

  private static Timetable base(Rate rate) {
    return plan(rate);
  }

  private static Timetable plan(Rate rate, String... entries) {
    return new Timetable(
        ZoneId.of("Europe/London"),
        rate,
        List.of(entries).stream().map(text -> PlanEntry.parse("p", text)).toList(),
        List.of(),
        Timetable.DEFAULT_CLOSE_LEAD);
  }
}
