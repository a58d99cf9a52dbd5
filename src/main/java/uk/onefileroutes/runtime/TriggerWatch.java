package uk.onefileroutes.runtime;

import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets triggers go on that Quartz has given up. It does so for good and with one line in the log
 * when it could not make a job just once; planning, delivery or reports would stand still from then
 * on. Thread-safe.
 */
public final class TriggerWatch {
  private static final Logger LOG = LoggerFactory.getLogger(TriggerWatch.class);

  private final Supplier<CamelContext> camel;

  TriggerWatch(Supplier<CamelContext> camel) {
    this.camel = camel;
  }

  /**
   * Looks at all of them.
   *
   * @throws SchedulerException if Quartz can't be asked
   */
  public void look() throws SchedulerException {
    Scheduler scheduler = camel.get().getComponent("quartz", QuartzComponent.class).getScheduler();
    for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
      if (scheduler.getTriggerState(key) == Trigger.TriggerState.ERROR) {
        scheduler.resetTriggerFromErrorState(key);
        LOG.warn("Quartz had given up the trigger {}; it goes on", key);
      }
    }
  }
}
