package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/** SIGTERM to the real process, whatever it is doing: in time, exit code 0, nothing lost. */
class StopIT {
  // 30 s is promised; without calls in flight nothing should take near as long, even on a busy
  // machine
  private static final Duration PROMPTLY = Duration.ofSeconds(15);

  @TempDir Path folder;
  private Simulator onefile;
  private DataFolder data;
  private Bundle.Setup setup;

  @BeforeEach
  void startOnefile() throws IOException {
    onefile = Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0));
    data = new DataFolder(folder.resolve("work/data"));
    setup = Bundle.Setup.toRun(folder.resolve("work"), onefile.baseUrl()).quickFeed();
  }

  @AfterEach
  void stopOnefile() {
    onefile.close();
  }

  @Test
  void whileIdle() throws Exception {
    try (Bundle running = setup.start("run").awaitStarted()) {
      assertThat(running.stop()).isLessThan(PROMPTLY);
      assertThat(running.output()).contains("Stopped").doesNotContain("\tat ");
    }
  }

  @Test
  void whileCallsAreInFlightWaitsForTheirAnswersAndRepeatsNone() throws Exception {
    onefile.faults().add(Fault.latency(Duration.ofSeconds(2)));
    data.drop("export.csv", DataFolder.rows(30));
    try (Bundle running = setup.start("run")) {
      await("calls in flight")
          .atMost(Bundle.PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> assigned().stream().filter(StopIT::isInFlight).count() >= 3);
      assertThat(running.stop()).isLessThan(PROMPTLY);
    }
    assertThat(onefile.calls()).noneMatch(StopIT::isInFlight);
    assertThat(assigned()).hasSizeLessThan(30);

    onefile.faults().clear();
    finishes("export.results.csv", 30);
    assertThat(assigned()).as("none was repeated").hasSize(30);
  }

  @Test
  void whileWorkersWaitForASlowPace() throws Exception {
    setup.with("DELIVERY_CALLS_PER_MINUTE", "1");
    data.drop("export.csv", DataFolder.rows(20));
    try (Bundle running = setup.start("run")) {
      running.awaitOutput("released");
      await("the session")
          .atMost(Bundle.PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> !onefile.calls().isEmpty());
      assertThat(running.stop()).isLessThan(PROMPTLY);
    }
    assertThat(onefile.calls()).hasSizeLessThanOrEqualTo(1);

    setup.with("DELIVERY_CALLS_PER_MINUTE", "unlimited");
    finishes("export.results.csv", 20);
    assertThat(assigned()).hasSize(20);
  }

  @Test
  void inTheMiddleOfPlanning() throws Exception {
    LargeFile file = new LargeFile();
    data.drop("large.csv", file.content());
    try (Bundle running = setup.start("run").awaitStarted()) {
      file.awaitBeingPlanned(data, running);
      assertThat(running.stop()).isLessThan(Duration.ofSeconds(30));
    }
    try (Bundle running = setup.start("run")) {
      file.assertAnswered(data.awaitResults("large.results.csv", running));
      running.stop();
    }
    assertThat(assigned()).hasSize(LargeFile.LEARNERS);
  }

  private void finishes(String results, int rows) throws InterruptedException {
    try (Bundle running = setup.start("run")) {
      assertThat(data.awaitResults(results, running))
          .hasSize(rows)
          .allMatch(line -> line.contains(",sent,SENT,"));
      running.stop();
    }
    assertThat(new HashSet<>(assigned().stream().map(call -> call.path() + call.body()).toList()))
        .hasSize(rows);
  }

  private static boolean isInFlight(Call call) {
    return call.status() == Call.IN_FLIGHT;
  }

  private List<Call> assigned() {
    return onefile.calls().stream()
        .filter(call -> !call.path().endsWith("/Authentication"))
        .toList();
  }
}
