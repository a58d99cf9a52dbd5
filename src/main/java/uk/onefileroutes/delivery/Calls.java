package uk.onefileroutes.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;
import uk.onefileroutes.ledger.Claim;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.log.LogIds;
import uk.onefileroutes.onefile.Answer;
import uk.onefileroutes.onefile.AnswerReader;
import uk.onefileroutes.onefile.Session;

/**
 * The steps of {@code call-onefile} up to the answer, in the order of that route. Each works on the
 * {@link Call} of its exchange. Thread-safe.
 */
public final class Calls {
  private static final String CALL = "call";

  private final Claims claims;
  private final Gate gate;
  private final Session session;
  private final AnswerReader answers;
  private final Classifier classifier;
  private final Opening opening;

  public Calls(
      Claims claims, Gate gate, Session session, AnswerReader answers, Classifier classifier) {
    this.claims = claims;
    this.gate = gate;
    this.session = session;
    this.answers = answers;
    this.classifier = classifier;
    this.opening = new Opening(session, gate.brake(), classifier);
  }

  /**
   * Makes the claimed request in the body the exchange's call. It is given back when the exchange
   * ends, however it ends.
   */
  public void begin(Exchange exchange) {
    Claim claim = requireNonNull(exchange.getMessage().getBody(Claim.class));
    exchange.setVariable(CALL, new Call(claim));
    LogIds.ofRow(claim.feed(), claim.key().file(), claim.key().row()).during(exchange);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                claims.done(claim);
              }
            });
  }

  /**
   * Gets a session for the call, unless its slot holds what it asks for already: then the row is
   * settled without a call.
   */
  public void openSession(Exchange exchange) throws InterruptedException {
    Call call = of(exchange);
    if (call.claim().isHeld()) {
      settleUnchanged(call.claim());
      return;
    }
    // none, too: a call whose session was not accepted must not leave with that one again
    call.useToken(opening.open());
  }

  /**
   * Waits for the pace and writes down that the request is on its way.
   *
   * @return whether it may leave now; if not, it is due again
   */
  public boolean admit(Exchange exchange) throws InterruptedException {
    Call call = of(exchange);
    if (call.token() == null || !gate.pace().admit()) {
      return false;
    }
    return call.timesSent() > 0 || markSending(call);
  }

  private boolean markSending(Call call) {
    Instant now = gate.clock().instant();
    try {
      boolean isMarked = gate.lines().sending(call.claim(), gate.runToken(), now);
      claims.wroteDown();
      if (isMarked) {
        call.marked(now);
      }
      return isMarked;
    } catch (LedgerException e) {
      claims.holdOff(e);
      return false;
    }
  }

  private void settleUnchanged(Claim claim) {
    try {
      boolean unused = gate.lines().unchanged(claim, gate.clock().instant());
      claims.wroteDown();
    } catch (LedgerException e) {
      claims.holdOff(e);
    }
  }

  /** Makes the exchange's message the HTTP request. */
  public void address(Exchange exchange) {
    Call call = of(exchange);
    String renewed = session.token(); // another worker may have renewed it while this one waited
    if (renewed != null) {
      call.useToken(renewed);
    }
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_METHOD, "POST");
    message.setHeader(Exchange.HTTP_PATH, call.claim().path());
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setHeader("X-TokenID", call.token());
    message.setBody(call.claim().payload());
    call.sent(gate.clock().instant());
  }

  /** Takes the answer, or what came instead, off the exchange. */
  public void read(Exchange exchange) {
    Answer answer = answers.read(exchange);
    of(exchange).answered(answer);
    exchange.getMessage().removeHeaders("*"); // the token is among them
    exchange.getMessage().setBody(null);
    exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
  }

  /** Whether the session was not accepted and the call is worth repeating with a new one. */
  public boolean needsNewSession(Exchange exchange) {
    Call call = of(exchange);
    return call.timesSent() == 1
        && call.answer() != null
        && classifier.classify(call.answer()) instanceof Outcome.Unauthorised;
  }

  /** Drops the session that was not accepted. */
  public void dropSession(Exchange exchange) {
    session.drop(requireNonNull(of(exchange).token()));
  }

  static Call of(Exchange exchange) {
    return requireNonNull(exchange.getVariable(CALL, Call.class));
  }
}
