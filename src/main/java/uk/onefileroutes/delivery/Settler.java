package uk.onefileroutes.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.RowCounts;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.Claim;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.RowKey;
import uk.onefileroutes.ledger.Settlement;
import uk.onefileroutes.onefile.Answer;
import uk.onefileroutes.stage.Stage;

/**
 * Writes down what became of a call, and brakes delivery where the answer asks for it. Thread-safe.
 */
public final class Settler {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
  private static final Duration LEDGER_WAIT = Duration.ofMillis(500);

  private final Gate gate;
  private final SettlePolicy policy;
  private final RowCounts counts;
  private final Stage stage;

  /**
   * @param counts told of each code that an answer gave
   */
  public Settler(Gate gate, SettlePolicy policy, RowCounts counts) {
    this.counts = counts;
    this.gate = gate;
    this.policy = policy;
    this.stage = new Stage(Stage.Name.SETTLING, gate.clock());
  }

  /** Whether answers can be written down; told by others whether requests can. */
  public Stage stage() {
    return stage;
  }

  /**
   * Settles the exchange's call; does nothing if it never was on its way. Committed when it
   * returns. A ledger that does not answer is asked again until it does, or until the process ends:
   * then the answer is lost and the request follows that rule at the next start.
   */
  public void settle(Exchange exchange) {
    Call call = Calls.of(exchange);
    Answer answer = call.answer();
    if (answer == null && call.isMarked()) { // a fault of ours on the way there or back
      boolean left = call.timesSent() > 0;
      answer = new Answer.Silence(left ? "the answer could not be read" : "it was not sent", left);
    }
    if (answer == null) {
      return;
    }
    Instant now = gate.clock().instant();
    Outcome outcome = policy.classifier().classify(answer);
    List<RowKey> giveBack = brake(call, outcome);
    boolean costs = outcome instanceof Outcome.Failed && !giveBack.contains(call.claim().key());
    Settlement.Call history =
        new Settlement.Call(
            now,
            Duration.between(call.sentAt(), now).toMillis(),
            answer instanceof Answer.Reply reply ? reply.status() : null);
    write(call.claim(), gate.runToken(), settlement(call.claim(), outcome, history, costs));
    giveBackToOthers(giveBack, call.claim().key());
  }

  /** A step of ours failed; the call is settled as far as it got. */
  public void failed(Exchange exchange, Exception cause) {
    LOG.error("{}: {}", Calls.of(exchange), cause.toString());
    settle(exchange);
  }

  /**
   * Settles what an earlier run of the process sent and never saw the answer of. Costs no attempt:
   * it was our fault.
   *
   * @return how many there were
   */
  public int settleOrphans() {
    List<Claim> orphans = gate.lines().orphans(gate.runToken());
    Instant now = gate.clock().instant();
    for (Claim orphan : orphans) {
      Outcome lost =
          new Outcome.Failed("the process ended before the answer came", now, true, true);
      write(
          orphan,
          requireNonNull(orphan.token()),
          settlement(orphan, lost, new Settlement.Call(now, 0, null), false));
    }
    return orphans.size();
  }

  /** The row of this call was not charged; the others were, when they failed. */
  private void giveBackToOthers(List<RowKey> keys, RowKey own) {
    List<RowKey> others = keys.stream().filter(key -> !key.equals(own)).toList();
    if (!others.isEmpty()) {
      try {
        gate.lines().giveBackAttempts(others);
      } catch (LedgerException e) {
        LOG.error("The outage's attempts could not be given back: {}", e.getMessage());
      }
    }
  }

  private List<RowKey> brake(Call call, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      return gate.brake()
          .failed(call.claim().learner(), call.claim().key(), call.sentAt(), failed.cause());
    }
    if (outcome instanceof Outcome.Throttled throttled) {
      Instant unused = gate.brake().throttled(throttled.until());
    } else if (outcome instanceof Outcome.Unauthorised unauthorised) {
      if (call.timesSent() > 1) {
        Instant unused =
            gate.brake()
                .unauthorised("Onefile answered " + unauthorised.status() + " to a new session");
      }
    } else {
      gate.brake().answered();
    }
    return List.of();
  }

  private Settlement settlement(
      Claim claim, Outcome outcome, Settlement.Call call, boolean costsAttempt) {
    if (outcome instanceof Outcome.Sent sent) {
      return new Settlement(
          RowState.SENT,
          sent.code().name(),
          sent.message(),
          call,
          false,
          Settlement.Slot.HOLDS,
          call.endedAt());
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      return new Settlement(
          RowState.REJECTED,
          rejected.code().name(),
          rejected.message(),
          call,
          false,
          Settlement.Slot.UNTOUCHED,
          call.endedAt());
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
        && policy.blockUncertainAdditional()
        && claim.kind().equals(Kind.ADDITIONAL.word())) {
      return blocked(
          Code.OUTCOME_UNKNOWN,
          "No answer came back, so it may be assigned or not. Look in Onefile, then retry or"
              + " cancel. "
              + cause,
          call,
          slot);
    }
    Instant firstAt = claim.firstAttemptAt() == null ? call.endedAt() : claim.firstAttemptAt();
    int made = claim.attempts() + (costsAttempt ? 1 : 0);
    Optional<Instant> due =
        costsAttempt
            ? policy.retry().next(made, firstAt, call.endedAt(), failed.notBefore())
            : Optional.of(policy.retry().nextForFree(firstAt, call.endedAt(), failed.notBefore()));
    return due.map(at -> waiting(cause, call, costsAttempt, slot, at))
        .orElseGet(
            () ->
                blocked(
                    Code.TOO_MANY_ATTEMPTS,
                    "Given up after " + made + " attempts. " + cause,
                    call,
                    slot));
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

  private static String about(Claim claim) {
    return "row " + claim.key();
  }

  private void write(Claim claim, String token, Settlement settlement) {
    boolean said = false;
    while (true) {
      try {
        if (gate.lines().settle(claim, token, settlement)) {
          counts.add(Code.valueOf(settlement.code()), 1);
        } else {
          LOG.warn(
              "Row {}: a late answer ({}) changes nothing, another run has taken over",
              claim.key(),
              settlement.code());
        }
        stage.succeeded(about(claim));
        return;
      } catch (LedgerException e) {
        stage.failed(about(claim), e);
        if (!said) {
          LOG.error(
              "Row {}: its answer can't be written down yet, tried until it can: {}",
              claim.key(),
              e.getMessage());
          said = true;
        }
        if (Thread.currentThread().isInterrupted()) { // the process ends
          return;
        }
        LockSupport.parkNanos(LEDGER_WAIT.toNanos());
      }
    }
  }
}
