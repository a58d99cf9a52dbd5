package uk.onefileroutes.onefile;

import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Logs in through the route {@code authenticate}, so that its calls are counted, paced and shown
 * like all others. Thread-safe.
 */
public final class CamelLogin implements Login {
  private static final String OUTCOME = "outcome";

  private final Supplier<ProducerTemplate> producer;
  private final Supplier<String> customerToken;
  private final AnswerReader answers;

  /**
   * @param producer asked at each login: there is one only once Camel has started
   * @param customerToken asked at each login, so that a token file may be replaced while running
   */
  public CamelLogin(
      Supplier<ProducerTemplate> producer, Supplier<String> customerToken, AnswerReader answers) {
    this.producer = producer;
    this.customerToken = customerToken;
    this.answers = answers;
  }

  @Override
  public Outcome login() {
    Exchange exchange =
        producer.get().request("direct:authenticate", e -> e.getMessage().setBody(null));
    Outcome outcome = exchange.getVariable(OUTCOME, Outcome.class);
    if (outcome != null) {
      return outcome;
    }
    @Nullable Exception failure = exchange.getException();
    return failure == null
        ? new Outcome.NotAdmitted()
        : new Outcome.Unavailable(new Answer.Silence(failure.toString(), false));
  }

  /** Makes the exchange's message the request for a session. */
  public void address(Exchange exchange) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_METHOD, "POST");
    message.setHeader(Exchange.HTTP_PATH, "Authentication");
    message.setHeader("X-CustomerToken", customerToken.get());
    message.setBody(null);
  }

  /** Takes the session, or what came instead, off the exchange. */
  public void read(Exchange exchange) {
    exchange.setVariable(OUTCOME, outcome(exchange));
    exchange.getMessage().removeHeaders("*"); // the customer token is among them
    exchange.getMessage().setBody(null);
    exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
  }

  private Outcome outcome(Exchange exchange) {
    Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    boolean failed = exchange.getProperty(Exchange.EXCEPTION_CAUGHT) != null;
    if (!failed && status != null && status == 200) {
      String token = bare(answers.text(exchange));
      return token.isEmpty() || token.contains("<") || token.matches("(?s).*\\s.*")
          ? new Outcome.Unavailable(new Answer.Reply(200, null, true, null, ""))
          : new Outcome.Granted(token);
    }
    Answer answer = answers.read(exchange);
    boolean refused =
        answer instanceof Answer.Reply reply
            && (reply.status() == 401 || reply.status() == 403 || reply.status() == 400);
    return refused
        ? new Outcome.Refused("Onefile answered " + status + " to the customer token")
        : new Outcome.Unavailable(answer);
  }

  /** The body is the session; seen with white space and with one pair of quotes around it. */
  private static String bare(String body) {
    String text = body.strip();
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
