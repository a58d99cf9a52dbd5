package uk.onefileroutes.pace;

import java.time.Duration;
import java.util.Locale;

/**
 * How many calls a minute may leave. The slowest compares as the least.
 *
 * @param callsPerMinute 0 admits nobody; {@link Integer#MAX_VALUE} stands for no limit
 */
public record Rate(int callsPerMinute) implements Comparable<Rate> {

  /** The highest number that can be written; above it only "unlimited" makes sense. */
  public static final int HIGHEST = 60_000;

  /** Admits nobody. */
  public static final Rate NONE = new Rate(0);

  /** As fast as callers come. */
  public static final Rate UNLIMITED = new Rate(Integer.MAX_VALUE);

  // 61 s, not 60: a call may leave late (Schedule.MAX_LAG) and arrive later still, by a second
  // together, and the next one at once.
  private static final long SHARED_NANOS = 61_000_000_000L;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException below 0 or above {@link #HIGHEST}
   */
  public Rate {
    if (callsPerMinute < 0 || (callsPerMinute > HIGHEST && callsPerMinute != Integer.MAX_VALUE)) {
      throw refused(Integer.toString(callsPerMinute));
    }
  }

  /**
   * Reads a whole number from 0 to {@link #HIGHEST}, or {@code unlimited}.
   *
   * @throws IllegalArgumentException with a sentence that says what would be right
   */
  public static Rate parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (word.equals("unlimited")) {
      return UNLIMITED;
    }
    if (!word.matches("[0-9]{1,5}")) {
      throw refused(text.strip());
    }
    return new Rate(Integer.parseInt(word));
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "\"%s\" is not a number of calls per minute. Write a whole number from 0 (nobody) to %d, or unlimited, for example: 240"
            .formatted(text, HIGHEST));
  }

  /** Whether nobody is admitted. */
  public boolean isNone() {
    return callsPerMinute == 0;
  }

  /** Whether callers are admitted as fast as they come. */
  public boolean isUnlimited() {
    return callsPerMinute == Integer.MAX_VALUE;
  }

  /**
   * The time between two slots: 61 s divided by the calls per minute, so that no more than that
   * many arrive in any sliding 60 s, jitter included. Zero when unlimited.
   *
   * @throws IllegalStateException if nobody is admitted, as then there is no next call
   */
  public Duration spacing() {
    if (isNone()) {
      throw new IllegalStateException("a rate of 0 has no spacing");
    }
    return isUnlimited()
        ? Duration.ZERO
        : Duration.ofNanos((SHARED_NANOS + callsPerMinute - 1) / callsPerMinute);
  }

  @Override
  public int compareTo(Rate other) {
    return Integer.compare(callsPerMinute, other.callsPerMinute);
  }

  /** As it is written in the configuration. */
  @Override
  public String toString() {
    return isUnlimited() ? "unlimited" : Integer.toString(callsPerMinute);
  }
}
