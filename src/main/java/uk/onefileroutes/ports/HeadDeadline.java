package uk.onefileroutes.ports;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which connections hold a place and ask for nothing: each is to send the whole head of its first
 * request in time, and later of its next one. Drop by drop is not in time. Also bounds how many
 * there are: the one that has been silent longest gives way to a new one, so that nobody who asks
 * is kept out. Thread-safe; knows neither clock nor server.
 *
 * @param <C> a connection
 */
final class HeadDeadline<C> {
  /** From the opening of a connection to the end of its first request's head. */
  static final Duration FIRST = Duration.ofSeconds(10);

  /** From an answer to the end of the next request's head. */
  static final Duration NEXT = Duration.ofSeconds(30);

  /** How often {@link #overdue} is to be asked. */
  static final Duration EVERY = Duration.ofSeconds(1);

  private final int max;

  /** Until when a head is awaited; those that have waited longest come first. */
  private final Map<C, Long> awaited = new LinkedHashMap<>();

  private final Set<C> served = new HashSet<>();

  HeadDeadline(int max) {
    this.max = max;
  }

  /** A connection was opened. Returns those to close for it; itself where all others are served. */
  synchronized List<C> opened(C connection, long nowNanos) {
    if (served.contains(connection) || awaited.containsKey(connection)) {
      return List.of();
    }
    List<C> toClose = new ArrayList<>();
    awaited.put(connection, nowNanos + FIRST.toNanos());
    while (awaited.size() + served.size() > max) {
      C first = awaited.keySet().iterator().next();
      awaited.remove(first);
      toClose.add(first);
    }
    return toClose;
  }

  /** The head of a request is there. */
  synchronized void requestStarted(C connection) {
    if (awaited.remove(connection) != null) {
      served.add(connection);
    }
  }

  /** A request was answered; the next one may come. */
  synchronized void requestEnded(C connection, long nowNanos) {
    if (served.remove(connection)) {
      awaited.put(connection, nowNanos + NEXT.toNanos());
    }
  }

  synchronized void closed(C connection) {
    awaited.remove(connection);
    served.remove(connection);
  }

  /** Those to close, because no head came in time. Each is named once. */
  synchronized List<C> overdue(long nowNanos) {
    List<C> overdue =
        awaited.entrySet().stream()
            .filter(connection -> connection.getValue() - nowNanos < 0)
            .map(Map.Entry::getKey)
            .toList();
    overdue.forEach(awaited::remove);
    return overdue;
  }
}
