package uk.onefileroutes.onefile;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.route.ExchangeEnd;

/**
 * The steps of {@code authenticate}, and those of {@code call-onefile} around it: who logs in, and
 * what is done with the session. Thread-safe.
 */
public final class SessionOpener {
  private static final String OUTCOME = "login";
  private static final String WAITING = "waitingCall";

  private final Session session;
  private final Supplier<String> customerToken;

  /**
   * @param customerToken asked at each login, so that a token file may be replaced while running
   */
  public SessionOpener(Session session, Supplier<String> customerToken) {
    this.session = session;
    this.customerToken = customerToken;
  }

  /**
   * Whether the exchange's call is the one to log in. Waits while another one does; then, and where
   * there is a session, the call has its token, or none where there is none to be had. A turn that
   * {@link #keep} does not end is over with the exchange.
   */
  public boolean isLoginNeeded(Exchange exchange) {
    OnefileCall call = OnefileCall.of(exchange);
    // none, too: a call whose session was not accepted must not leave with that one again
    call.useToken(null);
    try {
      Session.Turn turn = session.turn();
      if (turn instanceof Session.Open open) {
        call.useToken(open.token());
      } else if (turn instanceof Session.LogIn login) {
        call.logsIn(login);
        ExchangeEnd.of(exchange, () -> session.ended(login, new LoginOutcome.NotAdmitted()));
        return true;
      }
    } catch (InterruptedException e) { // the process ends
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Makes a login the exchange's call; the one that needs it waits. */
  public void begin(Exchange exchange) {
    @Nullable Object waiting = exchange.getVariable(OnefileCall.VARIABLE);
    if (waiting != null) {
      exchange.setVariable(WAITING, waiting);
    }
    OnefileCall login = OnefileCall.login();
    exchange.setVariable(OnefileCall.VARIABLE, login);
    login.useToken(customerToken.get());
  }

  /** Takes what came of the login off the exchange; the call that waited is its own again. */
  public void end(Exchange exchange) {
    exchange.setVariable(OUTCOME, outcome(exchange));
    exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
    @Nullable Object waiting = exchange.removeVariable(WAITING);
    if (waiting == null) {
      Object unused = exchange.removeVariable(OnefileCall.VARIABLE);
    } else {
      exchange.setVariable(OnefileCall.VARIABLE, waiting);
    }
  }

  /** What came of the login of an exchange that was sent to {@code authenticate}. */
  public static LoginOutcome outcomeOf(Exchange exchange) {
    LoginOutcome outcome = exchange.getVariable(OUTCOME, LoginOutcome.class);
    @Nullable Exception failure = exchange.getException();
    return outcome != null
        ? outcome
        : failure == null ? new LoginOutcome.NotAdmitted() : unavailable(failure);
  }

  /** Gives the session, if there is one, to the call that waited, and to all others. */
  public void keep(Exchange exchange) {
    OnefileCall call = OnefileCall.of(exchange);
    LoginOutcome outcome = outcomeOf(exchange);
    if (outcome instanceof LoginOutcome.Granted granted) {
      call.useToken(granted.token());
    }
    session.ended(requireNonNull(call.turn()), outcome);
  }

  /** Whether the session was not accepted and the call is worth repeating with a new one. */
  public boolean isRefused(Exchange exchange) {
    return OnefileCall.of(exchange).isSessionRefused();
  }

  /** Drops the session that was not accepted. */
  public void drop(Exchange exchange) {
    session.drop(requireNonNull(OnefileCall.of(exchange).token()));
  }

  private static LoginOutcome outcome(Exchange exchange) {
    OnefileCall login = OnefileCall.of(exchange);
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Answer answer = login.answer();
    if (answer == null) {
      return failure == null ? new LoginOutcome.NotAdmitted() : unavailable(failure);
    }
    int status = answer instanceof Answer.Reply reply ? reply.status() : 0;
    return switch (status) {
      case 200 -> granted(bare(login.text()));
      case 400, 401, 403 ->
          new LoginOutcome.Refused("Onefile answered " + status + " to the customer token");
      default -> new LoginOutcome.Unavailable(answer);
    };
  }

  private static LoginOutcome granted(String token) {
    return token.isEmpty() || token.contains("<") || token.matches("(?s).*\\s.*")
        ? new LoginOutcome.Unavailable(new Answer.Reply(200, null, true, null, ""))
        : new LoginOutcome.Granted(token);
  }

  private static LoginOutcome unavailable(Exception failure) {
    return new LoginOutcome.Unavailable(
        new Answer.Silence(String.valueOf(failure.getMessage()), false));
  }

  /** The body is the session; seen with white space and with one pair of quotes around it. */
  private static String bare(String body) {
    String text = body.strip();
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
