package uk.onefileroutes.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorAuthenticationTest {
  private static final String CUSTOMER = SimulatorOptions.DEFAULT_CUSTOMER_TOKEN;

  private final SettableTime time = new SettableTime();
  private Simulator simulator;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorOptions.defaults().withTime(time));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void theCustomerTokenIsExchangedForALongPlainTextSession() throws Exception {
    for (int i = 0; i < 30; i++) {
      HttpResponse<String> answer = Caller.authenticate(simulator, CUSTOMER);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
      assertThat(answer.body()).hasSizeBetween(250, 350).contains("+", "/", "=");
    }
  }

  @Test
  void aWrongCustomerTokenIsRefused() throws Exception {
    assertThat(Caller.authenticate(simulator, "somebody-else").statusCode()).isEqualTo(401);
  }

  @Test
  void aMissingCustomerTokenIsRefused() throws Exception {
    assertThat(
            Caller.send(
                    Caller.at(simulator.baseUrl() + "/Authentication")
                        .POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void eachAcceptedCustomerTokenIsAccepted() throws Exception {
    SimulatorOptions options =
        SimulatorOptions.defaults().withCustomerTokens(Set.of("north", "south"));
    try (Simulator other = Simulator.start(options)) {
      assertThat(Caller.authenticate(other, "north").statusCode()).isEqualTo(200);
      assertThat(Caller.authenticate(other, "south").statusCode()).isEqualTo(200);
      assertThat(Caller.authenticate(other, CUSTOMER).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void authenticationWithABodyIsRefused() throws Exception {
    HttpResponse<String> answer =
        Caller.send(
            Caller.at(simulator.baseUrl() + "/Authentication")
                .header("X-CustomerToken", CUSTOMER)
                .POST(BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void authenticationByGetIsRefused() throws Exception {
    HttpResponse<String> answer =
        Caller.send(
            Caller.at(simulator.baseUrl() + "/Authentication")
                .header("X-CustomerToken", CUSTOMER)
                .GET());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void aCallWithoutASessionIsRefused() throws Exception {
    assertThat(Caller.send(Caller.at(simulator.baseUrl() + "/User/1").GET()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aCallWithAnInventedSessionIsRefused() throws Exception {
    HttpResponse<String> answer =
        Caller.send(Caller.at(simulator.baseUrl() + "/User/1").header("X-TokenID", CUSTOMER).GET());
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void aSessionEndsAfterADayHoweverMuchItWasUsed() throws Exception {
    Caller caller = Caller.of(simulator);
    time.pass(Duration.ofHours(23));
    assertThat(caller.get("/User/1").statusCode()).isEqualTo(200);
    time.pass(Duration.ofMinutes(60).minusMillis(1));
    assertThat(caller.get("/User/1").statusCode()).isEqualTo(200);
    time.pass(Duration.ofMillis(1));
    assertThat(caller.get("/User/1").statusCode()).isEqualTo(401);
  }

  @Test
  void severalSessionsAreValidAtTheSameTime() throws Exception {
    Caller first = Caller.of(simulator);
    time.pass(Duration.ofHours(23));
    Caller second = Caller.of(simulator);
    assertThat(first.get("/User/1").statusCode()).isEqualTo(200);
    time.pass(Duration.ofHours(2));
    assertThat(first.get("/User/1").statusCode()).isEqualTo(401);
    assertThat(second.get("/User/1").statusCode()).isEqualTo(200);
  }

  @Test
  void killedSessionsAreRefusedAndNewOnesAreGiven() throws Exception {
    Caller caller = Caller.of(simulator);
    simulator.killTokens();
    assertThat(caller.get("/User/1").statusCode()).isEqualTo(401);
    assertThat(Caller.of(simulator).get("/User/1").statusCode()).isEqualTo(200);
  }

  @Test
  void aBadSessionCanBeAnsweredWithAnotherStatus() throws Exception {
    try (Simulator other = Simulator.start(SimulatorOptions.defaults().withBadTokenStatus(403))) {
      Caller caller = Caller.of(other);
      other.killTokens();
      assertThat(caller.get("/User/1").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aSessionCanComeInQuotes() throws Exception {
    try (Simulator other = Simulator.start(SimulatorOptions.defaults().withQuotedTokens(true))) {
      String body = Caller.authenticate(other, CUSTOMER).body();
      assertThat(body).startsWith("\"").endsWith("\"\r\n");
      HttpResponse<String> answer =
          Caller.send(
              Caller.at(other.baseUrl() + "/User/1")
                  .header("X-TokenID", body.strip().replace("\"", ""))
                  .GET());
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tokensAreNeitherLoggedNorPrinted() throws Exception {
    Caller.send(
        Caller.at(simulator.baseUrl() + "/Authentication")
            .header("X-CustomerToken", CUSTOMER)
            .POST(BodyPublishers.ofString(CUSTOMER)));
    String session = Caller.authenticate(simulator, CUSTOMER).body();
    Caller.send(
        Caller.at(simulator.baseUrl() + "/User/1?token=" + CUSTOMER)
            .header("X-TokenID", session)
            .GET());
    assertThat(simulator.calls()).hasSize(3);
    assertThat(simulator.calls().toString()).doesNotContain(CUSTOMER, session);
    assertThat(SimulatorOptions.defaults().toString()).doesNotContain(CUSTOMER);
  }

  @Test
  void aLifetimeHasToBePositive() {
    assertThatThrownBy(() -> SimulatorOptions.defaults().withTokenLifetime(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
