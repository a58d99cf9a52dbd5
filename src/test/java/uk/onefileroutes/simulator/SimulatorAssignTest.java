package uk.onefileroutes.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.simulator.SimulatorOptions.PathUser;

/**
 * What is accepted and what is refused where nobody is known. Each test has learners of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatorAssignTest {
  private static final SimulatorOptions UNLIMITED =
      SimulatorOptions.defaults().withCallsPerMinute(0);

  private Simulator simulator;
  private Caller caller;

  @BeforeAll
  void start() throws Exception {
    simulator = Simulator.start(UNLIMITED);
    caller = Caller.of(simulator);
  }

  @AfterAll
  void stop() {
    simulator.close();
  }

  @Test
  void aDefaultIsAnsweredWithoutABodyAndReplacesTheOneBefore() throws Exception {
    HttpResponse<String> answer = caller.post("/User/101", "{\"DefaultAssessorID\":5}");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(caller.post("/User/101", "{\"DefaultAssessorID\":6}").statusCode()).isEqualTo(204);
    assertThat(caller.post("/User/101", "{\"DefaultEmployerID\":7}").statusCode()).isEqualTo(204);
    assertThat(simulator.state().defaultAssessors()).containsEntry(101, 6);
    assertThat(simulator.state().defaultEmployers()).containsEntry(101, 7);
  }

  @Test
  void anAssignIsAnsweredWithABareNumber() throws Exception {
    HttpResponse<String> answer =
        caller.post("/User/5/Assign", "{\"LearnerID\":111,\"Level\":3,\"StandardID\":12}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).matches("[0-9]+");
    assertThat(simulator.state().learningAims())
        .containsEntry(new State.AimSlot(111, 12, "user 5"), 5);
  }

  @Test
  void withoutPeopleNoAssigneeReplacesAnother() throws Exception {
    for (int assignee : new int[] {5, 6}) {
      caller.post(
          "/User/" + assignee + "/Assign", "{\"LearnerID\":121,\"Level\":3,\"StandardID\":12}");
    }
    assertThat(simulator.state().learningAims())
        .containsEntry(new State.AimSlot(121, 12, "user 5"), 5)
        .containsEntry(new State.AimSlot(121, 12, "user 6"), 6);
  }

  @Test
  void aUnitIsANumberOrAText() throws Exception {
    for (String unit : new String[] {"77", "\"KS_COMM1\"", "\"012\""}) {
      HttpResponse<String> answer =
          caller.post("/User/5/Assign", "{\"LearnerID\":131,\"Level\":2,\"UnitID\":" + unit + "}");
      assertThat(answer.statusCode()).isEqualTo(200);
    }
    assertThat(simulator.state().unitSummaries())
        .containsKeys(
            new State.UnitSlot(131, "77", "user 5"),
            new State.UnitSlot(131, "KS_COMM1", "user 5"),
            new State.UnitSlot(131, "012", "user 5"));
  }

  @Test
  void additionalAssigneesAddUp() throws Exception {
    for (int assignee : new int[] {5, 40, 5}) {
      HttpResponse<String> answer =
          caller.post("/User/" + assignee + "/Assign", "{\"LearnerID\":141,\"Level\":1}");
      assertThat(answer.statusCode()).isEqualTo(200);
    }
    assertThat(simulator.state().additional()).containsEntry(141, Set.of(5, 40));
  }

  @Test
  void aRepeatedAdditionalCanBeRefused() throws Exception {
    try (Simulator other = Simulator.start(UNLIMITED.withRepeatedAdditionalRefused(true))) {
      Caller client = Caller.of(other);
      String body = "{\"LearnerID\":1,\"Level\":1}";
      assertThat(client.post("/User/5/Assign", body).statusCode()).isEqualTo(200);
      HttpResponse<String> again = client.post("/User/5/Assign", body);
      assertThat(again.statusCode()).isEqualTo(400);
      assertThat(again.body()).contains("already assigned");
      assertThat(client.post("/User/6/Assign", body).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"DefaultAssessorID\":5,\"DefaultEmployerID\":6}",
        "{\"DefaultAssessorID\":\"5\"}",
        "{\"DefaultAssessorID\":5.0}",
        "{\"DefaultAssessorID\":5.5}",
        "{\"DefaultAssessorID\":0}",
        "{\"DefaultAssessorID\":-5}",
        "{\"DefaultAssessorID\":2147483648}",
        "{\"DefaultAssessorID\":null}",
        "{\"DefaultAssessorID\":true}",
        "{\"DefaultAssessorID\":[5]}",
        "{\"DefaultAssessorID\":5,\"DefaultAssessorID\":6}",
        "{\"DefaultAssessorID\":5,\"Role\":5}",
        "{\"defaultAssessorId\":5}",
        "{\"DefaultAssessorID\":901}",
        "[{\"DefaultAssessorID\":5}]",
        "{\"DefaultAssessorID\":5} {}",
        "{\"DefaultAssessorID\":5",
        "{DefaultAssessorID:5}",
        "\"DefaultAssessorID\"",
        "5",
        "null",
        ""
      })
  void aBadDefaultIsRefused(String body) throws Exception {
    HttpResponse<String> answer = caller.post("/User/901", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).containsPattern("^\\{\"code\":-[0-9]+,\"message\":\".+\"}$");
    assertThat(simulator.state().defaultAssessors()).doesNotContainKey(901);
    assertThat(simulator.state().defaultEmployers()).doesNotContainKey(901);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"LearnerID\":902}",
        "{\"Level\":1}",
        "{\"LearnerID\":902,\"Level\":0}",
        "{\"LearnerID\":902,\"Level\":4,\"StandardID\":1}",
        "{\"LearnerID\":902,\"Level\":\"1\"}",
        "{\"LearnerID\":\"902\",\"Level\":1}",
        "{\"LearnerID\":902,\"Level\":3}",
        "{\"LearnerID\":902,\"Level\":3,\"UnitID\":7}",
        "{\"LearnerID\":902,\"Level\":3,\"StandardID\":12,\"UnitID\":7}",
        "{\"LearnerID\":902,\"Level\":3,\"StandardID\":\"12\"}",
        "{\"LearnerID\":902,\"Level\":3,\"StandardID\":null}",
        "{\"LearnerID\":902,\"Level\":2}",
        "{\"LearnerID\":902,\"Level\":2,\"StandardID\":12}",
        "{\"LearnerID\":902,\"Level\":2,\"UnitID\":7,\"StandardID\":12}",
        "{\"LearnerID\":902,\"Level\":2,\"UnitID\":\"7\"}",
        "{\"LearnerID\":902,\"Level\":2,\"UnitID\":\"99999999999\"}",
        "{\"LearnerID\":902,\"Level\":2,\"UnitID\":99999999999}",
        "{\"LearnerID\":902,\"Level\":2,\"UnitID\":\"\"}",
        "{\"LearnerID\":902,\"Level\":2,\"UnitID\":\"a b\"}",
        "{\"LearnerID\":902,\"Level\":2,\"UnitID\":7.5}",
        "{\"LearnerID\":902,\"Level\":2,\"UnitID\":null}",
        "{\"LearnerID\":902,\"Level\":1,\"StandardID\":12}",
        "{\"LearnerID\":902,\"Level\":1,\"UnitID\":7}",
        "{\"LearnerID\":902,\"Level\":1,\"UserID\":5}",
        "{\"LearnerID\":5,\"Level\":1}"
      })
  void aBadAssignIsRefused(String body) throws Exception {
    State before = simulator.state();
    HttpResponse<String> answer = caller.post("/User/5/Assign", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).containsPattern("^\\{\"code\":-[0-9]+,\"message\":\".+\"}$");
    assertThat(simulator.state()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "Application/JSON; charset=UTF-8"})
  void jsonIsAcceptedAsJson(String type) throws Exception {
    assertThat(defaultSentAs(type).statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "application/jsonp"
      })
  void anotherContentTypeIsRefused(String type) throws Exception {
    assertThat(defaultSentAs(type).statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> defaultSentAs(String type) throws Exception {
    return Caller.send(
        caller
            .request("/User/151")
            .setHeader("Content-Type", type)
            .POST(BodyPublishers.ofString("{\"DefaultAssessorID\":5}")));
  }

  @Test
  void aBodyOfSixtyFourKibIsReadAndALargerOneIsNot() throws Exception {
    String json = "{\"DefaultAssessorID\":5}";
    String largest = json + " ".repeat(Request.LARGEST_BODY - json.length());
    assertThat(caller.post("/User/161", largest).statusCode()).isEqualTo(204);
    assertThat(caller.post("/User/161", largest + " ").statusCode()).isEqualTo(413);
    assertThat(simulator.calls())
        .filteredOn(call -> Integer.valueOf(161).equals(call.learner()))
        .allSatisfy(call -> assertThat(call.body()).hasSizeLessThanOrEqualTo(1_024));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/Nowhere,404",
    "POST,/User/abc,404",
    "POST,/User/0,404",
    "POST,/User/007,404",
    "POST,/User/2147483648,404",
    "POST,/User/1/,404",
    "POST,/User/1/Assign/2,404",
    "POST,/user/1,404",
    "PUT,/User/1,405",
    "DELETE,/User/1,405",
    "GET,/User/1/Assign,405",
    "GET,/User/Search,405",
    "GET,/User/Search/1/50,405",
    "GET,/Standard/Search,405",
    "GET,/Unit/Search,405",
    "GET,/User/1?pretty=true,400",
    "POST,/User/1?connectionsPerRoute=20,400",
  })
  void whatDoesNotExistIsRefused(String method, String path, int status) throws Exception {
    HttpResponse<String> answer =
        Caller.send(
            caller
                .request(path)
                .method(
                    method,
                    method.equals("GET")
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString("{\"DefaultAssessorID\":5}")));
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void anUnknownQueryParameterIsNamedWithoutItsValue() throws Exception {
    assertThat(caller.get("/User/1?pretty=secret").body())
        .contains("pretty")
        .doesNotContain("secret");
  }

  @Test
  void aPathOutsideTheBaseIsUnknown() throws Exception {
    String address = simulator.baseUrl().replace("v2.1", "v2.0") + "/User/1";
    String root = simulator.baseUrl() + "/Authentication/../../../User/1";
    for (String each : new String[] {address, root}) {
      String token = Caller.authenticate(simulator, SimulatorOptions.DEFAULT_CUSTOMER_TOKEN).body();
      assertThat(Caller.send(Caller.at(each).header("X-TokenID", token).GET()).statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void theLearnerCanStandInThePath() throws Exception {
    try (Simulator other = Simulator.start(UNLIMITED.withPathUser(PathUser.LEARNER))) {
      Caller client = Caller.of(other);
      String body = "{\"LearnerID\":1,\"Level\":1,\"UserID\":5}";
      assertThat(client.post("/User/1/Assign", body).statusCode()).isEqualTo(200);
      assertThat(client.post("/User/5/Assign", body).statusCode()).isEqualTo(400);
      assertThat(client.post("/User/1/Assign", "{\"LearnerID\":1,\"Level\":1}").statusCode())
          .isEqualTo(400);
      assertThat(
              client
                  .post("/User/1/Assign", "{\"LearnerID\":1,\"Level\":1,\"UserID\":1}")
                  .statusCode())
          .isEqualTo(400);
      assertThat(other.state().additional()).isEqualTo(Map.of(1, Set.of(5)));
    }
  }

  @Test
  void theFieldOfTheAssigneeCanHaveAnotherNameOrNone() throws Exception {
    SimulatorOptions learnerInPath = UNLIMITED.withPathUser(PathUser.LEARNER);
    try (Simulator named = Simulator.start(learnerInPath.withAssigneeField("AssigneeID"));
        Simulator nameless = Simulator.start(learnerInPath.withAssigneeField(""))) {
      String body = "{\"LearnerID\":1,\"Level\":3,\"StandardID\":12,\"AssigneeID\":5}";
      assertThat(Caller.of(named).post("/User/1/Assign", body).statusCode()).isEqualTo(200);
      assertThat(named.state().learningAims()).containsValue(5);
      Caller client = Caller.of(nameless);
      assertThat(client.post("/User/1/Assign", body).statusCode()).isEqualTo(400);
      String documented = "{\"LearnerID\":1,\"Level\":3,\"StandardID\":12}";
      assertThat(client.post("/User/1/Assign", documented).statusCode()).isEqualTo(200);
      assertThat(nameless.state().learningAims()).isEmpty();
      assertThat(nameless.calls()).noneMatch(Call::applied);
    }
  }
}
