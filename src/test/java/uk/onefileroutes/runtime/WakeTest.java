package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import uk.onefileroutes.testing.TestBundle;

/** A bundle whose ticks are put off for an hour: the first that a stage does was woken. */
class WakeTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final List<String> STAGES = List.of("plan", "deliver", "report");

  private TestBundle bundle;

  @BeforeEach
  void start() throws Exception {
    bundle =
        TestBundle.start(
            TestBundle.Setup.plain().withRouteFigures().withFeedKey("ready", "rename"));
    putOffTicks();
  }

  private void putOffTicks() throws Exception {
    Scheduler quartz = quartz();
    Date later = Date.from(Instant.now().plus(HOUR));
    for (TriggerKey key : stages()) {
      quartz.rescheduleJob(key, quartz.getTrigger(key).getTriggerBuilder().startAt(later).build());
    }
  }

  @AfterEach
  void stop() throws Exception {
    bundle.close();
  }

  @Test
  void aFileIsAnsweredWithoutATick() throws Exception {
    bundle.drop("changes.csv", rows(1001, 10));
    assertThat(bundle.awaitAnswer("changes.csv").results()).isNotNull();
    // nothing of it is sent, so that no delivery wakes the report
    putOffTicks();
    bundle.drop("the-same.csv", rows(1001, 10));
    assertThat(bundle.awaitAnswer("the-same.csv").results()).isNotNull();
  }

  @Test
  void aBurstOfFilesWakesNoStageMoreOftenThanThereIsSomethingToDo() throws Exception {
    int files = 30;
    Instant from = Instant.now();
    for (int i = 0; i < files; i++) {
      bundle.drop("f" + i + ".csv", rows(2000 + 10 * i, 2));
    }
    for (int i = 0; i < files; i++) {
      assertThat(bundle.awaitAnswer("f" + i + ".csv").results()).isNotNull();
    }

    // two wakes a file and stage, a tick a second, and whatever ran before they were put off
    long seconds = Duration.between(from, Instant.now()).toSeconds();
    for (String route : List.of("plan-next", "deliver", "report-due-test")) {
      assertThat(runs(route)).as(route).isLessThan(2L * files + 2 * seconds + 20);
    }
  }

  @Test
  void aStageThatAnOperatorPausedStaysPaused() throws Exception {
    TriggerKey planning = new TriggerKey("next", "plan");
    quartz().pauseTrigger(planning);

    wake().planning();

    assertThat(quartz().getTriggerState(planning)).isEqualTo(Trigger.TriggerState.PAUSED);
    assertThat(quartz().getTrigger(planning).getNextFireTime())
        .isAfter(Date.from(Instant.now().plus(HOUR.dividedBy(2))));
  }

  private Wake wake() {
    return bundle.instance().camel().getRegistry().lookupByNameAndType("wake", Wake.class);
  }

  private List<TriggerKey> stages() throws SchedulerException {
    List<TriggerKey> keys = new ArrayList<>();
    for (String group : STAGES) {
      keys.addAll(quartz().getTriggerKeys(GroupMatcher.triggerGroupEquals(group)));
    }
    assertThat(keys).hasSize(4);
    return keys;
  }

  private long runs(String route) throws Exception {
    return (Long)
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName(
                    "org.apache.camel:context=%s,type=routes,name=\"%s\""
                        .formatted(bundle.instance().camel().getName(), route)),
                "ExchangesTotal");
  }

  private Scheduler quartz() {
    return bundle.instance().camel().getComponent("quartz", QuartzComponent.class).getScheduler();
  }

  private static String rows(int firstLearner, int count) {
    return IntStream.range(firstLearner, firstLearner + count)
        .mapToObj(learner -> learner + ",assessor,default,900\n")
        .collect(Collectors.joining("", "learner_id,role,kind,assignee_id\n", ""));
  }
}
