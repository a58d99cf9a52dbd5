package uk.onefileroutes.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server itself, its log and its state. */
class SimulatorTest {
  private static final String TO_FIVE = "{\"DefaultAssessorID\":5}";

  private final SettableTime time = new SettableTime();
  private final ObjectMapper json = new ObjectMapper();
  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorOptions.defaults().withTime(time));
    caller = Caller.of(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private JsonNode inspected(String path) throws Exception {
    HttpResponse<String> answer =
        Caller.send(Caller.at("http://127.0.0.1:" + simulator.port() + path).GET());
    assertThat(answer.statusCode()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  @Test
  void itListensOnTheLoopbackOnly() throws Exception {
    assertThat(simulator.baseUrl()).isEqualTo("http://127.0.0.1:" + simulator.port() + "/api/v2.1");
    try (Socket socket = new Socket()) {
      InetSocketAddress elsewhere = new InetSocketAddress("127.0.0.2", simulator.port());
      assertThatThrownBy(() -> socket.connect(elsewhere, 2_000)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aTakenPortIsRefusedAndAFreedOneIsUsedAgain() throws Exception {
    SimulatorOptions samePort = SimulatorOptions.defaults().withPort(simulator.port());
    assertThatThrownBy(() -> Simulator.start(samePort)).isInstanceOf(IOException.class);
    simulator.close();
    simulator.close();
    try (Simulator next = Simulator.start(samePort)) {
      assertThat(next.port()).isEqualTo(samePort.port());
    }
  }

  @Test
  void eachCallIsLoggedInOrderWithWhatItWas() throws Exception {
    time.pass(Duration.ofSeconds(5));
    caller.post("/User/1", TO_FIVE);
    caller.post("/User/5/Assign", "{\"LearnerID\":2}");
    caller.get("/User/1");
    caller.get("/Nowhere");
    assertThat(simulator.calls()).extracting(Call::number).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(simulator.calls()).extracting(Call::status).containsExactly(200, 204, 400, 200, 404);
    assertThat(simulator.calls())
        .extracting(Call::applied)
        .containsExactly(false, true, false, false, false);
    assertThat(simulator.calls()).extracting(Call::learner).containsExactly(null, 1, 2, null, null);
    Call first = simulator.calls().get(1);
    assertThat(first.at()).isEqualTo(time.instant());
    assertThat(first.content().method()).isEqualTo("POST");
    assertThat(first.path()).isEqualTo("/api/v2.1/User/1");
    assertThat(first.body()).isEqualTo(TO_FIVE);
    assertThat(first.ending().faulted()).isFalse();
    assertThat(simulator.calls(3)).extracting(Call::number).containsExactly(4L, 5L);
  }

  @Test
  void callsForOneLearnerAtTheSameTimeAreMarked() throws Exception {
    ArmedFault hang =
        simulator.faults().add(Fault.hang().on(Selection.all().forLearner(1).next(1)));
    CompletableFuture<HttpResponse<String>> hanging = caller.postLater("/User/1", TO_FIVE);
    await().until(() -> hang.taken() == 1);
    caller.post("/User/2", TO_FIVE);
    caller.post("/User/5/Assign", "{\"LearnerID\":1,\"Level\":1}");
    hang.remove();
    assertThat(hanging.get().statusCode()).isEqualTo(204);
    caller.post("/User/1", TO_FIVE);
    assertThat(simulator.calls(1))
        .extracting(Call::overlapped)
        .containsExactly(true, false, true, false);
  }

  @Test
  void aForgottenLogGoesOnCounting() throws Exception {
    caller.post("/User/1", TO_FIVE);
    simulator.forgetCalls();
    assertThat(simulator.calls()).isEmpty();
    caller.get("/User/1");
    assertThat(simulator.calls()).extracting(Call::number).containsExactly(3L);
    assertThat(simulator.state().defaultAssessors()).containsEntry(1, 5);
  }

  @Test
  void onlyTheNewestCallsAreRemembered() throws Exception {
    try (Simulator other = Simulator.start(SimulatorOptions.defaults().withRememberedCalls(3))) {
      Caller client = Caller.of(other);
      client.get("/User/1");
      client.get("/User/2");
      assertThat(other.calls()).extracting(Call::number).containsExactly(1L, 2L, 3L);
      client.get("/User/3");
      assertThat(other.calls()).extracting(Call::number).containsExactly(2L, 3L, 4L);
    }
    assertThatThrownBy(() -> SimulatorOptions.defaults().withRememberedCalls(1_000_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLogIsReadOverHttpWithoutASession() throws Exception {
    caller.post("/User/1", TO_FIVE);
    caller.get("/User/1");
    JsonNode calls = inspected("/__calls");
    assertThat(calls).hasSize(3);
    JsonNode call = calls.path(1);
    assertThat(call.path("number").longValue()).isEqualTo(2);
    assertThat(call.path("at").textValue()).isEqualTo("2026-03-02T09:00:00Z");
    assertThat(call.path("method").textValue()).isEqualTo("POST");
    assertThat(call.path("path").textValue()).isEqualTo("/api/v2.1/User/1");
    assertThat(call.path("body").textValue()).isEqualTo(TO_FIVE);
    assertThat(call.path("learner").intValue()).isEqualTo(1);
    assertThat(call.path("status").intValue()).isEqualTo(204);
    assertThat(call.path("millisInFlight").isIntegralNumber()).isTrue();
    assertThat(call.path("overlapped").isBoolean()).isTrue();
    assertThat(call.path("faulted").isBoolean()).isTrue();
    assertThat(call.path("applied").booleanValue()).isTrue();
    assertThat(inspected("/__calls?since=2").findValuesAsText("number")).containsExactly("3");
  }

  @Test
  void theStateIsReadOverHttpWithoutASession() throws Exception {
    caller.post("/User/1", TO_FIVE);
    caller.post("/User/1", "{\"DefaultEmployerID\":40}");
    caller.post("/User/5/Assign", "{\"LearnerID\":1,\"Level\":3,\"StandardID\":12}");
    caller.post("/User/5/Assign", "{\"LearnerID\":1,\"Level\":2,\"UnitID\":\"KS_1\"}");
    caller.post("/User/40/Assign", "{\"LearnerID\":1,\"Level\":1}");
    JsonNode expected =
        json.readTree(
            """
            {"defaultAssessors":[{"learner":1,"assignee":5}],
             "defaultEmployers":[{"learner":1,"assignee":40}],
             "learningAims":[{"learner":1,"standard":12,"role":"user 5","assignee":5}],
             "unitSummaries":[{"learner":1,"unit":"KS_1","role":"user 5","assignee":5}],
             "additional":[{"learner":1,"assignees":[40]}]}
            """);
    assertThat(inspected("/__state")).isEqualTo(expected);
  }

  @Test
  void inspectionRefusesWhatItDoesNotKnow() throws Exception {
    String root = "http://127.0.0.1:" + simulator.port();
    for (String path : new String[] {"/__calls/1", "/__calls?until=1", "/__state?x=1"}) {
      assertThat(Caller.send(Caller.at(root + path).GET()).statusCode()).isEqualTo(404);
    }
    assertThat(Caller.send(Caller.at(root + "/__calls").DELETE()).statusCode()).isEqualTo(405);
  }

  @Test
  void theStateHandedOutDoesNotChange() throws Exception {
    State before = simulator.state();
    caller.post("/User/1", TO_FIVE);
    assertThat(before.defaultAssessors()).isEmpty();
  }

  @Test
  void itKnowsNobody() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("uk.onefileroutes.simulator");
    ArchRuleDefinition.classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "com.sun.net.httpserver..",
            "com.fasterxml.jackson.core..",
            "com.fasterxml.jackson.databind..",
            "org.slf4j..",
            "org.jspecify..",
            "uk.onefileroutes.simulator..")
        .check(classes);
  }
}
