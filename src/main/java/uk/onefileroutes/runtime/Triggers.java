package uk.onefileroutes.runtime;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Quartz triggers that routes start from. Thread-safe. */
public final class Triggers {
  private static final Logger LOG = LoggerFactory.getLogger(Triggers.class);

  private final Supplier<CamelContext> camel;

  /**
   * @param camel whose scheduler it is; asked for when needed
   */
  Triggers(Supplier<CamelContext> camel) {
    this.camel = camel;
  }

  /**
   * Lets a trigger that fires each second fire at once: its tick of this second comes again. While
   * the job runs it fires when that has ended. Several calls before it fires are one. Nothing
   * happens to a trigger that does not exist or is paused.
   */
  void fireNow(TriggerKey key) throws SchedulerException {
    start(key, Instant.now().truncatedTo(ChronoUnit.SECONDS), null);
  }

  /**
   * Starts a trigger's schedule again at this time, a second from now at the soonest; nothing of it
   * fires before. Nothing happens to a trigger that does not exist or is paused.
   *
   * @param description what it fires for, as consoles show it
   */
  void startAt(TriggerKey key, Instant at, String description) throws SchedulerException {
    // where our time is not the machine's, it may lie in Quartz's past for as long as it lasts
    Instant soonest = Instant.now().plusSeconds(1);
    start(key, at.isBefore(soonest) ? soonest : at, description);
  }

  private void start(TriggerKey key, Instant at, @Nullable String description)
      throws SchedulerException {
    Scheduler scheduler = scheduler();
    Trigger trigger = scheduler.getTrigger(key);
    if (trigger != null && scheduler.getTriggerState(key) != Trigger.TriggerState.PAUSED) {
      Date unused =
          scheduler.rescheduleJob(
              key,
              trigger
                  .getTriggerBuilder()
                  .startAt(Date.from(at))
                  .withDescription(description)
                  .build());
    }
  }

  /** Those of a group. */
  Set<TriggerKey> of(String group) throws SchedulerException {
    return scheduler().getTriggerKeys(GroupMatcher.triggerGroupEquals(group));
  }

  /**
   * Resets triggers that Quartz has put into its state ERROR. It does so for good and with one line
   * in the log when it could not make a job just once; planning, delivery or reports would stand
   * still from then on.
   *
   * @throws SchedulerException if Quartz can't be asked
   */
  public void resetFailed() throws SchedulerException {
    Scheduler scheduler = scheduler();
    for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
      if (scheduler.getTriggerState(key) == Trigger.TriggerState.ERROR) {
        scheduler.resetTriggerFromErrorState(key);
        LOG.warn("Trigger {} was in ERROR state; reset", key);
      }
    }
  }

  /** Each trigger starts again from now, so that its next time is one of the clock as it is. */
  void restart() throws SchedulerException {
    Scheduler scheduler = scheduler();
    for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
      Trigger trigger = scheduler.getTrigger(key);
      if (trigger != null) {
        Date unused = scheduler.rescheduleJob(key, trigger.getTriggerBuilder().startNow().build());
      }
    }
  }

  private Scheduler scheduler() {
    return camel.get().getComponent("quartz", QuartzComponent.class).getScheduler();
  }
}
