package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Simulator;
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
    try (TestBundle bundle = start(time, downtime)) {
      Simulator onefile = bundle.simulator();
      bundle.drop("export.csv", TestBundle.additional(ROWS));
      advanceCallByCall(time, onefile);
      advance(time, bundle, downtime, 0, () -> assigned(onefile) == ROWS);

      assertLeftAlone(onefile, downtime);
      assertThat(onefile.calls()).anyMatch(call -> call.at().isBefore(downtime.at("06:55")));
    }
  }

  @ParameterizedTest
  @MethodSource("downtimes")
  void aRestartInTheMiddleOfADowntimeSendsNothingBeforeItsEnd(Downtime downtime) throws Exception {
    SettableTime time = new SettableTime(downtime.at("06:50"));
    try (TestBundle bundle = start(time, downtime)) {
      Simulator onefile = bundle.simulator();
      bundle.drop("export.csv", TestBundle.additional(ROWS));
      advanceCallByCall(time, onefile);
      advance(time, bundle, downtime, 0, () -> !time.instant().isBefore(downtime.at("07:10")));
      bundle.stopInstance();
      int before = onefile.calls().size();
      assertThat(assigned(onefile)).isBetween(1L, ROWS - 1L);

      bundle.startInstance();
      assertThat(bundle.instance().pace().isOpen()).isFalse();
      assertThat(bundle.instance().files().in(FileState.DELIVERING)).hasSize(1);
      advance(time, bundle, downtime, before, () -> assigned(onefile) == ROWS);

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
      TestBundle.await(awaited + " calls")
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
      TestBundle bundle,
      Downtime downtime,
      int arrivedBefore,
      BooleanSupplier reached) {
    TestBundle.await("the end")
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              if (bundle.simulator().calls().size() - arrivedBefore
                  == bundle.instance().pace().admissions()) {
                boolean closed =
                    !time.instant().isBefore(downtime.at("06:55"))
                        && time.instant().isBefore(downtime.at("07:34"));
                time.advance(Duration.ofSeconds(closed ? 30 : 1));
              }
              return reached.getAsBoolean();
            });
  }

  private static TestBundle start(SettableTime time, Downtime downtime) throws Exception {
    int sign = downtime.line().indexOf('=');
    return TestBundle.start(
        TestBundle.Setup.at(time)
            .withKey("delivery.calls-per-minute", "5")
            .withKey(downtime.line().substring(0, sign), downtime.line().substring(sign + 1)));
  }
}
