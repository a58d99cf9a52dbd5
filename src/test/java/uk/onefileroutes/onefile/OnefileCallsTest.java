package uk.onefileroutes.onefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.pace.Timetable;
import uk.onefileroutes.testing.SettableTime;

/** What a call does whose session was not accepted, between its two tries. */
class OnefileCallsTest {
  private final SettableTime time = SettableTime.at("2026-03-31T12:00:00Z");
  private final Pace pace =
      new Pace(
          new Timetable(
              ZoneId.of("Europe/London"),
              Rate.UNLIMITED,
              List.of(),
              List.of(),
              Timetable.DEFAULT_CLOSE_LEAD),
          time);
  private final Session session = new Session(Duration.ofHours(23), time);
  private final SessionOpener opener = new SessionOpener(session, () -> "customer");
  private final OnefileCalls calls =
      new OnefileCalls(
          pace,
          session,
          new AnswerReader(time),
          new Classifier(Set.of(401), AlreadyAssigned.NEVER),
          time);
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  static List<LoginOutcome> noSession() {
    return List.of(
        new LoginOutcome.NotAdmitted(),
        new LoginOutcome.Unavailable(new Answer.Silence("connection refused", false)),
        new LoginOutcome.Refused("Onefile answered 401 to the customer token"));
  }

  /** Though the pace is open: its pause may have ended, or another call's answer ended it. */
  @ParameterizedTest
  @MethodSource("noSession")
  void withoutANewSessionItDoesNotLeaveWithTheOldOne(LoginOutcome outcome) {
    sendOnceAndDropTheSession();

    logIn(outcome);
    assertThat(pace.isOpen()).isTrue();
    assertThat(mayLeave()).isFalse();
  }

  /** Another call logs in and fails while this one waits. */
  @ParameterizedTest
  @MethodSource("noSession")
  void whenTheLoginThatItWaitedForFailedItDoesNotLeaveWithTheOldOne(LoginOutcome outcome)
      throws Exception {
    sendOnceAndDropTheSession();
    Session.LogIn other = (Session.LogIn) session.turn();

    FutureTask<Boolean> needed = new FutureTask<>(() -> opener.isLoginNeeded(exchange));
    Thread waiting = new Thread(needed);
    waiting.start();
    Awaitility.await().until(() -> waiting.getState() == Thread.State.WAITING);
    session.ended(other, outcome);

    assertThat(needed.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(mayLeave()).isFalse();
  }

  @Test
  void withANewSessionItLeavesAgain() {
    sendOnceAndDropTheSession();

    logIn(new LoginOutcome.Granted("new"));
    assertThat(mayLeave()).isTrue();
    calls.address(exchange);
    assertThat(exchange.getMessage().getHeader("X-TokenID")).isEqualTo("new");
  }

  @Test
  void aTurnToLogInThatNobodyEndsIsOverWithItsExchange() throws Exception {
    begin();
    assertThat(opener.isLoginNeeded(exchange)).isTrue();

    exchange.getExchangeExtension().handoverCompletions().forEach(end -> end.onComplete(exchange));

    assertThat(session.turn()).isInstanceOf(Session.LogIn.class);
  }

  private void begin() {
    exchange.getMessage().setBody(OnefileCall.assignment("User/1001", "{}", () -> true));
    calls.begin(exchange);
  }

  private void sendOnceAndDropTheSession() {
    begin();
    logIn(new LoginOutcome.Granted("old"));
    assertThat(mayLeave()).isTrue();
    calls.address(exchange);
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 401);
    calls.read(exchange);
    assertThat(opener.isRefused(exchange)).isTrue();
    opener.drop(exchange);
    assertThat(calls.isToBeSent(exchange)).isTrue();
  }

  private void logIn(LoginOutcome outcome) {
    assertThat(opener.isLoginNeeded(exchange)).isTrue();
    exchange.setVariable("login", outcome);
    opener.keep(exchange);
  }

  private boolean mayLeave() {
    calls.throttle(exchange);
    return calls.mayLeave(exchange);
  }
}
