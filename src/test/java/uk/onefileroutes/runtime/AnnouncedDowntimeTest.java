package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.SettableTime;
import uk.onefileroutes.testing.TestBundle;

/**
 * Two downtimes that Onefile announced, both 07:00-07:30 UK time, with the lines that the shipped
 * configuration gives as examples for them. The window of every day is switched off here, so that
 * it is these lines that close.
 */
class AnnouncedDowntimeTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?m)^#(delivery\\.closed\\.[a-z-]+=(\\d{4}-\\d{2}-\\d{2}) .*)$");
  private static final int ROWS = 35;

  @TempDir Path folder;

  /**
   * A downtime as announced.
   *
   * @param line of the shipped configuration, its comment sign removed
   */
  record Downtime(LocalDate date, String line) {
    Instant at(String time) {
      return date.atTime(LocalTime.parse(time)).atZone(LONDON).toInstant();
    }
  }

  static Stream<Downtime> downtimes() throws Exception {
    List<MatchResult> lines =
        EXAMPLE
            .matcher(Files.readString(Path.of("config/application.properties")))
            .results()
            .toList();
    return lines.stream().map(line -> new Downtime(LocalDate.parse(line.group(2)), line.group(1)));
  }

  @Test
  void theExamplesAreThoseOfTheTwoBanners() throws Exception {
    assertThat(downtimes().map(Downtime::date))
        .containsExactly(LocalDate.of(2026, 3, 31), LocalDate.of(2026, 5, 2));
  }

  @ParameterizedTest
  @MethodSource("downtimes")
  void noCallIsMadeInADowntimeThatComesInTheMiddleOfDelivery(Downtime downtime) throws Exception {
    SettableTime time = new SettableTime(downtime.at("06:50"));
    try (Simulator onefile = simulator(time);
        Instance running = start(onefile, time, downtime)) {
      drop();
      advanceCallByCall(time, onefile);
      advance(time, onefile, running, downtime, 0, () -> assigned(onefile) == ROWS);

      assertLeftAlone(onefile, downtime);
      assertThat(onefile.calls()).anyMatch(call -> call.at().isBefore(downtime.at("06:55")));
    }
  }

  @ParameterizedTest
  @MethodSource("downtimes")
  void aRestartInTheMiddleOfADowntimeSendsNothingBeforeItsEnd(Downtime downtime) throws Exception {
    SettableTime time = new SettableTime(downtime.at("06:50"));
    try (Simulator onefile = simulator(time)) {
      try (Instance running = start(onefile, time, downtime)) {
        drop();
        advanceCallByCall(time, onefile);
        advance(
            time,
            onefile,
            running,
            downtime,
            0,
            () -> !time.instant().isBefore(downtime.at("07:10")));
      }
      int before = onefile.calls().size();
      assertThat(assigned(onefile)).isBetween(1L, ROWS - 1L);

      try (Instance running = start(onefile, time, downtime)) {
        assertThat(running.pace().isOpen()).isFalse();
        assertThat(running.files().in(FileState.DELIVERING)).hasSize(1);
        advance(time, onefile, running, downtime, before, () -> assigned(onefile) == ROWS);
      }

      assertLeftAlone(onefile, downtime);
      Call first = onefile.calls().get(before);
      assertThat(first.path()).endsWith("/Authentication");
      assertThat(first.at()).isAfterOrEqualTo(downtime.at("07:35"));
    }
  }

  private static void assertLeftAlone(Simulator onefile, Downtime downtime) {
    assertThat(onefile.calls())
        .map(Call::at)
        .noneMatch(at -> !at.isBefore(downtime.at("06:55")) && at.isBefore(downtime.at("07:35")))
        .anyMatch(at -> !at.isBefore(downtime.at("07:35")));
  }

  private static long assigned(Simulator onefile) {
    return onefile.calls().stream().filter(call -> call.path().endsWith("/Assign")).count();
  }

  /** So that delivery is under way, however slow the machine is. */
  private static void advanceCallByCall(SettableTime time, Simulator onefile) {
    for (int calls = 1; calls <= 10; calls++) {
      int awaited = calls;
      await(awaited + " calls")
          .atMost(TestBundle.DEADLINE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> onefile.calls().size() >= awaited);
      time.advance(Duration.ofSeconds(13));
    }
  }

  /**
   * Moves on only when what was admitted has arrived: time must not run away from a call.
   *
   * @param arrivedBefore calls of the instance before this one
   */
  private static void advance(
      SettableTime time,
      Simulator onefile,
      Instance running,
      Downtime downtime,
      int arrivedBefore,
      BooleanSupplier reached) {
    await("the end")
        .atMost(TestBundle.DEADLINE)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              if (onefile.calls().size() - arrivedBefore == running.pace().admissions()) {
                boolean closed =
                    !time.instant().isBefore(downtime.at("06:55"))
                        && time.instant().isBefore(downtime.at("07:34"));
                time.advance(Duration.ofSeconds(closed ? 30 : 1));
              }
              return reached.getAsBoolean();
            });
  }

  private static Simulator simulator(SettableTime time) throws Exception {
    return Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0).withTime(time));
  }

  private Instance start(Simulator onefile, SettableTime time, Downtime downtime) throws Exception {
    Path config = Files.createDirectories(folder.resolve("config/feeds")).getParent();
    Files.write(
        config.resolve("application.properties"),
        List.of(
            "onefile.base-url=" + onefile.baseUrl(),
            "onefile.customer-token=" + SimulatorOptions.DEFAULT_CUSTOMER_TOKEN,
            "delivery.calls-per-minute=5",
            "delivery.closed.daily-release=never",
            "management.port=off",
            "console.port=off",
            downtime.line()));
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
