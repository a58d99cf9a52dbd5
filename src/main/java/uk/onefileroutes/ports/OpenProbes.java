package uk.onefileroutes.ports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What answers whoever has no login: up or down, and nothing else. Thread-safe.
 *
 * <p>Anybody may ask, as often as he likes: what is asked is looked at once a second at most, by
 * one thread at a time, and nobody waits for that thread. While it is at work the answer before
 * counts for ten seconds, and then it is down.
 */
final class OpenProbes {
  /** There are none. */
  static final OpenProbes NONE = new OpenProbes(Map.of(), () -> 0);

  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration COUNTS = Duration.ofSeconds(10);

  private final Map<String, Probe> probes;
  private final LongSupplier nanoTime;

  /**
   * @param checks whether it is up, by the path that asks it
   * @param nanoTime of one clock that only goes on
   */
  OpenProbes(Map<String, BooleanSupplier> checks, LongSupplier nanoTime) {
    this.probes =
        checks.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, check -> new Probe(check.getValue(), nanoTime.getAsLong())));
    this.nanoTime = nanoTime;
  }

  /**
   * Whether one of them is meant: the path as it was sent, without anything behind it. What only
   * leads to the same page is not open.
   */
  boolean areAskedBy(Request request) {
    return METHODS.contains(request.getMethod())
        && request.getHttpURI().getFragment() == null
        && probes.containsKey(String.valueOf(request.getHttpURI().getPathQuery()));
  }

  /** Answers a request by which they are asked. */
  void answer(Request request, Response response, Callback callback) {
    boolean isUp = isUp(String.valueOf(request.getHttpURI().getPathQuery()));
    response.setStatus(isUp ? 200 : 503);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    String said = isUp ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}";
    response.write(true, StandardCharsets.UTF_8.encode(said), callback);
  }

  /** What the probe at this path says; there must be one. */
  boolean isUp(String path) {
    Probe probe = probes.get(path);
    if (probe == null) {
      throw new IllegalArgumentException("no probe");
    }
    return probe.isUp(nanoTime);
  }

  /** What was seen, and when. */
  private record Seen(boolean isUp, long at) {
    boolean isYounger(long now, Duration age) {
      return now - at < age.toNanos();
    }
  }

  private static final class Probe {
    private final BooleanSupplier check;
    private final AtomicBoolean isAtWork = new AtomicBoolean();
    private volatile Seen last;

    Probe(BooleanSupplier check, long now) {
      this.check = check;
      this.last = new Seen(false, now - COUNTS.toNanos());
    }

    boolean isUp(LongSupplier nanoTime) {
      Seen before = last;
      long now = nanoTime.getAsLong();
      if (before.isYounger(now, FRESH)) {
        return before.isUp;
      }
      if (!isAtWork.compareAndSet(false, true)) {
        return before.isUp && before.isYounger(now, COUNTS);
      }
      try {
        Seen seen = new Seen(check.getAsBoolean(), nanoTime.getAsLong());
        last = seen;
        return seen.isUp;
      } finally {
        isAtWork.set(false);
      }
    }
  }
}
