package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.simpl.SimpleJobFactory;
import org.quartz.spi.JobFactory;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.SettableTime;
import uk.onefileroutes.testing.TestBundle;

/** The whole bundle on a machine whose clock is put forward and back. */
@Timeout(500)
class ClockJumpTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Set<String> STAGES = Set.of("plan", "deliver", "report");

  private final SettableTime time = SettableTime.at("2026-06-01T10:00:00Z");

  @Test
  void aClockThatIsPutBackAnHourHoldsUpNeitherFilesNorRetries() throws Exception {
    try (TestBundle bundle = start();
        LogLines log = LogLines.open()) {
      bundle
          .simulator()
          .faults()
          .add(Fault.answer(500).on(Selection.users().forLearner(1).next(1)));
      bundle.drop("first.csv", row(1));
      TestBundle.await("its first attempt")
          .until(() -> bundle.instance().files().tally(1).containsKey(RowState.WAITING));

      // Quartz goes by the machine's clock, which no test may change: this is what is left of it
      Scheduler quartz =
          bundle.instance().camel().getComponent("quartz", QuartzComponent.class).getScheduler();
      sleepFor(HOUR, quartz);
      time.jumpTo(time.instant().minus(HOUR));
      // a file would wake the stages without them
      TestBundle.await("the ticks come again")
          .until(() -> latestTick(quartz).isBefore(Instant.now().plusSeconds(5)));
      bundle.drop("second.csv", row(2));

      TestBundle.await("both are answered")
          .until(() -> bundle.instance().files().in(FileState.DONE).size() == 2);
      assertThat(bundle.instance().files().tally(1)).containsOnlyKeys(RowState.SENT);
      // first of the jump, then of Onefile's clock, which is the real one
      TestBundle.await("the alarm")
          .until(() -> log.with("WARN CLOCK: the clock of this machine").size() == 1);
      bundle.drop("third.csv", row(3));
      bundle.drop("fourth.csv", row(4));
      bundle.drop("fifth.csv", row(5));
      TestBundle.await("it says how far off this clock is")
          .until(
              () ->
                  bundle.instance().alarms().standing().stream()
                      .anyMatch(alarm -> alarm.message().contains("behind that of Onefile")));
      assertThat(log.with("CLOCK: ")).as("and that is no further line").hasSize(1);
    }
  }

  @Test
  void aTriggerThatQuartzGaveUpGoesOn() throws Exception {
    try (TestBundle bundle = start()) {
      Scheduler quartz =
          bundle.instance().camel().getComponent("quartz", QuartzComponent.class).getScheduler();
      Set<JobKey> failed = ConcurrentHashMap.newKeySet();
      JobFactory real = new SimpleJobFactory();
      quartz.setJobFactory(
          (fired, scheduler) -> {
            if (failed.add(fired.getJobDetail().getKey())) {
              throw new SchedulerException("as the test says");
            }
            return real.newJob(fired, scheduler);
          });
      TestBundle.await("planning, delivery and reports have failed")
          .until(
              () ->
                  failed.stream()
                      .map(JobKey::getGroup)
                      .collect(Collectors.toSet())
                      .containsAll(STAGES));
      // a file would wake them too
      TestBundle.await("they go on by themselves").until(() -> stagesInError(quartz) == 0);

      bundle.drop("first.csv", row(1));
      TestBundle.await("it is answered")
          .until(() -> bundle.instance().files().in(FileState.DONE).size() == 1);
    }
  }

  private static Instant latestTick(Scheduler quartz) throws SchedulerException {
    Instant latest = Instant.MIN;
    for (String group : STAGES) {
      for (TriggerKey key : quartz.getTriggerKeys(GroupMatcher.triggerGroupEquals(group))) {
        Instant next = quartz.getTrigger(key).getNextFireTime().toInstant();
        latest = next.isAfter(latest) ? next : latest;
      }
    }
    return latest;
  }

  private static int stagesInError(Scheduler quartz) throws SchedulerException {
    int count = 0;
    for (String group : STAGES) {
      for (TriggerKey key : quartz.getTriggerKeys(GroupMatcher.triggerGroupEquals(group))) {
        count += quartz.getTriggerState(key) == Trigger.TriggerState.ERROR ? 1 : 0;
      }
    }
    return count;
  }

  private static void sleepFor(Duration wait, Scheduler quartz) throws Exception {
    Date later = Date.from(Instant.now().plus(wait));
    for (TriggerKey key : quartz.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
      if (!key.getGroup().equals(PaceEdges.TRIGGER.getGroup())) {
        quartz.rescheduleJob(
            key, quartz.getTrigger(key).getTriggerBuilder().startAt(later).build());
      }
    }
  }

  private TestBundle start() throws Exception {
    return TestBundle.start(TestBundle.Setup.at(time).withKey("delivery.retry.first", "5m"));
  }

  private static String row(int learner) {
    return "learner_id,role,kind,assignee_id\n" + learner + ",assessor,default,900\n";
  }
}
