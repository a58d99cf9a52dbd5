package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.SettableTime;

/** What arrives at the far side, and when: the whole bundle with its routes, over HTTP. */
class PaceOverHttpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String WINDOW = "daily 06:55-07:35"; // in London, an hour ahead of UTC
  private static final Instant CLOSES = Instant.parse("2026-06-01T05:55:00Z");
  private static final Instant OPENS = Instant.parse("2026-06-01T06:35:00Z");

  @TempDir Path folder;

  @Test
  void callsArriveEvenlySpreadAndNeverAsABurst() throws Exception {
    int rows = 75;
    Duration spacing = Duration.ofMillis(61_000 / 300);
    // what lies between admission and arrival, for each call anew: the second that the spacing of
    // 61 s / cap leaves, so that no sliding 60 s have more than the cap
    Duration jitter = Duration.ofSeconds(1);
    try (Simulator onefile = Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(300));
        Instance running =
            start(onefile, PaceTime.system(), "delivery.calls-per-minute=300", "never")) {
      drop(rows);
      await("all calls").atMost(PATIENCE).until(() -> onefile.calls().size() == rows + 1);

      List<Instant> arrivals = onefile.calls().stream().map(Call::at).sorted().toList();
      for (int i = 0; i < arrivals.size(); i++) {
        for (int j = i + 1; j < arrivals.size(); j++) {
          assertThat(Duration.between(arrivals.get(i), arrivals.get(j)))
              .as("from call %s to call %s", i + 1, j + 1)
              .isGreaterThan(spacing.multipliedBy(j - i).minus(jitter));
        }
      }
      assertThat(onefile.calls()).allMatch(call -> call.status() < 300);
      assertThat(running.pace().isOpen()).isTrue();
    }
  }

  @Test
  void nothingArrivesInAWindowThatOpensInTheMiddleOfDelivery() throws Exception {
    int rows = 100;
    SettableTime time = SettableTime.at("2026-06-01T05:50:00Z"); // 06:50 in London
    try (Simulator onefile = simulator(time);
        Instance running = start(onefile, time, "delivery.calls-per-minute=12", WINDOW)) {
      drop(rows);
      for (int calls = 1; calls <= 10; calls++) { // each spacing one, so that delivery is under way
        awaitCalls(onefile, calls);
        time.advance(Duration.ofSeconds(6));
      }
      advanceUntilAllArrived(onefile, time, rows);

      List<Instant> arrivals = onefile.calls().stream().map(Call::at).toList();
      assertThat(arrivals)
          .anyMatch(at -> at.isBefore(CLOSES))
          .noneMatch(at -> !at.isBefore(CLOSES) && at.isBefore(OPENS))
          .anyMatch(at -> !at.isBefore(OPENS));
      assertThat(running.pace().isOpen()).isTrue();
    }
  }

  @Test
  void aStartInsideAWindowAsksNotEvenForASession() throws Exception {
    SettableTime time = SettableTime.at("2026-06-01T06:00:00Z"); // 07:00 in London
    try (Simulator onefile = simulator(time);
        Instance running = start(onefile, time, "delivery.calls-per-minute=60", WINDOW)) {
      drop(5);
      await("the file is planned")
          .atMost(PATIENCE)
          .until(() -> !running.files().in(FileState.DELIVERING).isEmpty());
      assertThat(onefile.calls()).isEmpty();

      advanceUntilAllArrived(onefile, time, 5);

      assertThat(onefile.calls()).allMatch(call -> !call.at().isBefore(OPENS));
      assertThat(onefile.calls().get(0).path()).endsWith("/Authentication");
    }
  }

  private static void awaitCalls(Simulator onefile, int count) {
    await(count + " calls")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> onefile.calls().size() >= count);
  }

  /** In steps that are small beside the spacing of calls while it is open. */
  private static void advanceUntilAllArrived(Simulator onefile, SettableTime time, int rows) {
    await("all calls")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              boolean closed = !time.instant().isBefore(CLOSES) && time.instant().isBefore(OPENS);
              time.advance(Duration.ofSeconds(closed ? 30 : 1));
              return onefile.calls().size() == rows + 1;
            });
  }

  private static Simulator simulator(SettableTime time) throws Exception {
    return Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0).withTime(time));
  }

  private Instance start(Simulator onefile, PaceTime time, String rate, String window)
      throws Exception {
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.write(
        config.resolve("application.properties"),
        List.of(
            "onefile.base-url=" + onefile.baseUrl(),
            "onefile.customer-token=" + SimulatorOptions.DEFAULT_CUSTOMER_TOKEN,
            "delivery.closed.daily-release=" + window,
            rate));
    Files.createDirectories(config.resolve("feeds"));
    Files.write(
        config.resolve("feeds/inbox.properties"),
        List.of(
            "source=directory", "directory=inbox", "results.directory=results", "ready=rename"));
    return Instance.start(
        Configuration.read(Folders.of(config, Path.of("routes"), folder.resolve("data"))), time);
  }

  private void drop(int rows) throws Exception {
    String content =
        IntStream.range(0, rows)
            .mapToObj(i -> (1001 + i) + ",assessor,additional," + (5001 + i) + "\n")
            .collect(Collectors.joining("", "learner_id,role,kind,assignee_id\n", ""));
    Path written = Files.writeString(folder.resolve("export.csv.writing"), content);
    Files.move(written, folder.resolve("data/inbox/export.csv"));
  }
}
