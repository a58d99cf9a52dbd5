package uk.onefileroutes.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.shown.Causes;

/** Says that a tick failed: once for each reason while it lasts, not each second. Thread-safe. */
public final class Ticks {
  private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<String, Failure> last = new ConcurrentHashMap<>();

  private record Failure(String reason, Instant at) {}

  Ticks(InstantSource clock) {
    this.clock = clock;
  }

  /** The tick of this exchange's route failed; the next one tries again. */
  public void failed(Exchange exchange, Exception cause) {
    String route = String.valueOf(exchange.getFromRouteId());
    Failure now = new Failure(Causes.words(cause), clock.instant());
    Failure before = last.put(route, now);
    if (before == null
        || !before.reason().equals(now.reason())
        || now.at().isAfter(before.at().plus(QUIET))) {
      LOG.error("Route {} failed: {}. It is tried again at each tick", route, now.reason());
    }
  }
}
