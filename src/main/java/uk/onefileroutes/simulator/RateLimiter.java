package uk.onefileroutes.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * Admits so many calls in any 60 seconds. Refused calls take no room: the block ends as soon as the
 * oldest admitted call is 60 s old. Thread safe.
 */
final class RateLimiter {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final int callsPerWindow;
  private final ArrayDeque<Instant> admitted = new ArrayDeque<>();

  RateLimiter(int callsPerWindow) {
    this.callsPerWindow = callsPerWindow;
  }

  synchronized boolean admits(Instant at) {
    if (callsPerWindow == 0) {
      return true;
    }
    Instant start = at.minus(WINDOW);
    for (Instant oldest = admitted.peekFirst();
        oldest != null && !oldest.isAfter(start);
        oldest = admitted.peekFirst()) {
      admitted.removeFirst();
    }
    if (admitted.size() >= callsPerWindow) {
      return false;
    }
    admitted.addLast(at);
    return true;
  }
}
