package uk.onefileroutes.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

class PaceLookAgainTest {
  private static final Instant START = Instant.parse("2026-06-01T05:54:00Z");

  @Test
  void whoWaitsForASlotLooksAtTheClockAgainWhenTold() throws Exception {
    DeafTime time = new DeafTime();
    Pace pace =
        new Pace(
            new Timetable(
                ZoneId.of("Europe/London"),
                new Rate(1),
                List.of(),
                List.of(ClosedWindow.parse("daily-release", "daily 06:55-07:35")),
                Duration.ZERO),
            time,
            START);
    CompletableFuture<Boolean> admitted =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return pace.admit();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(time.waiting.await(30, TimeUnit.SECONDS)).isTrue();

    time.wall = START.plusSeconds(60); // the window begins, and nobody noticed
    pace.lookAgain();

    assertThat(admitted.get(30, TimeUnit.SECONDS)).isFalse();
  }

  /** Time that wakes nobody by itself. */
  private static final class DeafTime implements PaceTime {
    private final CountDownLatch waiting = new CountDownLatch(1);
    private volatile Instant wall = START;

    @Override
    public Instant instant() {
      return wall;
    }

    @Override
    public long nanos() {
      return 0;
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops
    public void awaitUntil(Lock lock, Condition changed, long deadline)
        throws InterruptedException {
      waiting.countDown();
      changed.await();
    }
  }
}
