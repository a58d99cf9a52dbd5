package uk.onefileroutes.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final Rate RATE = new Rate(61); // a slot each second
  private static final long SECOND = 1_000_000_000L;
  private static final long LAG = Schedule.MAX_LAG.toNanos();
  private static final long START = Long.MAX_VALUE - SECOND; // the ticker may overflow

  @Test
  void callsOnTimeAreOneSpacingApart() {
    assertThat(left(0, 0, 0)).containsExactly(0L, SECOND, 2 * SECOND);
  }

  @Test
  void aLateCallDoesNotPutOffTheNextOne() {
    assertThat(left(0, LAG, 0)).containsExactly(0L, SECOND + LAG, 2 * SECOND);
  }

  @Test
  void aCallThatIsTooLateBeginsANewSchedule() {
    assertThat(left(0, LAG + 1, 0)).containsExactly(0L, SECOND + LAG + 1, 2 * SECOND + LAG + 1);
  }

  @Test
  void whatIsBehindIsCaughtUpAtHalfTheSpacing() {
    Rate fast = new Rate(6100); // a slot each 10 ms
    long slot = SECOND / 100;
    Schedule late = Schedule.beginning(START).after(fast, START + slot + LAG);
    long call = START + slot + LAG;
    int caughtUp = 0;
    for (; late.next(fast) - call < slot; caughtUp++) {
      assertThat(late.next(fast) - call).isEqualTo(slot / 2);
      call = late.next(fast);
      late = late.after(fast, call);
    }
    assertThat(caughtUp).isEqualTo((int) (LAG / (slot / 2)));
    assertThat(late.left()).isEqualTo(late.slot());
  }

  @Test
  void unlimitedCallsNeverWait() {
    Schedule schedule = Schedule.beginning(START);
    for (long now = START; now - START < SECOND; now += SECOND / 10) {
      assertThat(schedule.next(Rate.UNLIMITED) - now).isNotPositive();
      schedule = schedule.after(Rate.UNLIMITED, now);
    }
  }

  /**
   * Callers who are late by chance, a little or a lot, at a rate that may change at each call. What
   * is checked knows nothing of slots.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 60, 240, 600})
  void whateverTheJitterNoSlidingMinuteHoldsMoreThanTheCap(int highest) {
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      boolean isSteady = random.nextBoolean();
      List<Admitted> calls = new ArrayList<>();
      long now = START;
      Rate rate = new Rate(highest);
      Schedule schedule = Schedule.beginning(now);
      calls.add(new Admitted(now, rate));
      for (int i = 0; i < 3 * highest + 20; i++) {
        rate = isSteady ? rate : new Rate(1 + random.nextInt(highest));
        now = schedule.next(rate) + jitter(random);
        schedule = schedule.after(rate, now);
        calls.add(new Admitted(now, rate));
      }
      Admitted.check(calls, seed);
    }
  }

  @Test
  void jitterBelowTheLagCostsNoCall() {
    Rate rate = new Rate(600);
    long spacing = rate.spacing().toNanos();
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      Schedule schedule = Schedule.beginning(START);
      for (int i = 1; i <= 100; i++) {
        // behind by one jitter at most, whatever came before
        schedule = schedule.after(rate, schedule.next(rate) + random.nextLong(spacing / 2));
        assertThat(schedule.slot()).as("seed %d", seed).isEqualTo(START + i * spacing);
      }
    }
  }

  /** Most are late by some milliseconds, some by the lag or more, few by seconds. */
  static long jitter(Random random) {
    long most =
        switch (random.nextInt(10)) {
          case 0 -> 10 * SECOND;
          case 1, 2, 3 -> 2 * LAG;
          case 4, 5 -> 0;
          default -> Duration.ofMillis(20).toNanos();
        };
    return most == 0 ? 0 : random.nextLong(most);
  }

  private static List<Long> left(long... late) {
    List<Long> left = new ArrayList<>(List.of(0L));
    Schedule schedule = Schedule.beginning(START);
    for (int i = 1; i < late.length; i++) {
      long now = schedule.next(RATE) + late[i];
      schedule = schedule.after(RATE, now);
      left.add(now - START);
    }
    return left;
  }
}
