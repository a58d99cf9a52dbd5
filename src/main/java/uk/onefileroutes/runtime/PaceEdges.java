package uk.onefileroutes.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.delivery.Claims;
import uk.onefileroutes.pace.ClosedWindow;
import uk.onefileroutes.pace.Hours;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.pace.PlanEntry;
import uk.onefileroutes.pace.Timetable;

/**
 * The starts and ends of plan entries and closed windows as Quartz triggers, in the group {@code
 * pace}: {@code closed.daily-release begins}, {@code plan.office-hours ends}. Each runs the route
 * {@code pace-edge}, which comes back to {@link #passed}.
 *
 * <p>They tell and wake; they decide nothing. Whether a call may leave is a question that the pace
 * asks the clock, so that a trigger that comes late or not at all lets nothing through.
 *
 * <p>Safe between threads.
 */
public final class PaceEdges {
  /** The group of the triggers. */
  static final String GROUP = "pace";

  private static final Logger LOG = LoggerFactory.getLogger(PaceEdges.class);
  private static final String ROUTE = "direct:pace-edge";
  private static final long QUARTZ_EARLY_MS = 10; // by its own account it fires up to 2 ms early

  private final Pace pace;
  private final Claims claims;
  private final PaceTime time;
  private final Supplier<CamelContext> camel;

  /**
   * Schedules nothing yet.
   *
   * @param camel whose scheduler it is; asked for when needed
   */
  PaceEdges(Pace pace, Claims claims, PaceTime time, Supplier<CamelContext> camel) {
    this.pace = pace;
    this.claims = claims;
    this.time = time;
    this.camel = camel;
  }

  /**
   * Replaces all triggers, so that they are those of this timetable from now on. Hours that are
   * over, or never come, have none. May be called at any time after Camel has started, and again;
   * what did not change is left alone. The pace itself goes by {@link Pace#replace}.
   *
   * @throws IllegalStateException if Quartz refuses; then some triggers may be those of before
   */
  public synchronized void schedule(Timetable timetable) {
    Instant now = time.instant();
    Map<TriggerKey, EdgeTrigger> wanted = new LinkedHashMap<>();
    for (ClosedWindow window : timetable.closed()) {
      add(wanted, "closed." + window.name(), timetable, window.hours(), now);
    }
    for (PlanEntry entry : timetable.plan()) {
      add(wanted, "plan." + entry.name(), timetable, entry.hours(), now);
    }
    try {
      replace(scheduler(), wanted);
    } catch (SchedulerException e) {
      throw new IllegalStateException("the edges of the pace can't be scheduled", e);
    }
  }

  /** As {@link #schedule}, of the timetable that holds, with nothing left alone. */
  synchronized void scheduleAnew() throws SchedulerException {
    for (TriggerKey key : scheduler().getTriggerKeys(GroupMatcher.triggerGroupEquals(GROUP))) {
      scheduler().unscheduleJob(key);
    }
    schedule(pace.timetable());
  }

  private static void add(
      Map<TriggerKey, EdgeTrigger> wanted,
      String name,
      Timetable timetable,
      Hours hours,
      Instant now) {
    if (hours instanceof Hours.Never) {
      return;
    }
    for (boolean starts : new boolean[] {true, false}) {
      EdgeTrigger trigger =
          new EdgeTrigger(
              name + (starts ? " begins" : " ends"), timetable.zone(), hours, starts, now);
      if (trigger.after(now).isPresent()) { // else Quartz refuses it as one that will never fire
        wanted.put(trigger.getKey(), trigger);
      }
    }
  }

  private void replace(Scheduler scheduler, Map<TriggerKey, EdgeTrigger> wanted)
      throws SchedulerException {
    scheduler.getContext().put(PaceEdges.class.getName(), this);
    Set<TriggerKey> there =
        new HashSet<>(scheduler.getTriggerKeys(GroupMatcher.triggerGroupEquals(GROUP)));
    for (TriggerKey key : there) {
      EdgeTrigger trigger = wanted.get(key);
      if (trigger != null
          && scheduler.getTrigger(key) instanceof EdgeTrigger old
          && old.firesAs(trigger)) {
        wanted.remove(key);
      } else {
        scheduler.unscheduleJob(key);
      }
    }
    for (EdgeTrigger trigger : wanted.values()) {
      scheduler.scheduleJob(job(trigger), trigger);
    }
  }

  /** It goes with its trigger. Hawtio shows of a trigger what its job says, as Camel's own do. */
  static JobDetail job(EdgeTrigger trigger) {
    return JobBuilder.newJob(EdgeJob.class)
        .withIdentity(trigger.getJobKey())
        .withDescription("Tells an edge of the pace to the route pace-edge")
        .usingJobData("CamelQuartzTriggerType", "cron")
        .usingJobData("CamelQuartzTriggerCronExpression", trigger.getDescription())
        .build();
  }

  private Scheduler scheduler() {
    return camel.get().getComponent("quartz", QuartzComponent.class).getScheduler();
  }

  /**
   * Says what the pace is now, and wakes the workers. Nothing else depends on it, and it may run
   * again.
   *
   * @param edge the name of the trigger that fired
   */
  public void passed(String edge) {
    Instant now = time.instant().plusMillis(QUARTZ_EARLY_MS);
    LOG.info("{} ({})", pace.sentenceAt(now), edge);
    pace.lookAgain();
    claims.lookAgain();
  }

  /** What Quartz runs. Public because Quartz makes it. */
  @DisallowConcurrentExecution // edges of one moment are told one after the other
  public static final class EdgeJob implements Job {
    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
      String edge = context.getTrigger().getKey().getName();
      try {
        PaceEdges edges =
            (PaceEdges) context.getScheduler().getContext().get(PaceEdges.class.getName());
        Objects.requireNonNull(edges, "put there before the first trigger").tell(edge);
      } catch (SchedulerException | RuntimeException e) {
        throw new JobExecutionException(edge + " could not be told", e);
      }
    }
  }

  private void tell(String edge) {
    try (ProducerTemplate producer = camel.get().createProducerTemplate()) {
      producer.sendBody(ROUTE, edge);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
