package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.simpl.SimpleJobFactory;
import org.quartz.spi.JobFactory;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.SettableTime;

/** The whole bundle on a machine whose clock is put forward and back. */
@Timeout(180)
class ClockJumpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private final SettableTime time = SettableTime.at("2026-06-01T10:00:00Z");

  @Test
  void aClockThatIsPutBackAnHourHoldsUpNeitherFilesNorRetries() throws Exception {
    try (Simulator onefile =
            Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0).withTime(time));
        Instance running = start(onefile);
        LogLines log = LogLines.open()) {
      onefile.faults().add(Fault.answer(500).on(Selection.users().forLearner(1).next(1)));
      drop("first.csv", 1);
      await("its first attempt")
          .atMost(PATIENCE)
          .until(() -> running.files().tally(1).containsKey(RowState.WAITING));

      // Quartz goes by the machine's clock, which no test may change: this is what is left of it
      Scheduler quartz =
          running.camel().getComponent("quartz", QuartzComponent.class).getScheduler();
      sleepFor(HOUR, quartz);
      time.jumpTo(time.instant().minus(HOUR));
      drop("second.csv", 2);

      await("both are answered")
          .atMost(PATIENCE)
          .until(() -> running.files().in(FileState.DONE).size() == 2);
      assertThat(running.files().tally(1)).containsOnlyKeys(RowState.SENT);
      // first of the jump, then of Onefile's clock, which is the real one
      await("the alarm")
          .atMost(PATIENCE)
          .until(() -> log.with("WARN CLOCK: the clock of this machine").size() == 1);
      drop("third.csv", 3);
      drop("fourth.csv", 4);
      drop("fifth.csv", 5);
      await("it says how far off this clock is")
          .atMost(PATIENCE)
          .until(
              () ->
                  running.alarms().standing().stream()
                      .anyMatch(alarm -> alarm.message().contains("behind that of Onefile")));
      assertThat(log.with("CLOCK: ")).as("and that is no further line").hasSize(1);
    }
  }

  @Test
  void aTriggerThatQuartzGaveUpGoesOn() throws Exception {
    try (Simulator onefile =
            Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0).withTime(time));
        Instance running = start(onefile)) {
      Scheduler quartz =
          running.camel().getComponent("quartz", QuartzComponent.class).getScheduler();
      Set<JobKey> failed = ConcurrentHashMap.newKeySet();
      JobFactory real = new SimpleJobFactory();
      quartz.setJobFactory(
          (bundle, scheduler) -> {
            if (failed.add(bundle.getJobDetail().getKey())) {
              throw new SchedulerException("as the test says");
            }
            return real.newJob(bundle, scheduler);
          });
      await("planning, delivery and reports have failed")
          .atMost(PATIENCE)
          .until(
              () ->
                  failed.stream()
                      .map(JobKey::getGroup)
                      .collect(Collectors.toSet())
                      .containsAll(Set.of("plan", "deliver", "report")));

      drop("first.csv", 1);
      await("it is answered")
          .atMost(PATIENCE)
          .until(() -> running.files().in(FileState.DONE).size() == 1);
    }
  }

  private static void sleepFor(Duration wait, Scheduler quartz) throws Exception {
    Date later = Date.from(Instant.now().plus(wait));
    for (TriggerKey key : quartz.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
      if (!key.getGroup().equals(PaceEdges.GROUP)) {
        quartz.rescheduleJob(
            key, quartz.getTrigger(key).getTriggerBuilder().startAt(later).build());
      }
    }
  }

  private Instance start(Simulator onefile) throws Exception {
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.write(
        config.resolve("application.properties"),
        List.of(
            "onefile.base-url=" + onefile.baseUrl(),
            "onefile.customer-token=" + SimulatorOptions.DEFAULT_CUSTOMER_TOKEN,
            "delivery.calls-per-minute=unlimited",
            "delivery.retry.first=5m",
            "management.port=off",
            "console.port=off"));
    Files.createDirectories(config.resolve("feeds"));
    Files.write(
        config.resolve("feeds/inbox.properties"),
        List.of(
            "source=directory",
            "directory=inbox",
            "results.directory=results",
            "ready=rename",
            "poll=100ms"));
    return Instance.start(
        Configuration.read(Folders.of(config, Path.of("routes"), folder.resolve("data"))), time);
  }

  private void drop(String name, int learner) throws Exception {
    Path written =
        Files.writeString(
            folder.resolve(name),
            "learner_id,role,kind,assignee_id\n" + learner + ",assessor,default,900\n");
    Files.move(written, folder.resolve("data/inbox").resolve(name));
  }
}
