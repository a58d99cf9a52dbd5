package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.ledger.Claim;
import uk.onefileroutes.ledger.LearnerQueues;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ledger.RowKey;
import uk.onefileroutes.ledger.StoredPauses;
import uk.onefileroutes.onefile.Answer;
import uk.onefileroutes.onefile.AnswerReader;
import uk.onefileroutes.onefile.Login;
import uk.onefileroutes.onefile.Session;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.Pause;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.pace.Timetable;
import uk.onefileroutes.stage.Stage;
import uk.onefileroutes.testing.SettableTime;

/** What a call does whose session was not accepted, between its two tries. */
class CallsTest {
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
  private final Ledger ledger;
  private final Deque<Login.Outcome> logins = new ArrayDeque<>();
  private final Calls calls;
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  CallsTest(@TempDir Path folder) {
    ledger = Ledger.open(LedgerLogin.embedded(folder), "onefile");
    LearnerQueues lines = new LearnerQueues(ledger);
    Brake brake = new Brake(pace, new StoredPauses(ledger), Duration.ofSeconds(30), time);
    Gate gate = new Gate(pace, brake, lines, "this run", time);
    calls =
        new Calls(
            new Claims(gate, 1, new Stage(Stage.Name.SETTLING, time)),
            gate,
            new Session(logins::remove, Duration.ofHours(23), time),
            new AnswerReader(time),
            new Classifier(Set.of(401), AlreadyAssigned.NEVER));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  static List<Login.Outcome> noSession() {
    return List.of(
        new Login.Outcome.NotAdmitted(),
        new Login.Outcome.Unavailable(new Answer.Silence("connection refused", false)),
        new Login.Outcome.Refused("Onefile answered 401 to the customer token"));
  }

  /** Its pause may end before the call asks the pace: at its end, or by another call's answer. */
  @ParameterizedTest
  @MethodSource("noSession")
  void withoutANewSessionItDoesNotLeaveWithTheOldOne(Login.Outcome outcome) throws Exception {
    sendOnceAndDropTheSession();
    logins.add(outcome);

    calls.openSession(exchange);
    List.of(Pause.Reason.values()).forEach(pace::resume);
    assertThat(pace.isOpen()).isTrue();
    assertThat(calls.admit(exchange)).isFalse();
  }

  @Test
  void withANewSessionItLeavesAgain() throws Exception {
    sendOnceAndDropTheSession();
    logins.add(new Login.Outcome.Granted("new"));

    calls.openSession(exchange);
    assertThat(calls.admit(exchange)).isTrue();
    calls.address(exchange);
    assertThat(exchange.getMessage().getHeader("X-TokenID")).isEqualTo("new");
  }

  private void sendOnceAndDropTheSession() throws InterruptedException {
    logins.add(new Login.Outcome.Granted("old"));
    exchange
        .getMessage()
        .setBody(
            new Claim(
                new RowKey(1, 1, 0),
                "inbox",
                1001,
                "default/assessor",
                2001,
                "default",
                "User/1001",
                "{}",
                0,
                null,
                false,
                null));
    calls.begin(exchange);
    calls.openSession(exchange);
    calls.address(exchange);
    calls.dropSession(exchange);
  }
}
