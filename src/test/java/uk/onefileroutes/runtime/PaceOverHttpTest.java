package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.SettableTime;
import uk.onefileroutes.testing.TestBundle;

/** What arrives at the far side, and when: the whole bundle with its routes, over HTTP. */
class PaceOverHttpTest {
  private static final String WINDOW = "daily 06:55-07:35"; // in London, an hour ahead of UTC
  private static final Instant CLOSES = Instant.parse("2026-06-01T05:55:00Z");
  private static final Instant OPENS = Instant.parse("2026-06-01T06:35:00Z");

  @Test
  void callsArriveEvenlySpreadAndNeverAsABurst() throws Exception {
    int rows = 75;
    Duration spacing = Duration.ofMillis(61_000 / 300);
    // what lies between admission and arrival, for each call: the second that the spacing of
    // 61 s / cap leaves, so that no sliding 60 s have more than the cap
    Duration jitter = Duration.ofSeconds(1);
    try (TestBundle bundle =
        TestBundle.start(
            TestBundle.Setup.plain()
                .withFarSide(SimulatorOptions.defaults().withCallsPerMinute(300))
                .withFeedKey("ready", "rename")
                .withKey("delivery.calls-per-minute", "300"))) {
      Simulator onefile = bundle.simulator();
      bundle.drop("export.csv", TestBundle.additional(rows));
      TestBundle.await("all calls").until(() -> onefile.calls().size() == rows + 1);

      List<Instant> arrivals = onefile.calls().stream().map(Call::at).sorted().toList();
      for (int i = 0; i < arrivals.size(); i++) {
        for (int j = i + 1; j < arrivals.size(); j++) {
          assertThat(Duration.between(arrivals.get(i), arrivals.get(j)))
              .as("from call %s to call %s", i + 1, j + 1)
              .isGreaterThan(spacing.multipliedBy(j - i).minus(jitter));
        }
      }
      assertThat(onefile.calls()).allMatch(call -> call.status() < 300);
      assertThat(bundle.instance().pace().isOpen()).isTrue();
    }
  }

  @Test
  void nothingArrivesInAWindowThatOpensInTheMiddleOfDelivery() throws Exception {
    int rows = 100;
    SettableTime time = SettableTime.at("2026-06-01T05:50:00Z"); // 06:50 in London
    try (TestBundle bundle = start(time, 12)) {
      Simulator onefile = bundle.simulator();
      bundle.drop("export.csv", TestBundle.additional(rows));
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
      assertThat(bundle.instance().pace().isOpen()).isTrue();
    }
  }

  @Test
  void aStartInsideAWindowAsksNotEvenForASession() throws Exception {
    SettableTime time = SettableTime.at("2026-06-01T06:00:00Z"); // 07:00 in London
    try (TestBundle bundle = start(time, 60)) {
      Simulator onefile = bundle.simulator();
      bundle.drop("export.csv", TestBundle.additional(5));
      TestBundle.await("the file is planned")
          .until(() -> !bundle.instance().files().in(FileState.DELIVERING).isEmpty());
      assertThat(onefile.calls()).isEmpty();

      advanceUntilAllArrived(onefile, time, 5);

      assertThat(onefile.calls()).allMatch(call -> !call.at().isBefore(OPENS));
      assertThat(onefile.calls().get(0).path()).endsWith("/Authentication");
    }
  }

  private static void awaitCalls(Simulator onefile, int count) {
    TestBundle.await(count + " calls")
        .pollInterval(Duration.ofMillis(10))
        .until(() -> onefile.calls().size() >= count);
  }

  /** In steps that are small beside the spacing of calls while it is open. */
  private static void advanceUntilAllArrived(Simulator onefile, SettableTime time, int rows) {
    TestBundle.await("all calls")
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              boolean closed = !time.instant().isBefore(CLOSES) && time.instant().isBefore(OPENS);
              time.advance(Duration.ofSeconds(closed ? 30 : 1));
              return onefile.calls().size() == rows + 1;
            });
  }

  private static TestBundle start(SettableTime time, int rate) throws Exception {
    return TestBundle.start(
        TestBundle.Setup.at(time)
            .withKey("delivery.calls-per-minute", Integer.toString(rate))
            .withKey("delivery.closed.daily-release", WINDOW));
  }
}
