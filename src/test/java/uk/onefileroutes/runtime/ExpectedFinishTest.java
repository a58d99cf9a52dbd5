package uk.onefileroutes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.testing.SettableTime;
import uk.onefileroutes.testing.TestBundle;

/** What people are told of the end of the backlog, against the end itself. */
class ExpectedFinishTest {
  private static final int ROWS = 100;

  /** The spacing of calls, 61 s / cap, is a whole number of these at both rates. */
  private static final Duration STEP = Duration.ofNanos(61_000_000_000L / 120 + 1);

  @Test
  void theExpectedFinishIsRightWithinFivePercentThroughPlanAndWindow() throws Exception {
    SettableTime time = SettableTime.at("2026-06-01T05:50:00Z"); // 06:50 in London
    Instant begins = time.instant();
    try (TestBundle bundle =
        TestBundle.start(
            TestBundle.Setup.at(time)
                .withKey("delivery.calls-per-minute", "12")
                .withKey("delivery.closed.daily-release", "daily 06:55-07:35")
                // 07:36 to 07:50: a third of the pace
                .withKey("delivery.plan.breakfast", "daily 07:36-07:50 at 4"))) {
      Simulator onefile = bundle.simulator();
      bundle.drop("export.csv", TestBundle.additional(ROWS));
      TestBundle.await("the first call")
          .pollInterval(Duration.ofMillis(10))
          .until(
              () -> {
                time.advance(Duration.ofSeconds(1));
                return onefile.calls().size() >= 2; // behind the login
              });

      Instant expected = expectedFinish();
      TestBundle.await("all calls")
          .pollInterval(Duration.ofMillis(10))
          .until(
              () -> {
                boolean open = bundle.instance().pace().isOpen();
                if (inFlight() == 0) { // what a slow machine needs for a call counts for nothing
                  time.advance(open ? STEP : Duration.ofSeconds(20));
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
}
