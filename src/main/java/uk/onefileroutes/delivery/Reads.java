package uk.onefileroutes.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import uk.onefileroutes.onefile.Answer;
import uk.onefileroutes.onefile.AnswerReader;
import uk.onefileroutes.onefile.Session;

/**
 * The steps of {@code read-onefile}, in the order of that route. They read and change nothing at
 * Onefile. Each works on the {@link Read} of its exchange. A failed read is no sign of an outage
 * for the assignments; what Onefile asks of the account holds for them too. Thread-safe.
 */
public final class Reads {
  private static final String READ = "read";

  private final Gate gate;
  private final Session session;
  private final AnswerReader answers;
  private final Classifier classifier;
  private final Opening opening;

  public Reads(Gate gate, Session session, AnswerReader answers, Classifier classifier) {
    this.gate = gate;
    this.session = session;
    this.answers = answers;
    this.classifier = classifier;
    this.opening = new Opening(session, gate.brake(), classifier);
  }

  /** Makes the read in the body the exchange's own; whoever sent it here finds its answer there. */
  public void begin(Exchange exchange) {
    exchange.setVariable(READ, requireNonNull(exchange.getMessage().getBody(Read.class)));
  }

  /** Gets a session. */
  public void openSession(Exchange exchange) throws InterruptedException {
    of(exchange).useToken(opening.open());
  }

  /** Waits for the pace, behind all requests that wait; whether the call may leave now. */
  public boolean admit(Exchange exchange) throws InterruptedException {
    return of(exchange).token() != null && gate.pace().admitBehind();
  }

  /** Makes the exchange's message the HTTP request. */
  public void address(Exchange exchange) {
    Read read = of(exchange);
    String renewed = session.token(); // a worker may have renewed it while this one waited
    if (renewed != null) {
      read.useToken(renewed);
    }
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_METHOD, read.method());
    message.setHeader(Exchange.HTTP_PATH, read.path());
    message.setHeader("X-TokenID", read.token());
    if (read.payload() != null) {
      message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    }
    message.setBody(read.payload());
    read.leaves();
  }

  /** Takes the answer, or what came instead, off the exchange. */
  public void read(Exchange exchange) {
    Read read = of(exchange);
    read.answered(reading(exchange, read));
    exchange.getMessage().removeHeaders("*"); // the token is among them
    exchange.getMessage().setBody(null); // and a name may be here
    exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
  }

  /** Whether the session was not accepted and the call is worth repeating with a new one. */
  public boolean needsNewSession(Exchange exchange) {
    Read read = of(exchange);
    return read.timesSent() == 1 && read.isUnauthorised();
  }

  /** Drops the session that was not accepted. */
  public void dropSession(Exchange exchange) {
    session.drop(requireNonNull(of(exchange).token()));
  }

  /** It failed for a reason of ours. */
  public void failed(Exchange exchange, Exception cause) {
    of(exchange).answered(new Reading.Failed(cause.toString()));
  }

  private static Read of(Exchange exchange) {
    return requireNonNull(exchange.getVariable(READ, Read.class));
  }

  private Reading reading(Exchange exchange, Read read) {
    String text = answers.text(exchange);
    exchange.getMessage().setBody(text); // a stream is there only once
    Answer answer = answers.read(exchange);
    Outcome outcome = classifier.classify(answer);
    if (answer instanceof Answer.Reply reply && outcome instanceof Outcome.Sent) {
      gate.brake().answered();
      return new Reading.Found(reply.status(), text);
    }
    if (outcome instanceof Outcome.Failed failed) {
      return new Reading.Failed(failed.cause());
    }
    if (outcome instanceof Outcome.Throttled throttled) {
      Instant unused = gate.brake().throttled(throttled.until());
      return new Reading.NotNow();
    }
    if (outcome instanceof Outcome.Unauthorised unauthorised) {
      read.unauthorised();
      if (read.timesSent() > 1) {
        Instant unused =
            gate.brake()
                .unauthorised("Onefile answered " + unauthorised.status() + " to a new session");
      }
      return new Reading.NotNow();
    }
    gate.brake().answered();
    return new Reading.Refused(answer.briefly());
  }
}
