package uk.onefileroutes.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.RowCounts;
import uk.onefileroutes.ledger.Claim;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.RowKey;
import uk.onefileroutes.ledger.Settlement;
import uk.onefileroutes.onefile.Answer;
import uk.onefileroutes.onefile.Outcome;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.stage.Stage;

/**
 * Says what became of a delivery, and writes it down. What it means is {@link SettlePolicy}'s.
 * Thread-safe.
 */
public final class Settler {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
  private static final Duration LEDGER_WAIT = Duration.ofMillis(500);

  private final SendContext context;
  private final SettlePolicy policy;
  private final RowCounts counts;
  private final Stage stage;

  /**
   * @param counts told of each code that an answer gave
   */
  public Settler(SendContext context, SettlePolicy policy, RowCounts counts) {
    this.counts = counts;
    this.context = context;
    this.policy = policy;
    this.stage = new Stage(Stage.Name.SETTLING, context.clock());
  }

  /** Whether answers can be written down; told by others whether requests can. */
  public Stage stage() {
    return stage;
  }

  /** Decides what becomes of a delivery after its call, and counts its failure for outages. */
  public void judge(@Variable("delivery") Delivery delivery) {
    if (delivery.claim().isHeld()) {
      delivery.decided(Delivery.Result.UNCHANGED);
      return;
    }
    @Nullable Outcome outcome = outcome(delivery);
    if (outcome == null) {
      delivery.decided(Delivery.Result.DUE);
      return;
    }
    Claim claim = delivery.claim();
    List<RowKey> giveBack =
        outcome instanceof Outcome.Failed failed && mayBeOutage(delivery)
            ? context
                .guard()
                .failed(claim.learner(), claim.key(), delivery.sentAt(), failed.cause())
            : List.of();
    boolean costs = outcome instanceof Outcome.Failed && !giveBack.contains(claim.key());
    Instant now = context.clock().instant();
    Settlement.Call history =
        new Settlement.Call(
            now,
            Duration.between(delivery.sentAt(), now).toMillis(),
            delivery.call().answer() instanceof Answer.Reply reply ? reply.status() : null);
    Settlement settlement = policy.settlement(claim, outcome, history, costs);
    delivery.decided(result(settlement, outcome), settlement, giveBack);
  }

  private static boolean mayBeOutage(Delivery delivery) {
    return delivery.hindrance() == null || delivery.hindrance().isSignOfOutage();
  }

  /** What the answer means; a fault of ours on the way there or back, where there is none. */
  private static @Nullable Outcome outcome(Delivery delivery) {
    if (delivery.hindrance() != null) {
      return delivery.hindrance().outcome();
    }
    Outcome outcome = delivery.call().outcome();
    if (outcome != null || !delivery.isMarked()) {
      return outcome;
    }
    boolean left = delivery.call().timesSent() > 0;
    return new Outcome.Failed(
        left ? "the answer could not be read" : "it was not sent", null, left, left);
  }

  private static Delivery.Result result(Settlement settlement, Outcome outcome) {
    return switch (settlement.state()) {
      case SENT -> Delivery.Result.SENT;
      case REJECTED, INVALID -> Delivery.Result.REJECTED;
      case BLOCKED -> Delivery.Result.BLOCKED;
      default -> outcome instanceof Outcome.Failed ? Delivery.Result.AGAIN : Delivery.Result.PAUSED;
    };
  }

  /**
   * Writes down what was decided; does nothing where there is nothing to write. Committed when it
   * returns. A ledger that does not answer is asked again until it does, or until the process ends:
   * then the answer is lost and the request follows that rule at the next start.
   */
  public void settle(@Variable("delivery") Delivery delivery) {
    Settlement settlement = delivery.settlement();
    if (settlement != null) {
      write(delivery.claim(), context.runToken(), settlement);
      giveBackToOthers(delivery.giveBack(), delivery.claim().key());
    }
  }

  /** A step of ours failed; the delivery is settled as far as it got. */
  public void failed(Exchange exchange, Exception cause) {
    Delivery delivery = requireNonNull(exchange.getVariable(Delivery.VARIABLE, Delivery.class));
    LOG.error("{}: {}", delivery, Causes.words(cause));
    if (delivery.settlement() == null) {
      judge(delivery);
    }
    settle(delivery);
  }

  /**
   * Settles what an earlier run of the process sent and never saw the answer of. Costs no attempt:
   * it was our fault.
   *
   * @return how many there were
   */
  public int settleOrphans() {
    List<Claim> orphans = context.queues().orphans(context.runToken());
    Instant now = context.clock().instant();
    for (Claim orphan : orphans) {
      Outcome lost =
          new Outcome.Failed("the process ended before the answer came", now, true, true);
      write(
          orphan,
          requireNonNull(orphan.token()),
          policy.settlement(orphan, lost, new Settlement.Call(now, 0, null), false));
    }
    return orphans.size();
  }

  /** The row of this call was not charged; the others were, when they failed. */
  private void giveBackToOthers(List<RowKey> keys, RowKey own) {
    List<RowKey> others = keys.stream().filter(key -> !key.equals(own)).toList();
    if (!others.isEmpty()) {
      try {
        context.queues().giveBackAttempts(others);
      } catch (LedgerException e) {
        LOG.error("Attempts that the outage cost could not be given back: {}", e.getMessage());
      }
    }
  }

  private static String about(Claim claim) {
    return "row " + claim.key();
  }

  private void write(Claim claim, String token, Settlement settlement) {
    boolean said = false;
    while (true) {
      try {
        if (context.queues().settle(claim, token, settlement)) {
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
              "Row {}: its answer can't be stored yet, tried again until it can: {}",
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
