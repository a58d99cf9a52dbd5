package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.testing.TestBundle.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.impl.matchers.GroupMatcher;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.pace.ClosedWindow;
import uk.onefileroutes.pace.Edge;
import uk.onefileroutes.pace.PlanEntry;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.pace.Timetable;
import uk.onefileroutes.testing.LogLines;
import uk.onefileroutes.testing.SettableTime;
import uk.onefileroutes.testing.TestBundle;

/** The trigger of a running bundle is set to the next edge of its timetable, to the second. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaceEdgesTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  private static final Map<String, String> CLOSED =
      Map.of(
          "daily-release", "daily 06:55-07:35",
          "overlapping", "daily 07:00-08:00",
          "nights", "MON-FRI 21:00-06:00",
          "weekend", "SAT,SUN 00:00-24:00",
          "in-the-gap", "daily 01:15-01:45",
          "over-the-gap", "daily 00:30-02:30",
          "coming", "2098-05-02 06:55-07:35",
          "over", "2020-05-02 06:55-07:35",
          "off", "never");
  private static final Map<String, String> PLAN =
      Map.of(
          "office-hours", "MON-FRI 08:00-18:00 at 120",
          "all-day", "daily 00:00-24:00 at 200",
          "no-more", "never");
  private static final Timetable TIMETABLE = timetable(CLOSED, PLAN);
  private static final Timetable COMING =
      timetable(Map.of("coming", CLOSED.get("coming"), "over", CLOSED.get("over")), Map.of());

  private TestBundle bundle;

  @BeforeAll
  void start() throws Exception {
    TestBundle.Setup setup = TestBundle.Setup.plain().withRouteFigures();
    for (Map.Entry<String, String> each : CLOSED.entrySet()) {
      setup = setup.withKey("delivery.closed." + each.getKey(), each.getValue());
    }
    for (Map.Entry<String, String> each : PLAN.entrySet()) {
      setup = setup.withKey("delivery.plan." + each.getKey(), each.getValue());
    }
    bundle = TestBundle.start(setup);
    // as the start scheduled it, before any test does
    theTriggerIsSetToTheNextEdgeAndNamesWhatChanges();
  }

  @AfterAll
  void stop() throws Exception {
    bundle.close();
  }

  @BeforeEach
  void scheduleTheWhole() {
    bundle.instance().edges().schedule(TIMETABLE);
  }

  @Test
  void theTriggerIsSetToTheNextEdgeAndNamesWhatChanges() {
    // again, if an edge passed meanwhile
    await("the fire time of the next edge")
        .untilAsserted(
            () -> {
              Edge next = TIMETABLE.nextEdge(Instant.now()).orElseThrow();
              Trigger trigger = trigger();
              assertThat(trigger.getNextFireTime().toInstant()).isEqualTo(next.at());
              assertThat(trigger.getDescription().split(", "))
                  .containsExactlyInAnyOrderElementsOf(
                      next.changes().stream().map(PaceEdgesTest::name).toList());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31", "2028-02-29"})
  void aroundTheDaysOnWhichClocksChangeEachEdgeIsToldOnceAndNothingElse(String day) {
    Instant from = LocalDate.parse(day).minusDays(2).atStartOfDay(LONDON).toInstant();
    Instant until = LocalDate.parse(day).plusDays(3).atStartOfDay(LONDON).toInstant();

    List<Edge> told = new ArrayList<>();
    Instant at = from.minusMillis(1);
    Optional<Edge> next = TIMETABLE.nextEdge(at);
    while (next.isPresent() && next.get().at().isBefore(until)) { // as the trigger is set and fires
      Instant fired = next.get().at().plusMillis(told.size() % 2); // on time or late
      PaceEdges.lastEdge(TIMETABLE, at, fired).ifPresent(told::add);
      at = fired;
      next = TIMETABLE.nextEdge(at);
    }

    assertThat(told).hasSizeGreaterThan(20).containsExactlyElementsOf(TIMETABLE.edges(from, until));
  }

  @Test
  void theSkippedHourHasNoEdgeAndTheRepeatedOneHasEachOnce() {
    Timetable gap = timetable(Map.of("in-the-gap", CLOSED.get("in-the-gap")), Map.of());

    assertThat(gap.nextEdge(Instant.parse("2026-03-28T12:00:00Z")).map(Edge::at))
        .contains(Instant.parse("2026-03-30T00:15:00Z")); // not on the 29th
    assertThat(gap.nextEdge(Instant.parse("2026-10-24T12:00:00Z")).map(Edge::at))
        .contains(Instant.parse("2026-10-25T00:15:00Z")); // the first 01:15
    assertThat(gap.nextEdge(Instant.parse("2026-10-25T00:15:00Z")).map(Edge::at))
        .contains(Instant.parse("2026-10-25T01:45:00Z")); // the second 01:45
  }

  @Test
  void theConsolesViewOfQuartzShowsIt() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    String scheduler = scheduler(bundle.instance()).getSchedulerName();
    Set<ObjectName> names =
        beans.queryNames(
            new ObjectName(
                "quartz:type=QuartzScheduler,name=" + ObjectName.quote(scheduler) + ",*"),
            null);
    if (names.isEmpty()) {
      names =
          beans.queryNames(
              new ObjectName("quartz:type=QuartzScheduler,name=" + scheduler + ",*"), null);
    }
    assertThat(names).hasSize(1);

    bundle.instance().edges().schedule(COMING);
    List<?> shown = (List<?>) beans.getAttribute(names.iterator().next(), "AllTriggers");

    assertThat(shown)
        .map(CompositeData.class::cast)
        .filteredOn(each -> "pace".equals(each.get("group")))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.get("name")).isEqualTo("next-edge");
              assertThat(each.get("description")).isEqualTo("closed.coming begins");
              assertThat(each.get("nextFireTime"))
                  .isEqualTo(Date.from(Instant.parse("2098-05-02T05:55:00Z")));
            });
  }

  @Test
  void anotherTimetableSetsItWhileTheBundleRuns() throws Exception {
    bundle.instance().edges().schedule(COMING);
    assertThat(trigger().getNextFireTime().toInstant()).isEqualTo("2098-05-02T05:55:00Z");

    bundle
        .instance()
        .edges()
        .schedule(timetable(Map.of(), Map.of("lunch", "2097-05-02 12:00-13:00 at 60")));
    assertThat(trigger().getNextFireTime().toInstant()).isEqualTo("2097-05-02T11:00:00Z");
    assertThat(trigger().getDescription()).isEqualTo("plan.lunch begins");

    bundle.instance().edges().schedule(timetable(Map.of(), Map.of()));
    assertThat(trigger().getDescription()).isEqualTo("no edge is to come");
  }

  @Test
  void severalWhoChangeTheTimetableAtOnceLeaveOneTrigger() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Timetable table = timetable(Map.of("w", "209" + i % 5 + "-05-02 06:55-07:35"), Map.of());
        runs.add(threads.submit(() -> bundle.instance().edges().schedule(table)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(scheduler(bundle.instance()).getTriggerKeys(GroupMatcher.triggerGroupEquals("pace")))
        .containsExactly(PaceEdges.TRIGGER);
    assertThat(trigger().getDescription()).isEqualTo("closed.w begins");
  }

  @Test
  void aTriggerThatSleptFiresOnceAndIsSetToTheNextEdge() throws Exception {
    Scheduler scheduler = scheduler(bundle.instance());
    long before = runs();
    scheduler.rescheduleJob(
        PaceEdges.TRIGGER,
        trigger()
            .getTriggerBuilder()
            .startAt(Date.from(Instant.now().minus(Duration.ofDays(3))))
            .build());

    await("the route to be run").until(() -> runs() > before);
    theTriggerIsSetToTheNextEdgeAndNamesWhatChanges();
    assertThat(runs() - before).isLessThan(3);
  }

  @Test
  void anEdgeIsToldWhenItPassesAndOfSeveralTheLast(@TempDir Path folder) throws Exception {
    SettableTime time = SettableTime.at("2025-06-02T05:54:30Z"); // Quartz has later, all the time
    try (Instance running = quiet(folder, time);
        LogLines log = LogLines.open()) {
      time.advance(Duration.ofMinutes(1));
      await("the start is told")
          .until(() -> log.with("INFO Closed", "(closed.daily-release begins)").size() == 1);
      assertThat(running.pace().isOpen()).isFalse();

      time.advance(Duration.ofDays(3).plusHours(1));
      await("the last end is told").until(() -> !log.with("(closed.daily-release ends)").isEmpty());
      time.advance(Duration.ofDays(1).minusHours(1));
      await("the next start is told")
          .until(() -> log.with("(closed.daily-release begins)").size() == 2);
      assertThat(log.with("(closed.daily-release ends)")).as("once for three days").hasSize(1);
    }
  }

  private static Instance quiet(Path folder, SettableTime time) throws Exception {
    Path config = Files.createDirectories(folder.resolve("config/feeds")).getParent();
    Files.write(
        config.resolve("application.properties"),
        List.of(
            "onefile.base-url=http://127.0.0.1:1/api/v2.1", // nobody is called
            "onefile.customer-token=none",
            "camel.main.name=edges",
            "management.port=off",
            "console.port=off"));
    Files.write(
        config.resolve("feeds/inbox.properties"),
        List.of("source=directory", "directory=inbox", "results.directory=results"));
    return Instance.start(
        Configuration.read(Folders.of(config, Path.of("routes"), folder.resolve("data"))), time);
  }

  private long runs() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName pattern =
        new ObjectName(
            "org.apache.camel:context="
                + bundle.instance().camel().getName()
                + ",type=routes,name=\"pace-edge\"");
    return (Long) beans.getAttribute(pattern, "ExchangesCompleted");
  }

  private static String name(Edge.Change change) {
    return (change.subject() == Edge.Subject.CLOSED ? "closed." : "plan.")
        + change.name()
        + (change.starts() ? " begins" : " ends");
  }

  private Trigger trigger() throws Exception {
    return scheduler(bundle.instance()).getTrigger(PaceEdges.TRIGGER);
  }

  private static Scheduler scheduler(Instance instance) {
    return instance.camel().getComponent("quartz", QuartzComponent.class).getScheduler();
  }

  private static Timetable timetable(Map<String, String> closed, Map<String, String> plan) {
    return new Timetable(
        LONDON,
        new Rate(240),
        plan.entrySet().stream()
            .map(each -> PlanEntry.parse(each.getKey(), each.getValue()))
            .toList(),
        closed.entrySet().stream()
            .map(each -> ClosedWindow.parse(each.getKey(), each.getValue()))
            .toList(),
        Timetable.DEFAULT_CLOSE_LEAD);
  }
}
