package uk.onefileroutes.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import uk.onefileroutes.ledger.Claim;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.log.LogIds;
import uk.onefileroutes.route.ExchangeEnd;

/**
 * The steps of {@code deliver-request} around its call, but for what the answer means. Each works
 * on the {@link Delivery} of its exchange. Thread-safe.
 */
public final class Deliveries {
  private final Claims claims;
  private final SendContext context;

  public Deliveries(Claims claims, SendContext context) {
    this.claims = claims;
    this.context = context;
  }

  /**
   * Makes the claimed request in the body the exchange's delivery, and its call the body. The claim
   * is given back when the exchange ends, however it ends.
   */
  public void begin(Exchange exchange) {
    Claim claim = requireNonNull(exchange.getMessage().getBody(Claim.class));
    ExchangeEnd.of(exchange, () -> claims.done(claim));
    LogIds.ofRow(claim.feed(), claim.key().file(), claim.key().row()).during(exchange);
    Delivery delivery = new Delivery(claim, this::markSending);
    exchange.setVariable(Delivery.VARIABLE, delivery);
    exchange.getMessage().setBody(delivery.call());
  }

  /** Whether its slot does not hold what it asks for already. */
  public boolean isToBeSent(@Variable("delivery") Delivery delivery) {
    return !delivery.claim().isHeld();
  }

  /** Whether nothing was found that speaks against sending it. */
  public boolean mayBeSent(@Variable("delivery") Delivery delivery) {
    return !delivery.isHindered();
  }

  /** Settles without a call what its slot holds already. */
  public void settleUnchanged(@Variable("delivery") Delivery delivery) {
    try {
      boolean unused = context.queues().unchanged(delivery.claim(), context.clock().instant());
      claims.wroteDown();
    } catch (LedgerException e) {
      claims.holdOff(e);
    }
  }

  /** Writes down that the request is on its way; whether that is so. */
  private boolean markSending(Delivery delivery) {
    Instant now = context.clock().instant();
    try {
      boolean isMarked = context.queues().sending(delivery.claim(), context.runToken(), now);
      claims.wroteDown();
      if (isMarked) {
        delivery.marked(now);
      }
      return isMarked;
    } catch (LedgerException e) {
      claims.holdOff(e);
      return false;
    }
  }
}
