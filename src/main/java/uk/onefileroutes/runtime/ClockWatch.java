package uk.onefileroutes.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
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
  private final PaceEdges edges;
  private final ToIntFunction<Instant> mend;
  private final BiConsumer<Duration, Instant> tell;
  private final Supplier<CamelContext> camel;
  private Instant wall;
  private long nanos;

  /**
   * @param mend makes due what waits for a time that is now far ahead; says how much that was
   * @param tell told of each jump: by how much, and to which time
   */
  ClockWatch(
      PaceTime time,
      PaceEdges edges,
      ToIntFunction<Instant> mend,
      BiConsumer<Duration, Instant> tell,
      Supplier<CamelContext> camel) {
    this.time = time;
    this.edges = edges;
    this.mend = mend;
    this.tell = tell;
    this.camel = camel;
    this.wall = time.instant();
    this.nanos = time.nanos();
  }

  /**
   * Looks at both clocks. What fails is tried again at the next look.
   *
   * @throws SchedulerException if Quartz can't be told
   */
  public void look() throws SchedulerException {
    Instant now = time.instant();
    long ticks = time.nanos();
    Duration jump = Duration.between(wall.plusNanos(ticks - nanos), now);
    if (jump.abs().compareTo(JUMP) >= 0) {
      tell.accept(jump, now);
      reschedule(camel.get().getComponent("quartz", QuartzComponent.class).getScheduler());
      edges.scheduleAnew();
      int due = mend.applyAsInt(now);
      if (due > 0) {
        LOG.info("{} requests that waited for a time that is now far ahead are due now", due);
      }
    }
    wall = now;
    nanos = ticks;
  }

  /** Each trigger but the edges begins anew, so that its next time is one of the new clock. */
  private static void reschedule(Scheduler scheduler) throws SchedulerException {
    for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
      Trigger trigger = scheduler.getTrigger(key);
      if (trigger != null && !key.getGroup().equals(PaceEdges.GROUP)) {
        Date unused = scheduler.rescheduleJob(key, trigger.getTriggerBuilder().startNow().build());
      }
    }
  }
}
