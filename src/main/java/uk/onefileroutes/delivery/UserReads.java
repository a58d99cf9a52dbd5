package uk.onefileroutes.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import uk.onefileroutes.onefile.Answer;
import uk.onefileroutes.onefile.AnswerReader;
import uk.onefileroutes.onefile.Session;
import uk.onefileroutes.onefile.UserDefaults;

/**
 * The steps of {@code read-user} up to the answer, in the order of that route. They read and change
 * nothing at Onefile. Each works on the {@link UserRead} of its exchange. A failed read is no sign
 * of an outage for the assignments; what Onefile asks of the account holds for them too.
 * Thread-safe.
 */
public final class UserReads {
  private static final String READ = "read";

  private final Gate gate;
  private final Session session;
  private final AnswerReader answers;
  private final Classifier classifier;
  private final Opening opening;

  public UserReads(Gate gate, Session session, AnswerReader answers, Classifier classifier) {
    this.gate = gate;
    this.session = session;
    this.answers = answers;
    this.classifier = classifier;
    this.opening = new Opening(session, gate.brake(), classifier);
  }

  /** Makes the learner in the body, by the Onefile id, the one to be read. */
  public void begin(Exchange exchange) {
    long learner = requireNonNull(exchange.getMessage().getBody(Long.class));
    exchange.setVariable(READ, new UserRead(learner));
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
    UserRead read = of(exchange);
    String renewed = session.token(); // a worker may have renewed it while this one waited
    if (renewed != null) {
      read.useToken(renewed);
    }
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_METHOD, "GET");
    message.setHeader(Exchange.HTTP_PATH, "User/" + read.learner());
    message.setHeader("X-TokenID", read.token());
    message.setBody(null);
    read.sent();
  }

  /** Takes the answer, or what came instead, off the exchange. */
  public void read(Exchange exchange) {
    UserRead read = of(exchange);
    read.answered(reading(exchange, read));
    exchange.getMessage().removeHeaders("*"); // the token is among them
    exchange.getMessage().setBody(null); // and a name may be here
    exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
  }

  /** Whether the session was not accepted and the call is worth repeating with a new one. */
  public boolean needsNewSession(Exchange exchange) {
    UserRead read = of(exchange);
    return read.timesSent() == 1 && read.isUnauthorised();
  }

  /** Drops the session that was not accepted. */
  public void dropSession(Exchange exchange) {
    session.drop(requireNonNull(of(exchange).token()));
  }

  /** What came of it so far. */
  public static Reading of(Exchange exchange, long learner) {
    UserRead read = exchange.getVariable(READ, UserRead.class);
    return read == null || read.learner() != learner ? new Reading.NotNow() : read.reading();
  }

  private static UserRead of(Exchange exchange) {
    return requireNonNull(exchange.getVariable(READ, UserRead.class));
  }

  private Reading reading(Exchange exchange, UserRead read) {
    Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    boolean failed = exchange.getProperty(Exchange.EXCEPTION_CAUGHT) != null;
    if (!failed && status != null && status == 200) {
      Optional<UserDefaults> defaults = UserDefaults.parse(read.learner(), answers.text(exchange));
      if (defaults.isEmpty()) {
        return new Reading.Failed("HTTP 200 without this user");
      }
      gate.brake().answered();
      return new Reading.Found(defaults.get());
    }
    return other(answers.read(exchange), read);
  }

  private Reading other(Answer answer, UserRead read) {
    Outcome outcome = classifier.classify(answer);
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
    return new Reading.Refused(answer.words());
  }
}
