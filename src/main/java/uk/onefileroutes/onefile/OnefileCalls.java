package uk.onefileroutes.onefile;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import uk.onefileroutes.pace.Pace;

/**
 * The steps of {@code call-onefile} and {@code send-to-onefile}, in the order of those routes. Each
 * works on the {@link OnefileCall} of its exchange. Thread-safe.
 */
public final class OnefileCalls {
  private final Pace pace;
  private final Session session;
  private final AnswerReader answers;
  private final Classifier classifier;
  private final InstantSource clock;

  public OnefileCalls(
      Pace pace,
      Session session,
      AnswerReader answers,
      Classifier classifier,
      InstantSource clock) {
    this.pace = pace;
    this.session = session;
    this.answers = answers;
    this.classifier = classifier;
    this.clock = clock;
  }

  /**
   * Makes the call in the body the exchange's own; the route that sent it here finds its answer
   * there.
   */
  public void begin(Exchange exchange) {
    exchange.setVariable(
        OnefileCall.VARIABLE, requireNonNull(exchange.getMessage().getBody(OnefileCall.class)));
  }

  /** Whether the call was not tried yet, or its session was refused once. */
  public boolean isToBeSent(Exchange exchange) {
    return OnefileCall.of(exchange).isToBeSent();
  }

  /**
   * Waits for the pace. A call without a token, or whose thread is interrupted, is not admitted.
   */
  public void throttle(Exchange exchange) {
    OnefileCall call = OnefileCall.of(exchange);
    boolean isAdmitted = false;
    try {
      isAdmitted = call.token() != null && admit(call.purpose());
    } catch (InterruptedException e) { // the process ends
      Thread.currentThread().interrupt();
    }
    call.tried(isAdmitted);
  }

  private boolean admit(OnefileCall.Purpose purpose) throws InterruptedException {
    return switch (purpose) {
      case LOGIN -> pace.admitAhead();
      case ASSIGNMENT -> pace.admit();
      case READING -> pace.admitBehind();
    };
  }

  /** Whether the call was admitted and its maker lets it go. */
  public boolean mayLeave(Exchange exchange) {
    return OnefileCall.of(exchange).mayLeave();
  }

  /** Makes the exchange's message the HTTP request, but for the base URL. */
  public void address(Exchange exchange) {
    OnefileCall call = OnefileCall.of(exchange);
    boolean isLogin = call.purpose() == OnefileCall.Purpose.LOGIN;
    String renewed = isLogin ? null : session.token();
    if (renewed != null) { // another worker may have renewed it while this one waited
      call.useToken(renewed);
    }
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_METHOD, call.method());
    message.setHeader(Exchange.HTTP_PATH, call.path());
    message.setHeader(isLogin ? "X-CustomerToken" : "X-TokenID", call.tokenToSend());
    if (call.payload() != null) {
      message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    }
    message.setBody(call.payload());
    call.sent(clock.instant());
  }

  /** Takes the answer, or what came instead, off the exchange. */
  public void read(Exchange exchange) {
    AnswerReader.Read read = answers.read(exchange);
    OnefileCall.of(exchange).answered(read, classifier.classify(read.answer()));
    exchange.getMessage().removeHeaders("*"); // the token is among them
    exchange.getMessage().setBody(null); // and a name may be here
    exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
  }
}
