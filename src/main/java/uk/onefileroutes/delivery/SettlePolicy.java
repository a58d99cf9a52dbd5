package uk.onefileroutes.delivery;

import java.time.Instant;
import java.util.Optional;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.Claim;
import uk.onefileroutes.ledger.Settlement;
import uk.onefileroutes.onefile.Outcome;

/**
 * Decides what an outcome makes of its row. Pure.
 *
 * @param retry when a request that failed is sent again
 * @param blockUncertainAdditional whether a level 1 assignment whose answer was lost waits for a
 *     person; else it is repeated
 */
public record SettlePolicy(RetrySchedule retry, boolean blockUncertainAdditional) {

  /**
   * What is to be written down.
   *
   * @param costsAttempt whether a failure counts towards the limit of attempts
   */
  Settlement settlement(Claim claim, Outcome outcome, Settlement.Call call, boolean costsAttempt) {
    if (outcome instanceof Outcome.Sent sent) {
      return done(RowState.SENT, sent.code(), sent.message(), call, Settlement.Slot.HOLDS);
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      return done(
          rejected.code().state(),
          rejected.code(),
          rejected.message(),
          call,
          Settlement.Slot.UNTOUCHED);
    }
    if (outcome instanceof Outcome.Failed failed) {
      return failed(claim, failed, call, costsAttempt);
    }
    String why =
        outcome instanceof Outcome.Throttled
            ? "Onefile asked for fewer calls."
            : "Onefile did not accept our session.";
    return waiting(why, call, false, Settlement.Slot.UNTOUCHED, call.endedAt());
  }

  private Settlement failed(
      Claim claim, Outcome.Failed failed, Settlement.Call call, boolean costsAttempt) {
    Settlement.Slot slot =
        failed.mayHaveArrived() ? Settlement.Slot.UNKNOWN : Settlement.Slot.UNTOUCHED;
    String cause = "Last failure: " + failed.sentence() + ".";
    if (failed.answerLost()
        && blockUncertainAdditional
        && claim.request().kind().equals(Kind.ADDITIONAL.word())) {
      return blocked(
          Code.OUTCOME_UNKNOWN,
          "No answer came back, so it may be assigned or not. Look in Onefile, then retry or"
              + " cancel. "
              + cause,
          call,
          slot);
    }
    Claim.Tries tries = claim.tries();
    Instant firstAt = tries.firstAt() == null ? call.endedAt() : tries.firstAt();
    int made = tries.amount() + (costsAttempt ? 1 : 0);
    Optional<Instant> due =
        costsAttempt
            ? retry.next(made, firstAt, call.endedAt(), failed.notBefore())
            : Optional.of(retry.nextForFree(firstAt, call.endedAt(), failed.notBefore()));
    return due.map(at -> waiting(cause, call, costsAttempt, slot, at))
        .orElseGet(
            () ->
                blocked(
                    Code.TOO_MANY_ATTEMPTS,
                    "Given up after %d %s. %s"
                        .formatted(made, made == 1 ? "attempt" : "attempts", cause),
                    call,
                    slot));
  }

  private static Settlement done(
      RowState state, Code code, String message, Settlement.Call call, Settlement.Slot slot) {
    return new Settlement(state, code.name(), message, call, false, slot, call.endedAt());
  }

  private static Settlement waiting(
      String message,
      Settlement.Call call,
      boolean costsAttempt,
      Settlement.Slot slot,
      Instant dueAt) {
    return new Settlement(
        RowState.WAITING, Code.RETRY.name(), message, call, costsAttempt, slot, dueAt);
  }

  private static Settlement blocked(
      Code code, String message, Settlement.Call call, Settlement.Slot slot) {
    return new Settlement(RowState.BLOCKED, code.name(), message, call, true, slot, call.endedAt());
  }
}
