package uk.onefileroutes.runtime;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.testing.TestBundle.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import uk.onefileroutes.pace.ClosedWindow;
import uk.onefileroutes.pace.Edge;
import uk.onefileroutes.pace.PlanEntry;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.pace.Timetable;
import uk.onefileroutes.testing.TestBundle;

/** The triggers of a running bundle's scheduler are the edges of its timetable, to the second. */
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

  private TestBundle bundle;

  @BeforeAll
  void start() throws Exception {
    TestBundle.Setup setup = TestBundle.Setup.plain();
    for (Map.Entry<String, String> each : CLOSED.entrySet()) {
      setup = setup.withKey("delivery.closed." + each.getKey(), each.getValue());
    }
    for (Map.Entry<String, String> each : PLAN.entrySet()) {
      setup = setup.withKey("delivery.plan." + each.getKey(), each.getValue());
    }
    bundle = TestBundle.start(setup);
    // as the start scheduled it, before any test does
    assertThat(triggers(bundle).keySet()).isEqualTo(expectedNames());
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
  void eachStartAndEndThatIsToComeHasATriggerWithASpeakingName() throws Exception {
    assertThat(triggers(bundle).keySet()).isEqualTo(expectedNames());
  }

  @Test
  void theNextFireTimesAreTheNextEdges() {
    // again, if an edge passed between the looks
    await("fire times as the edges")
        .untilAsserted(
            () -> {
              Instant now = Instant.now();
              Map<String, Instant> next = new TreeMap<>();
              triggers(bundle)
                  .forEach(
                      (name, trigger) -> next.put(name, trigger.getNextFireTime().toInstant()));

              assertThat(next.remove("closed.coming begins")).isEqualTo("2098-05-02T05:55:00Z");
              assertThat(next.remove("closed.coming ends")).isEqualTo("2098-05-02T06:35:00Z");
              assertThat(next)
                  .isEqualTo(firstOfEach(TIMETABLE.edges(now, now.plus(14, ChronoUnit.DAYS))));
              assertThat(next.values().stream().min(Instant::compareTo))
                  .isEqualTo(TIMETABLE.nextEdge(now).map(Edge::at));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31", "2028-02-29"})
  void aroundTheDaysOnWhichClocksChangeTheyFireAtEachEdgeAndAtNothingElse(String day)
      throws Exception {
    Instant from = LocalDate.parse(day).minusDays(2).atStartOfDay(LONDON).toInstant();
    Instant until = LocalDate.parse(day).plusDays(3).atStartOfDay(LONDON).toInstant();

    List<String> fired = new ArrayList<>();
    for (Trigger trigger : triggers(bundle).values()) {
      Date at = trigger.getFireTimeAfter(Date.from(from.minusMillis(1)));
      while (at != null && at.toInstant().isBefore(until)) {
        fired.add(at.toInstant() + " " + trigger.getKey().getName());
        at = trigger.getFireTimeAfter(at);
      }
    }

    List<String> edges =
        TIMETABLE.edges(from, until).stream()
            .flatMap(edge -> edge.changes().stream().map(change -> edge.at() + " " + name(change)))
            .toList();
    assertThat(fired).hasSizeGreaterThan(20).containsExactlyInAnyOrderElementsOf(edges);
  }

  @Test
  void theSkippedHourFiresNothingAndTheRepeatedOneOnce() throws Exception {
    Trigger begins = triggers(bundle).get("closed.in-the-gap begins");
    Trigger ends = triggers(bundle).get("closed.in-the-gap ends");

    assertThat(begins.getFireTimeAfter(date("2026-03-28T12:00:00Z")))
        .isEqualTo(date("2026-03-30T00:15:00Z")); // not on the 29th
    assertThat(begins.getFireTimeAfter(date("2026-10-24T12:00:00Z")))
        .isEqualTo(date("2026-10-25T00:15:00Z")); // the first 01:15
    assertThat(ends.getFireTimeAfter(date("2026-10-24T12:00:00Z")))
        .isEqualTo(date("2026-10-25T01:45:00Z")); // the second 01:45
  }

  @Test
  void theConsolesViewOfQuartzShowsThem() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    String scheduler = scheduler(bundle).getSchedulerName();
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

    List<?> shown = (List<?>) beans.getAttribute(names.iterator().next(), "AllTriggers");

    assertThat(shown)
        .map(CompositeData.class::cast)
        .filteredOn(each -> PaceEdges.GROUP.equals(each.get("group")))
        .hasSize(expectedNames().size())
        .anySatisfy(
            each -> {
              assertThat(each.get("name")).isEqualTo("closed.daily-release begins");
              assertThat(each.get("description")).isEqualTo("daily 06:55-07:35, Europe/London");
              assertThat(each.get("nextFireTime")).isInstanceOf(Date.class);
            });
  }

  @Test
  void anotherTimetableReplacesThemAllWhileTheBundleRuns() throws Exception {
    Timetable other =
        timetable(
            Map.of("daily-release", "daily 06:45-07:35", "nights", CLOSED.get("nights")),
            Map.of("lunch", "daily 12:00-13:00 at 60"));
    Trigger nights = triggers(bundle).get("closed.nights begins");

    bundle.instance().edges().schedule(other);

    Map<String, Trigger> now = triggers(bundle);
    assertThat(now.keySet())
        .containsExactlyInAnyOrder(
            "closed.daily-release begins",
            "closed.daily-release ends",
            "closed.nights begins",
            "closed.nights ends",
            "plan.lunch begins",
            "plan.lunch ends");
    assertThat(now.get("closed.daily-release begins").getDescription()).startsWith("daily 06:45");
    assertThat(
            now.get("closed.daily-release begins").getFireTimeAfter(date("2026-06-01T00:00:00Z")))
        .isEqualTo(date("2026-06-01T05:45:00Z"));
    assertThat(now.get("closed.nights begins").getStartTime()).isEqualTo(nights.getStartTime());

    bundle.instance().edges().schedule(timetable(Map.of(), Map.of()));
    assertThat(triggers(bundle)).isEmpty();
  }

  @Test
  void aJobStoreThatKeepsBytesCanKeepThem() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Trigger trigger = triggers(bundle).get("closed.nights begins");
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(trigger);
    }

    Trigger read;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      read = (Trigger) in.readObject();
    }
    assertThat(read.getKey()).isEqualTo(trigger.getKey());
    assertThat(read.getNextFireTime()).isEqualTo(trigger.getNextFireTime());
    assertThat(read.getFireTimeAfter(date("2026-03-31T00:00:00Z")))
        .isEqualTo(date("2026-03-31T20:00:00Z"));
  }

  @Test
  void severalWhoReplaceThemAtOnceLeaveTheTriggersOfOneTimetable() throws Exception {
    List<Timetable> tables = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tables.add(timetable(Map.of("w" + i % 5, "daily 0" + i % 5 + ":00-09:00"), Map.of()));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> runs = new ArrayList<>();
      tables.forEach(
          table -> runs.add(threads.submit(() -> bundle.instance().edges().schedule(table))));
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(triggers(bundle)).hasSize(2);
  }

  @Test
  void whoeverSleptThroughEdgesIsToldOncePerTrigger() throws Exception {
    Instant asleepSince = Instant.now().minus(Duration.ofDays(3));
    TriggerKey key = new TriggerKey("closed.slept-through begins", PaceEdges.GROUP);
    Scheduler scheduler = scheduler(bundle);
    long before = told();

    EdgeTrigger sleeper =
        new EdgeTrigger(
            key.getName(),
            LONDON,
            ClosedWindow.parse("slept-through", longAgoToday()).hours(),
            true,
            asleepSince);
    scheduler.scheduleJob(PaceEdges.job(sleeper), sleeper);

    await("the route to be run").until(() -> told() > before);
    await("the trigger to go on")
        .until(() -> scheduler.getTrigger(key).getPreviousFireTime() != null);
    Trigger trigger = scheduler.getTrigger(key);
    assertThat(trigger.getPreviousFireTime()).isAfter(Instant.now().minusSeconds(120));
    assertThat(trigger.getNextFireTime()).isAfter(Instant.now().plusSeconds(3600));
    assertThat(told() - before).isLessThan(3);
  }

  /** Hours that begin six hours from now, each day. */
  private static String longAgoToday() {
    var begins = Instant.now().minus(Duration.ofHours(6)).atZone(LONDON).toLocalTime();
    var ends = begins.plusHours(1);
    return "daily %02d:%02d-%02d:%02d"
        .formatted(begins.getHour(), begins.getMinute(), ends.getHour(), ends.getMinute());
  }

  private long told() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName pattern =
        new ObjectName(
            "org.apache.camel:context="
                + bundle.instance().camel().getName()
                + ",type=routes,name=\"pace-edge\"");
    return (Long) beans.getAttribute(pattern, "ExchangesCompleted");
  }

  private static Set<String> expectedNames() {
    Set<String> names = new TreeSet<>();
    for (String each :
        List.of(
            "closed.daily-release",
            "closed.overlapping",
            "closed.nights",
            "closed.weekend",
            "closed.in-the-gap",
            "closed.over-the-gap",
            "closed.coming",
            "plan.office-hours")) {
      names.add(each + " begins");
      names.add(each + " ends");
    }
    return names;
  }

  private static Map<String, Instant> firstOfEach(List<Edge> edges) {
    Map<String, Instant> first = new TreeMap<>();
    edges.forEach(
        edge -> edge.changes().forEach(change -> first.putIfAbsent(name(change), edge.at())));
    return first;
  }

  private static String name(Edge.Change change) {
    return (change.subject() == Edge.Subject.CLOSED ? "closed." : "plan.")
        + change.name()
        + (change.starts() ? " begins" : " ends");
  }

  private static Map<String, Trigger> triggers(TestBundle bundle) throws Exception {
    Scheduler scheduler = scheduler(bundle);
    List<Trigger> found = new ArrayList<>();
    for (TriggerKey key :
        scheduler.getTriggerKeys(GroupMatcher.triggerGroupEquals(PaceEdges.GROUP))) {
      found.add(scheduler.getTrigger(key));
    }
    return new TreeMap<>(
        found.stream().collect(toMap(trigger -> trigger.getKey().getName(), trigger -> trigger)));
  }

  private static Scheduler scheduler(TestBundle bundle) {
    return bundle.instance().camel().getComponent("quartz", QuartzComponent.class).getScheduler();
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

  private static Date date(String instant) {
    return Date.from(Instant.parse(instant));
  }
}
