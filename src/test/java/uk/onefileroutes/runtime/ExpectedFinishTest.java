package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.SettableTime;

/** What people are told of the end of the backlog, against the end itself. */
class ExpectedFinishTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ROWS = 100;

  @TempDir Path folder;

  @Test
  void theExpectedFinishIsRightWithinFivePercentThroughPlanAndWindow() throws Exception {
    SettableTime time = SettableTime.at("2026-06-01T05:50:00Z"); // 06:50 in London
    Instant begins = time.instant();
    try (Simulator onefile =
            Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0).withTime(time));
        Instance running = start(onefile, time)) {
      drop();
      await("the first call")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(
              () -> {
                time.advance(Duration.ofSeconds(1));
                return onefile.calls().size() == 2; // behind the login
              });

      Instant expected = expectedFinish();
      await("all calls")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(
              () -> {
                boolean open = running.pace().isOpen();
                if (inFlight() == 0) { // what a slow machine needs for a call counts for nothing
                  time.advance(Duration.ofSeconds(open ? 1 : 20));
                }
                return onefile.calls().size() == ROWS + 1;
              });

      Instant finished = onefile.calls().get(ROWS).at();
      Duration took = Duration.between(begins, finished);
      assertThat(took).as("through the window").isGreaterThan(Duration.ofMinutes(45));
      assertThat(Duration.between(expected, finished).abs())
          .as("expected %s, was %s", expected, finished)
          .isLessThan(took.dividedBy(20));
    }
  }

  private static Instant expectedFinish() throws Exception {
    return Instant.parse((String) delivery("ExpectedFinishAt"));
  }

  private static long inFlight() throws Exception {
    return (Long) delivery("RequestsInFlight");
  }

  private static Object delivery(String attribute) throws Exception {
    MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    ObjectName delivery =
        jmx.queryNames(new ObjectName("onefile:type=Delivery,*"), null).iterator().next();
    return jmx.getAttribute(delivery, attribute);
  }

  private Instance start(Simulator onefile, SettableTime time) throws Exception {
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.write(
        config.resolve("application.properties"),
        List.of(
            "onefile.base-url=" + onefile.baseUrl(),
            "onefile.customer-token=" + SimulatorOptions.DEFAULT_CUSTOMER_TOKEN,
            "delivery.calls-per-minute=12",
            "delivery.closed.daily-release=daily 06:55-07:35",
            // 07:36 to 07:50: a third of the pace
            "delivery.plan.breakfast=daily 07:36-07:50 at 4",
            "camel.main.name=finish",
            "management.port=off",
            "console.port=off"));
    Files.createDirectories(config.resolve("feeds"));
    Files.write(
        config.resolve("feeds/inbox.properties"),
        List.of(
            "source=directory", "directory=inbox", "results.directory=results", "ready=rename"));
    return Instance.start(
        Configuration.read(Folders.of(config, Path.of("routes"), folder.resolve("data"))), time);
  }

  private void drop() throws Exception {
    String content =
        IntStream.range(0, ROWS)
            .mapToObj(i -> (1001 + i) + ",assessor,additional," + (5001 + i) + "\n")
            .collect(Collectors.joining("", "learner_id,role,kind,assignee_id\n", ""));
    Path written = Files.writeString(folder.resolve("export.csv.writing"), content);
    Files.move(written, folder.resolve("data/inbox/export.csv"));
  }
}
