package uk.onefileroutes.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.Rate;

/** Our figures beside Camel's, where metrics are served. No learner is in any of them. */
public final class Meters {
  private Meters() {}

  /** Adds them; does nothing where no metrics are served. */
  public static void addTo(CamelContext camel, StatusReader status, Pace pace) {
    MeterRegistry registry = camel.getRegistry().findSingleByType(MeterRegistry.class);
    if (registry == null) {
      return;
    }
    requests(registry, "open", status, reader -> reader.counts().open());
    requests(registry, "in_flight", status, reader -> reader.counts().inFlight());
    requests(registry, "waiting", status, reader -> reader.counts().waiting());
    Gauge.builder("onefile.rows.blocked", status, reader -> reader.counts().blocked())
        .description("Rows that wait for a person")
        .register(registry);
    Gauge.builder("onefile.files.held", status, StatusReader::heldFiles)
        .description("Files that wait for a person to release or cancel them")
        .register(registry);
    Gauge.builder("onefile.pace.calls.per.minute", pace, Meters::callsPerMinute)
        .description("Calls per minute that may leave now; 0: none, infinite: unlimited")
        .register(registry);
    FunctionCounter.builder("onefile.calls", pace, Pace::admissions)
        .description("Calls to Onefile admitted since the start, logins included")
        .register(registry);
    status
        .feeds()
        .forEach(
            feed ->
                Gauge.builder(
                        "onefile.feed.failing", status, reader -> failing(reader, feed.name()))
                    .tag("feed", feed.name())
                    .description("1 where the last look at the feed's place failed")
                    .register(registry));
  }

  private static void requests(
      MeterRegistry registry,
      String state,
      StatusReader status,
      ToDoubleFunction<StatusReader> count) {
    Gauge.builder("onefile.requests", status, count)
        .tag("state", state)
        .description("Requests that are not final: all that are open, and of these")
        .register(registry);
  }

  private static double callsPerMinute(Pace pace) {
    if (!pace.isOpen()) {
      return 0;
    }
    Rate rate = pace.now().rate();
    return rate.isUnlimited() ? Double.POSITIVE_INFINITY : rate.callsPerMinute();
  }

  private static double failing(StatusReader status, String name) {
    return status.feeds().stream()
            .anyMatch(feed -> feed.name().equals(name) && feed.failure() != null)
        ? 1
        : 0;
  }
}
