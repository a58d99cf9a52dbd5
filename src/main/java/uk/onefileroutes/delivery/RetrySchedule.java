package uk.onefileroutes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * When a request that failed is sent again: {@code first} after the first attempt, doubling up to
 * {@code longest}, with jitter, until {@code attempts} were made or {@code within} has passed since
 * the first.
 *
 * @param attempts attempts in all
 * @param first wait after the first attempt
 * @param longest wait after which doubling ends
 * @param within time from the first attempt
 */
public record RetrySchedule(int attempts, Duration first, Duration longest, Duration within) {

  /**
   * When to try again.
   *
   * @param made attempts made so far, the one that just failed among them
   * @param firstAt when the first of them failed
   * @param now the time
   * @param notBefore when Onefile expects to answer again, which wins over a shorter wait, but not
   *     over {@code within}: nobody waits for years
   * @return empty if it is to be given up
   */
  Optional<Instant> next(int made, Instant firstAt, Instant now, @Nullable Instant notBefore) {
    if (made >= attempts || Duration.between(firstAt, now).compareTo(within) >= 0) {
      return Optional.empty();
    }
    return Optional.of(later(now.plus(delay(made)), notBefore, firstAt));
  }

  /** The wait that costs no attempt: until Onefile expects to answer again, or none. */
  Instant nextForFree(Instant firstAt, Instant now, @Nullable Instant notBefore) {
    return later(now, notBefore, firstAt);
  }

  private Instant later(Instant due, @Nullable Instant notBefore, Instant firstAt) {
    Instant last = firstAt.plus(within);
    Instant asked = notBefore == null || notBefore.isBefore(last) ? notBefore : last;
    return asked != null && asked.isAfter(due) ? asked : due;
  }

  /** No wait is longer, unless Onefile asked for it. */
  public Duration longestDelay() {
    return longest.plus(longest.dividedBy(4));
  }

  /**
   * The wait after so many attempts: jitter adds up to a quarter, so that what failed together is
   * not tried together.
   */
  Duration delay(int made) {
    long base = new Doubling(first, longest).after(made - 1).toMillis();
    return Duration.ofMillis(base + ThreadLocalRandom.current().nextLong(base / 4 + 1));
  }
}
