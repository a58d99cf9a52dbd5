package uk.onefileroutes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.RowKey;
import uk.onefileroutes.ledger.StoredPauses;
import uk.onefileroutes.ledger.StoredPauses.StoredPause;
import uk.onefileroutes.onefile.Answer;
import uk.onefileroutes.onefile.LoginOutcome;
import uk.onefileroutes.onefile.OnefileCall;
import uk.onefileroutes.onefile.Outcome;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.Pause;
import uk.onefileroutes.shown.Shown;

/**
 * Stops the whole account where going on would do harm: when Onefile asks for it, does not answer,
 * or does not know us. What must outlive the process is in the ledger as well. Thread-safe.
 */
public final class AccountGuard {
  private static final Logger LOG = LoggerFactory.getLogger(AccountGuard.class);
  private static final Duration SHORTEST_RETRY_AFTER = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
  private static final Duration WITHOUT_RETRY_AFTER = Duration.ofSeconds(60);
  private static final Duration JITTER = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  // for the ledger, in which each pause has an end
  private static final Instant UNTIL_RESUMED = Instant.parse("9999-01-01T00:00:00Z");
  private static final List<Pause.Reason> BY_HAND =
      List.of(Pause.Reason.OPERATOR, Pause.Reason.OUTAGE, Pause.Reason.UNAUTHORISED);

  private final Pace pace;
  private final StoredPauses stored;
  private final CircuitBreaker breaker;
  private final InstantSource clock;
  private final LoginRefusals refusals;
  // what a person must know; it stays until Onefile shows that it is over
  private @Nullable String outage;
  private @Nullable Instant throttledUntil;
  private boolean isThrottleTold;

  /**
   * What stops the account, as far as a person must know.
   *
   * @param refused why Onefile does not know us
   * @param outage how it last failed to answer
   * @param throttledUntil until when it wants no calls, where that is long
   * @param isLoginTold whether Onefile has shown since the start if it knows us
   * @param isThrottleTold whether it has shown if it wants calls
   */
  public record Trouble(
      Optional<String> refused,
      Optional<String> outage,
      Optional<Instant> throttledUntil,
      boolean isLoginTold,
      boolean isThrottleTold) {}

  /**
   * @param firstPause of an outage, and after Onefile refused us
   */
  public AccountGuard(Pace pace, StoredPauses stored, Duration firstPause, InstantSource clock) {
    this.pace = pace;
    this.stored = stored;
    Doubling pauses = new Doubling(firstPause, LONGEST_PAUSE);
    this.breaker = new CircuitBreaker(pauses);
    this.refusals = new LoginRefusals(pauses);
    this.clock = clock;
  }

  /** Takes up the pauses that an earlier process was in. */
  public void restore() {
    for (StoredPause pause : stored.all()) {
      if (pause.reason().equals(word(Pause.Reason.UNAUTHORISED))) {
        restoreRefusals(pause.step());
        continue;
      }
      reason(pause.reason())
          .ifPresent(reason -> pace.pauseUntil(new Pause(reason, end(pause), pause.message())));
      if (pause.reason().equals(word(Pause.Reason.OUTAGE))) {
        breaker.restore(pause.step());
        synchronized (this) {
          outage = pause.message();
        }
      }
    }
  }

  /**
   * The wait is not taken up, as the restart may have brought another token: the first call tells,
   * and if it is refused too, the wait keeps doubling.
   */
  private synchronized void restoreRefusals(int inARow) {
    refusals.restore(inARow);
  }

  /** What stops the account now. */
  public synchronized Trouble trouble() {
    return new Trouble(
        refusals.why(),
        breaker.isProbing() ? Optional.of(String.valueOf(outage)) : Optional.empty(),
        Optional.ofNullable(throttledUntil),
        refusals.isTold(),
        isThrottleTold);
  }

  /**
   * Does what an answer asks of the account, whatever its call was for. That a call failed is a
   * sign of an outage for assignments only; see {@link #failed}.
   */
  public void heed(@Variable("call") OnefileCall call) {
    @Nullable Outcome outcome = call.outcome();
    if (outcome == null || outcome instanceof Outcome.Failed) {
      return;
    }
    if (outcome instanceof Outcome.Throttled throttled) {
      throttled(throttled.until());
    } else if (outcome instanceof Outcome.Unauthorised unauthorised) {
      if (call.timesSent() > 1) {
        unauthorised("Onefile answered " + unauthorised.status() + " to a new session");
      }
    } else {
      answered();
    }
  }

  /** Pauses where there is no session to be had. */
  public void heedLogin(@Variable("login") LoginOutcome outcome) {
    if (outcome instanceof LoginOutcome.Refused refused) {
      unauthorised(refused.reason());
    } else if (outcome instanceof LoginOutcome.Unavailable unavailable) {
      if (unavailable.answer() instanceof Answer.Reply reply && reply.status() == 429) {
        throttled(reply.retryAt());
      } else {
        noSession(unavailable.answer());
      }
    }
  }

  /** Onefile wants fewer calls. */
  void throttled(@Nullable Instant until) {
    Instant now = clock.instant();
    Instant end = until == null ? now.plus(WITHOUT_RETRY_AFTER).plus(jitter()) : until;
    if (end.isBefore(now.plus(SHORTEST_RETRY_AFTER))) { // 0, or a date that is over
      end = now.plus(SHORTEST_RETRY_AFTER);
    }
    boolean isLong = end.isAfter(now.plus(LONGEST_RETRY_AFTER));
    synchronized (this) {
      isThrottleTold = true;
      throttledUntil = isLong ? end : null;
    }
    if (isLong) {
      end = now.plus(LONGEST_RETRY_AFTER);
    }
    pause(Pause.Reason.SERVER, end, 1, "Onefile answered 429, too many calls");
  }

  /** Onefile does not accept the customer token, or a session fresh from it. */
  synchronized void unauthorised(String why) {
    refusals
        .refused(why, clock.instant())
        .ifPresent(wait -> pause(Pause.Reason.UNAUTHORISED, wait.until(), wait.step(), why));
  }

  /** A session could not be had for a reason that may pass. */
  void noSession(Answer answer) {
    trip(breaker.noSession(clock.instant()), "no session: " + answer.briefly());
  }

  /**
   * A request failed for a reason that may pass.
   *
   * @return the rows whose attempt is to be given back because an outage cost it
   */
  List<RowKey> failed(long learner, RowKey key, Instant sentAt, String cause) {
    CircuitBreaker.Trip trip = breaker.failed(learner, key, sentAt, clock.instant());
    trip(trip, cause);
    return trip.giveBack();
  }

  /** Onefile answered as it should, or refused for a reason of its own. */
  void answered() {
    boolean isAccepted;
    synchronized (this) {
      isThrottleTold = true;
      throttledUntil = null;
      isAccepted = refusals.answered(clock.instant());
    }
    if (isAccepted) {
      write("the end of a pause", () -> stored.clear(word(Pause.Reason.UNAUTHORISED)));
    }
    if (breaker.answered()) {
      pace.resume(Pause.Reason.OUTAGE);
      write("the end of a pause", () -> stored.clear(word(Pause.Reason.OUTAGE)));
    }
  }

  /** A person wants nothing to be sent until {@link #resumeByHand}, also after a restart. */
  public void pauseByHand(String why) {
    pace.pauseUntil(new Pause(Pause.Reason.OPERATOR, null, Shown.line(why)));
    storePauseByHand(stored, why);
  }

  /** The same for an account of which no instance runs. */
  public static void storePauseByHand(StoredPauses stored, String why) {
    stored.save(new StoredPause(word(Pause.Reason.OPERATOR), UNTIL_RESUMED, 1, Shown.line(why)));
  }

  /**
   * A person wants delivery to continue now. Ends what {@link #pauseByHand} began, and the waits
   * after an outage or a refused login: the next call shows whether they are over. A pause that
   * Onefile asked for stays.
   */
  public synchronized void resumeByHand() {
    for (Pause.Reason reason : BY_HAND) {
      stored.clear(word(reason));
      pace.resume(reason);
    }
    refusals.endWait();
    breaker.probeNow();
  }

  /** Whether calls leave now, and how fast, or why not: as a sentence. */
  public String standing() {
    return pace.now().admission().reason();
  }

  /** Whether one request at a time probes whether an outage is over. */
  boolean isProbing() {
    return breaker.isProbing();
  }

  private void trip(CircuitBreaker.Trip trip, String cause) {
    if (trip.isTripped()) {
      Instant until = clock.instant().plus(trip.pause());
      synchronized (this) {
        outage = cause;
      }
      LOG.debug("Onefile does not answer ({}); trying again at {}", cause, until);
      pause(Pause.Reason.OUTAGE, until, trip.step(), "last failure: " + cause);
    }
  }

  private void pause(Pause.Reason reason, Instant until, int step, String message) {
    pace.pauseUntil(new Pause(reason, until, message));
    write("a pause", () -> stored.save(new StoredPause(word(reason), until, step, message)));
  }

  /**
   * An answer must be settled whether or not its pause could be stored; in memory the pause holds.
   */
  private static void write(String what, Runnable work) {
    try {
      work.run();
    } catch (LedgerException e) {
      LOG.error("{} could not be stored and is lost at a restart: {}", what, e.getMessage());
    }
  }

  /** None but a person's is longer than an hour, whatever a wrong clock made of it. */
  private @Nullable Instant end(StoredPause pause) {
    if (pause.until().equals(UNTIL_RESUMED)) {
      return null;
    }
    Instant latest = clock.instant().plus(LONGEST_RETRY_AFTER);
    return pause.until().isBefore(latest) ? pause.until() : latest;
  }

  private static Duration jitter() {
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(JITTER.toMillis()));
  }

  private static String word(Pause.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Pause.Reason> reason(String word) {
    return Arrays.stream(Pause.Reason.values()).filter(r -> word(r).equals(word)).findFirst();
  }
}
