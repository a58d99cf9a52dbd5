package uk.onefileroutes.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bound of the gate, whatever happens to it: threads that wake up late, restarts, clocks that
 * are set, caps that change, pauses, windows. Each seed is a life of its own.
 */
class PaceBoundTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 60, 240})
  void noSlidingMinuteHoldsMoreThanItsHighestCap(int highest) throws Exception {
    for (int seed = 0; seed < 100; seed++) {
      List<Admitted> calls = new Life(highest, seed).admitted(3 * highest + 20);
      Admitted.check(calls, seed);
    }
  }

  private static final class Life {
    private final int highest;
    private final Random random;
    private final LoneTime time;
    private Timetable timetable;
    private Pace pace;

    Life(int highest, int seed) {
      this.highest = highest;
      random = new Random(seed);
      time = new LoneTime(() -> ScheduleTest.jitter(random));
      timetable = timetable(new Rate(highest));
      pace = new Pace(timetable, time);
    }

    List<Admitted> admitted(int count) throws InterruptedException {
      List<Admitted> calls = new ArrayList<>();
      while (calls.size() < count) {
        if (pace.admit()) {
          // the rate is looked up as the pace did: nothing has moved since
          calls.add(new Admitted(time.nanos(), timetable.rateAt(time.instant())));
        } else {
          time.moveTo(pace.now().admission().opens().orElseThrow());
        }
        if (random.nextInt(20) == 0) {
          somethingHappens();
        }
      }
      assertThat(pace.lastAdmission()).isPresent();
      return calls;
    }

    private void somethingHappens() {
      Duration some = Duration.ofMillis(random.nextInt(90_000));
      switch (random.nextInt(6)) {
        case 0 -> time.pass(some.toNanos()); // nobody calls
        case 1 -> time.jump(random.nextBoolean() ? some : some.negated());
        case 2 -> use(timetable(new Rate(1 + random.nextInt(highest))));
        case 3 -> pauseFor(some);
        case 4 -> restart(time.instant()); // what the kill cut off may have left until now
        default -> { // its last call is known to the moment
          Instant last = pace.lastAdmission().orElse(null);
          time.pass(some.toNanos());
          restart(last);
        }
      }
    }

    private void pauseFor(Duration some) {
      pace.pauseUntil(new Pause(Pause.Reason.SERVER, time.instant().plus(some), "Retry-After"));
    }

    private void use(Timetable other) {
      timetable = other;
      pace.replace(other);
    }

    private void restart(@Nullable Instant lastAdmission) {
      pace = new Pace(timetable, time, lastAdmission);
    }

    /** A rate, a plan for some minutes of it, and a short window. */
    private Timetable timetable(Rate rate) {
      int other = 1 + random.nextInt(highest);
      return new Timetable(
          LONDON,
          rate,
          List.of(PlanEntry.parse("p", "daily 13:02-13:05 at " + other)),
          List.of(ClosedWindow.parse("w", "daily 13:04-13:06")),
          Duration.ofSeconds(random.nextInt(20)));
    }
  }
}
