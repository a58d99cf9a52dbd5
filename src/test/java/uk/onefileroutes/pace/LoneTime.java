package uk.onefileroutes.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;

/** Time for a single thread: to wait is to move it, and by as much more as it wakes up late. */
final class LoneTime implements PaceTime {
  private final LongSupplier lateNanos;
  private Instant wall = Instant.parse("2026-06-15T12:00:00Z");
  private long nanos;

  /** Time in which nobody wakes up late. */
  LoneTime() {
    this(() -> 0);
  }

  LoneTime(LongSupplier lateNanos) {
    this.lateNanos = lateNanos;
  }

  @Override
  public Instant instant() {
    return wall;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void awaitUntil(Lock lock, Condition changed, long deadline) {
    pass(deadline - nanos + lateNanos.getAsLong());
  }

  /** Wall clock and ticker move together. */
  void moveTo(Instant instant) {
    pass(Duration.between(wall, instant).toNanos());
  }

  /** Wall clock and ticker move together. */
  void pass(long passed) {
    wall = wall.plusNanos(passed);
    nanos += passed;
  }

  /** The wall clock is put forward or back; the ticker doesn't notice. */
  void jump(Duration by) {
    wall = wall.plus(by);
  }
}
