package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/** {@code kill -9} of the real process, at the points where it would hurt, and a new start. */
class KillIT {
  private static final int CONCURRENCY = 8;

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
  void threeKillsDuringDeliveryLoseNothingAndRepeatAtMostWhatWasInFlight() throws Exception {
    int rows = 300;
    onefile.faults().add(Fault.latency(Duration.ofMillis(60)));
    data.drop("export.csv", DataFolder.rows(rows));

    for (int point : List.of(20, 130, 250)) {
      int before = repeated();
      try (Bundle running = setup.start("run")) {
        await(point + " calls")
            .atMost(Bundle.PATIENCE)
            .pollInterval(Duration.ofMillis(2))
            .until(() -> assigned().size() >= point);
        running.kill();
      }
      assertThat(data.names("results")).as("nothing is reported before it is done").isEmpty();
      assertThat(repeated() - before).isLessThanOrEqualTo(CONCURRENCY);
    }
    try (Bundle running = setup.start("run")) {
      List<String> results = data.awaitResults("export.results.csv", running);

      assertThat(results).hasSize(rows).allMatch(line -> line.contains(",sent,SENT,"));
      assertThat(results.get(299)).startsWith("1300,assessor,additional,5300,,,300,sent");
      running.stop();
    }
    assertThat(data.names("results")).containsExactly("export.results.csv");
    assertThat(data.names("archive")).containsExactly("export.csv");
    assertThat(timesByPathAndBody()).as("each assignment arrived").hasSize(rows);
    assertThat(repeated()).isLessThanOrEqualTo(3 * CONCURRENCY);
    assertThat(onefile.calls()).noneMatch(Call::overlapped);
  }

  @Test
  void aKillWhileAFileIsPlannedPlansItAgainFromItsBeginning() throws Exception {
    LargeFile file = new LargeFile();
    data.drop("large.csv", file.content());
    try (Bundle running = setup.start("run").awaitStarted()) {
      file.awaitBeingPlanned(data, running);
      running.kill();
      assertThat(running.output()).as("killed before the release").doesNotContain("released");
    }
    assertThat(assigned()).as("nothing goes out before the file was read whole").isEmpty();

    try (Bundle running = setup.start("run")) {
      file.assertAnswered(data.awaitResults("large.results.csv", running));
    }
    assertThat(assigned()).hasSize(LargeFile.LEARNERS);
    assertThat(data.names("results")).containsExactly("large.results.csv");
  }

  @Test
  void aKillRightAfterAFileWasAcceptedLosesNothing() throws Exception {
    data.drop("export.csv", DataFolder.rows(50));
    try (Bundle running = setup.start("run")) {
      data.awaitTaken("export.csv");
      running.kill();
    }
    try (Bundle running = setup.start("run")) {
      assertThat(data.awaitResults("export.results.csv", running)).hasSize(50);
    }
    assertThat(timesByPathAndBody()).hasSize(50);
    assertThat(data.names("results")).containsExactly("export.results.csv");
  }

  private List<Call> assigned() {
    return onefile.calls().stream()
        .filter(call -> !call.path().endsWith("/Authentication"))
        .toList();
  }

  private Map<String, Long> timesByPathAndBody() {
    return assigned().stream()
        .map(call -> call.path() + call.body())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private int repeated() {
    return assigned().size() - timesByPathAndBody().size();
  }
}
