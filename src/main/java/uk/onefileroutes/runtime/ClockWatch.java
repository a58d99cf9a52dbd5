package uk.onefileroutes.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.pace.PaceTime;

/**
 * Notices that the clock of this machine was put forward or back, by comparing it with the ticker,
 * and sets right what waits for a time: Quartz's triggers, which would sleep through an hour that
 * comes twice, and the ledger. The pace needs none of this. For one thread.
 */
public final class ClockWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
  // less is a clock that is being kept right, and harms nothing
  private static final Duration JUMP = Duration.ofSeconds(5);

  private final PaceTime time;
  private final Runnable triggers;
  private final ToIntFunction<Instant> ledger;
  private final BiConsumer<Duration, Instant> tell;
  private Instant wall;
  private long nanos;

  /**
   * @param triggers schedules again what Quartz waits for
   * @param ledger makes due what waits for a time that is now far ahead; says how much that was
   * @param tell told of each jump: by how much, and to which time
   */
  ClockWatch(
      PaceTime time,
      Runnable triggers,
      ToIntFunction<Instant> ledger,
      BiConsumer<Duration, Instant> tell) {
    this.time = time;
    this.triggers = triggers;
    this.ledger = ledger;
    this.tell = tell;
    this.wall = time.instant();
    this.nanos = time.nanos();
  }

  /**
   * Compares both clocks. What fails is tried again at the next check.
   *
   * @throws RuntimeException if Quartz or the ledger can't be told
   */
  public void check() {
    Instant now = time.instant();
    long ticks = time.nanos();
    Duration jump = Duration.between(wall.plusNanos(ticks - nanos), now);
    if (jump.abs().compareTo(JUMP) >= 0) {
      tell.accept(jump, now);
      triggers.run();
      int due = ledger.applyAsInt(now);
      if (due > 0) {
        LOG.info("{} requests that waited for a time that is now far ahead are due now", due);
      }
    }
    wall = now;
    nanos = ticks;
  }
}
