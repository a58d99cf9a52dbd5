package uk.onefileroutes.delivery;

import java.time.Duration;

/**
 * A wait that doubles each time it did not help, up to a bound. Immutable.
 *
 * @param first the first wait
 * @param longest no wait is longer
 */
public record Doubling(Duration first, Duration longest) {
  private static final int MAX_DOUBLINGS = 20; // a million times the first one

  /**
   * The next wait.
   *
   * @param earlier how many there were before it, in a row
   */
  public Duration after(int earlier) {
    Duration doubled = first.multipliedBy(1L << Math.min(earlier, MAX_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
