package uk.onefileroutes.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulatorRateTest {
  private final SettableTime time = new SettableTime();

  private SimulatorOptions options(int callsPerMinute) {
    return SimulatorOptions.defaults().withTime(time).withCallsPerMinute(callsPerMinute);
  }

  @Test
  void authenticationCountsAndTheCallOverTheLimitIsRefused() throws Exception {
    try (Simulator simulator = Simulator.start(options(3))) {
      Caller caller = Caller.of(simulator);
      assertThat(caller.get("/User/1").statusCode()).isEqualTo(200);
      assertThat(caller.get("/User/1").statusCode()).isEqualTo(200);
      HttpResponse<String> refused = caller.get("/User/1");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("\"code\":-", "\"message\":");
      assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
      assertThat(simulator.calls()).extracting(Call::status).containsExactly(200, 200, 200, 429);
    }
  }

  @Test
  void theWindowSlides() throws Exception {
    try (Simulator simulator = Simulator.start(options(2))) {
      Caller caller = Caller.of(simulator);
      time.pass(Duration.ofSeconds(40));
      assertThat(caller.get("/User/1").statusCode()).isEqualTo(200);
      time.pass(Duration.ofSeconds(20).minusMillis(1));
      assertThat(caller.get("/User/1").statusCode()).isEqualTo(429);
      time.pass(Duration.ofMillis(1));
      assertThat(caller.get("/User/1").statusCode()).isEqualTo(200);
      assertThat(caller.get("/User/1").statusCode()).isEqualTo(429);
      time.pass(Duration.ofSeconds(40));
      assertThat(caller.get("/User/1").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusedCallsDoNotProlongTheBlock() throws Exception {
    try (Simulator simulator = Simulator.start(options(1))) {
      Caller caller = Caller.of(simulator);
      for (int second = 0; second < 60; second++) {
        assertThat(caller.get("/User/1").statusCode()).isEqualTo(429);
        time.pass(Duration.ofSeconds(1));
      }
      assertThat(caller.get("/User/1").statusCode()).isEqualTo(200);
      assertThat(simulator.calls()).hasSize(62);
    }
  }

  @Test
  void aRefusedCallAssignsNothing() throws Exception {
    try (Simulator simulator = Simulator.start(options(1))) {
      Caller.of(simulator).post("/User/1", "{\"DefaultAssessorID\":5}");
      assertThat(simulator.state().defaultAssessors()).isEmpty();
      assertThat(simulator.calls().get(1).applied()).isFalse();
    }
  }

  @Test
  void retryAfterIsSentWhereItIsAskedFor() throws Exception {
    try (Simulator simulator = Simulator.start(options(1).withRetryAfter(Duration.ofSeconds(45)))) {
      HttpResponse<String> refused = Caller.of(simulator).get("/User/1");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("45");
    }
  }

  @Test
  void theDefaultIsThreeHundredAMinute() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withTime(time))) {
      Caller caller = Caller.of(simulator);
      for (int call = 2; call <= 300; call++) {
        assertThat(caller.get("/User/1").statusCode()).isEqualTo(200);
      }
      assertThat(caller.get("/User/1").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void zeroIsUnlimited() throws Exception {
    try (Simulator simulator = Simulator.start(options(0))) {
      Caller caller = Caller.of(simulator);
      for (int call = 0; call < 400; call++) {
        assertThat(caller.get("/User/1").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void readingTheLogDoesNotCount() throws Exception {
    try (Simulator simulator = Simulator.start(options(2))) {
      Caller caller = Caller.of(simulator);
      String root = "http://127.0.0.1:" + simulator.port();
      for (int i = 0; i < 5; i++) {
        assertThat(Caller.send(Caller.at(root + "/__calls").GET()).statusCode()).isEqualTo(200);
        assertThat(Caller.send(Caller.at(root + "/__state").GET()).statusCode()).isEqualTo(200);
      }
      assertThat(caller.get("/User/1").statusCode()).isEqualTo(200);
      assertThat(simulator.calls()).hasSize(2);
    }
  }
}
