package uk.onefileroutes.onefile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one session that all calls share. The call that finds none gets the turn to log in, and the
 * others wait for that one login, so that however many calls need a session, one is asked for. A
 * call that has the turn must say how it ended. Thread-safe.
 */
public final class Session {
  /** Sessions end after 24 h; 23, because Onefile's clock is not ours. */
  public static final Duration RENEW_AFTER = Duration.ofHours(23);

  private final Duration renewAfter;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition loginEnded = lock.newCondition();

  private record Held(String token, Instant since) {}

  private volatile @Nullable Held held;
  private volatile LoginOutcome lastFailure = new LoginOutcome.NotAdmitted();
  private @Nullable LogIn login; // the turn that somebody has
  private long failures;

  /** What a call that needs a session finds. */
  public sealed interface Turn {}

  /** The session. */
  public record Open(String token) implements Turn {
    @Override
    public String toString() {
      return "Open"; // never the token
    }
  }

  /** None, and the caller is to log in. Each is another. */
  public static final class LogIn implements Turn {
    private LogIn() {}
  }

  /** None: the login that the caller waited for has failed. */
  public record None() implements Turn {}

  /**
   * @param renewAfter the age at which the next call logs in again
   */
  public Session(Duration renewAfter, InstantSource clock) {
    this.renewAfter = renewAfter;
    this.clock = clock;
  }

  /** The session, or the turn to log in; waits while somebody else logs in. */
  public Turn turn() throws InterruptedException {
    Held now = fresh();
    if (now != null) {
      return new Open(now.token);
    }
    lock.lockInterruptibly();
    try {
      long failuresBefore = failures;
      while (true) {
        now = fresh();
        if (now != null) {
          return new Open(now.token);
        }
        if (failures != failuresBefore) { // who tried while we waited failed for us too
          return new None();
        }
        if (login == null) {
          login = new LogIn();
          return login;
        }
        loginEnded.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How the login of this turn ended. A turn that is over already changes nothing. */
  public void ended(LogIn turn, LoginOutcome outcome) {
    lock.lock();
    try {
      if (turn != login) {
        return;
      }
      login = null;
      if (outcome instanceof LoginOutcome.Granted granted) {
        held = new Held(granted.token(), clock.instant());
        lastFailure = new LoginOutcome.NotAdmitted();
      } else {
        lastFailure = outcome;
        failures++;
      }
      loginEnded.signalAll();
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
    LoginOutcome failure = lastFailure;
    if (failure instanceof LoginOutcome.Refused) {
      return Optional.of("Onefile does not accept the customer token");
    }
    return failure instanceof LoginOutcome.Unavailable unavailable
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
