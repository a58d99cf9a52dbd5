package uk.onefileroutes.delivery;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often in a row Onefile refused our login (the customer token, or a session fresh from it),
 * and how long to wait after it. Guarded by its {@link AccountGuard}.
 */
final class LoginRefusals {
  private final Doubling pauses;
  private int inARow;
  private Instant refusedAt = Instant.EPOCH;
  private Instant refusedUntil = Instant.EPOCH;
  // what a person must know; it stays until Onefile shows that it is over
  private @Nullable String why;
  private boolean isTold;

  /**
   * What a refusal leads to.
   *
   * @param step how often in a row it was refused
   */
  record Wait(Instant until, int step) {}

  LoginRefusals(Doubling pauses) {
    this.pauses = pauses;
  }

  /** Goes on where an earlier process stopped, which was refused so often; its wait is not kept. */
  void restore(int earlierInARow) {
    inARow = earlierInARow;
  }

  /** Onefile refused the login; empty where other workers have told of the same refusal. */
  Optional<Wait> refused(String reason, Instant now) {
    if (isKnown(now)) {
      return Optional.empty();
    }
    refusedAt = now;
    refusedUntil = now.plus(pauses.after(inARow));
    inARow++;
    why = reason;
    isTold = true;
    return Optional.of(new Wait(refusedUntil, inARow));
  }

  /**
   * Onefile answered; a call that left before the refusal may still be answered, and says nothing.
   *
   * @return whether that ends a wait
   */
  boolean answered(Instant now) {
    if (isKnown(now)) {
      return false;
    }
    boolean ended = inARow > 0;
    inARow = 0;
    why = null;
    isTold = true;
    return ended;
  }

  /** The wait is over now: the next call shows whether the login is accepted. */
  void endWait() {
    refusedUntil = Instant.EPOCH;
  }

  /** Why Onefile refuses the login; empty while it does not. */
  Optional<String> why() {
    return Optional.ofNullable(why);
  }

  /** Whether Onefile has shown since the start if it accepts the login. */
  boolean isTold() {
    return isTold;
  }

  /** Before the pause began, the clock was put back. */
  private boolean isKnown(Instant now) {
    return now.isBefore(refusedUntil) && !now.isBefore(refusedAt);
  }
}
