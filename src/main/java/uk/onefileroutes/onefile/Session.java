package uk.onefileroutes.onefile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one session that all calls share. Whoever finds none logs in while the others wait for that
 * one login, so that however many calls need a session, one is asked for. Thread-safe.
 */
public final class Session {
  /** Sessions end after 24 h; 23, because the clock at the far end is not ours. */
  public static final Duration RENEW_AFTER = Duration.ofHours(23);

  private final Login login;
  private final Duration renewAfter;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  private record Held(String token, Instant since) {}

  private volatile @Nullable Held held;
  private final AtomicLong failures = new AtomicLong();

  private volatile Login.Outcome lastFailure = new Login.Outcome.NotAdmitted();

  /**
   * @param renewAfter the age at which the next call logs in again
   */
  public Session(Login login, Duration renewAfter, InstantSource clock) {
    this.login = login;
    this.renewAfter = renewAfter;
    this.clock = clock;
  }

  /** The session, with a login first if there is none or it is old. */
  public Login.Outcome open() throws InterruptedException {
    Held current = fresh();
    if (current != null) {
      return new Login.Outcome.Granted(current.token);
    }
    long failuresBefore = failures.get();
    lock.lockInterruptibly();
    try {
      current = fresh();
      if (current != null) {
        return new Login.Outcome.Granted(current.token);
      }
      if (failures.get() != failuresBefore) { // who tried while we waited failed for us too
        return lastFailure;
      }
      Login.Outcome outcome = login.login();
      if (outcome instanceof Login.Outcome.Granted granted) {
        held = new Held(granted.token(), clock.instant());
        lastFailure = new Login.Outcome.NotAdmitted();
      } else {
        lastFailure = outcome;
        failures.incrementAndGet();
      }
      return outcome;
    } finally {
      lock.unlock();
    }
  }

  /** The session if there is one that is not old; never waits. */
  public @Nullable String token() {
    Held current = fresh();
    return current == null ? null : current.token;
  }

  /** Since when the session holds; empty while there is none, or it is old. */
  public Optional<Instant> since() {
    Held current = fresh();
    return current == null ? Optional.empty() : Optional.of(current.since);
  }

  /**
   * Why there is no session: the last login failed. Empty while there is one, or none was needed
   * since the start.
   */
  public Optional<String> trouble() {
    if (fresh() != null) {
      return Optional.empty();
    }
    Login.Outcome failure = lastFailure;
    if (failure instanceof Login.Outcome.Refused) {
      return Optional.of("Onefile does not accept the customer token");
    }
    return failure instanceof Login.Outcome.Unavailable unavailable
        ? Optional.of("the last login failed: " + unavailable.answer().briefly())
        : Optional.empty();
  }

  /** Drops the session if it still is the one that failed; a newer one stays. */
  public void drop(String failedToken) {
    lock.lock();
    try {
      Held current = held;
      if (current != null && current.token.equals(failedToken)) {
        held = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Held fresh() {
    Held current = held;
    if (current == null) {
      return null;
    }
    Duration age = Duration.between(current.since, clock.instant());
    return age.compareTo(renewAfter) < 0 ? current : null;
  }
}
