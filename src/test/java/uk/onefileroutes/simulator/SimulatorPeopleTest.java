package uk.onefileroutes.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted, refused and found where people are known. */
class SimulatorPeopleTest {
  /** Learners 1 to 3, and one account of each other role, which has the role's number as its id. */
  private static final String PEOPLE =
      """
      [{"ID":1,"Role":1,"OrganisationID":7,"MISID":"L1","Email":"ada@example.org",
        "FirstName":"Ada","LastName":"Ash","Standards":[12],"Units":[77,"KS_COMM1"]},
       {"ID":2,"Role":1,"OrganisationID":7,"MISID":"L12","FirstName":"Ben","LastName":"Birch",
        "Archived":true},
       {"ID":3,"Role":1,"OrganisationID":8,"MISID":"L1"},
       {"ID":4,"Role":4,"OrganisationID":7},{"ID":5,"Role":5,"OrganisationID":7},
       {"ID":6,"Role":5,"OrganisationID":7},
       {"ID":10,"Role":10,"OrganisationID":7},{"ID":40,"Role":40,"OrganisationID":7},
       {"ID":45,"Role":45,"OrganisationID":7}]
      """;

  private final ObjectMapper json = new ObjectMapper();
  private Path folder;
  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    simulator = Simulator.start(SimulatorOptions.defaults().withPeople(people(PEOPLE)));
    caller = Caller.of(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private People people(String text) throws IOException {
    Path file = folder.resolve("people.json");
    Files.writeString(file, text);
    return People.read(file);
  }

  @ParameterizedTest
  @CsvSource({
    "1,DefaultAssessorID,4,204",
    "1,DefaultAssessorID,5,204",
    "1,DefaultAssessorID,10,400",
    "1,DefaultAssessorID,40,400",
    "1,DefaultAssessorID,45,400",
    "1,DefaultAssessorID,2,400",
    "1,DefaultAssessorID,99,400",
    "1,DefaultEmployerID,40,204",
    "1,DefaultEmployerID,4,400",
    "1,DefaultEmployerID,5,400",
    "1,DefaultEmployerID,10,400",
    "1,DefaultEmployerID,45,400",
    "5,DefaultAssessorID,4,400",
    "99,DefaultAssessorID,5,400",
  })
  void aDefaultNeedsALearnerAndTheRightRole(int learner, String member, int id, int status)
      throws Exception {
    HttpResponse<String> answer =
        caller.post("/User/" + learner, "{\"" + member + "\":" + id + "}");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(simulator.calls().get(1).applied()).isEqualTo(status == 204);
  }

  @ParameterizedTest
  @CsvSource({
    "3,4,200", "3,5,200", "3,10,200", "3,40,400", "3,45,400", "3,2,400", "3,99,400",
    "2,4,200", "2,5,200", "2,10,200", "2,40,400", "2,45,400", "2,2,400", "2,99,400",
    "1,4,200", "1,5,200", "1,10,200", "1,40,200", "1,45,200", "1,2,400", "1,99,400",
  })
  void theRoleDecidesWhichLevelIsAllowed(int level, int assignee, int status) throws Exception {
    assertThat(assign(level, 1, assignee, 12, "77").statusCode()).isEqualTo(status);
  }

  @Test
  void onlyALearnerCanBeAssignedTo() throws Exception {
    assertThat(assign(1, 6, 5, 12, "77").statusCode()).isEqualTo(400);
    assertThat(assign(1, 99, 5, 12, "77").statusCode()).isEqualTo(400);
  }

  @Test
  void levelsThreeAndTwoNeedTheAimOrUnitOnTheLearnerWhereThatIsKnown() throws Exception {
    assertThat(assign(3, 1, 5, 13, "").statusCode()).isEqualTo(400);
    assertThat(assign(2, 1, 5, 0, "78").statusCode()).isEqualTo(400);
    assertThat(assign(2, 1, 5, 0, "\"KS_COMM1\"").statusCode()).isEqualTo(200);
    assertThat(assign(3, 2, 5, 13, "").statusCode()).isEqualTo(200);
    assertThat(assign(2, 2, 5, 0, "78").statusCode()).isEqualTo(200);
  }

  @Test
  void anAssigneeReplacesTheOneOfTheSameRoleOnly() throws Exception {
    assign(3, 1, 5, 12, "");
    assign(3, 1, 10, 12, "");
    assign(3, 1, 4, 12, "");
    assign(2, 1, 4, 0, "77");
    assign(2, 1, 6, 0, "77");
    assertThat(simulator.state().learningAims())
        .isEqualTo(
            Map.of(new State.AimSlot(1, 12, "assessor"), 4, new State.AimSlot(1, 12, "iqa"), 10));
    assertThat(simulator.state().unitSummaries())
        .isEqualTo(Map.of(new State.UnitSlot(1, "77", "assessor"), 6));
  }

  private HttpResponse<String> assign(
      int level, int learner, int assignee, int standard, String unit) throws Exception {
    String target =
        switch (level) {
          case 3 -> ",\"StandardID\":" + standard;
          case 2 -> ",\"UnitID\":" + unit;
          default -> "";
        };
    return caller.post(
        "/User/" + assignee + "/Assign",
        "{\"LearnerID\":" + learner + ",\"Level\":" + level + target + "}");
  }

  @Test
  void aUserIsReadWithRoleAndDefaults() throws Exception {
    caller.post("/User/1", "{\"DefaultAssessorID\":5}");
    JsonNode user = json.readTree(caller.get("/User/1").body());
    assertThat(user.path("ID").intValue()).isEqualTo(1);
    assertThat(user.path("Role").intValue()).isEqualTo(1);
    assertThat(user.path("DefaultAssessorID").intValue()).isEqualTo(5);
    assertThat(user.path("DefaultEmployerID").isNull()).isTrue();
    assertThat(json.readTree(caller.get("/User/10").body()).path("Role").intValue()).isEqualTo(10);
    assertThat(caller.get("/User/99").statusCode()).isEqualTo(400);
  }

  @Test
  void aPagedSearchAnswersABareArrayWithAllFields() throws Exception {
    JsonNode found = found("/User/Search/1/50", "{\"OrganisationID\":7,\"Role\":1}");
    assertThat(found.findValuesAsText("ID")).containsExactly("1", "2");
    assertThat(found.path(0).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "ID", "FirstName", "LastName", "MISID", "Email", "Role", "OrganisationID", "Archived");
  }

  @Test
  void anUnpagedSearchAnswersFewFields() throws Exception {
    JsonNode found = found("/User/Search", "{\"OrganisationID\":7,\"Role\":1}");
    assertThat(found.path(0).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("ID", "FirstName", "LastName", "MISID");
  }

  @Test
  void aPageBehindTheEndHasNoBody() throws Exception {
    String filter = "{\"OrganisationID\":7,\"Role\":5}";
    assertThat(found("/User/Search/1/1", filter).findValuesAsText("ID")).containsExactly("5");
    assertThat(found("/User/Search/2/1", filter).findValuesAsText("ID")).containsExactly("6");
    HttpResponse<String> behind = caller.post("/User/Search/3/1", filter);
    assertThat(behind.statusCode()).isEqualTo(204);
    assertThat(behind.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'MISID':'L1'|1,2",
        "'MISID':'l12'|2",
        "'Email':'ada@'|1",
        "'FirstName':'be'|2",
        "'LastName':'ASH'|1",
        "'LastName':'ash','FirstName':'ben'|",
        "'LastModified':'2026-01-01T00:00:00','Role':10|10",
        "'Role':99|",
      })
  void filtersMatchInPartAndTogether(String filters, String ids) throws Exception {
    String body = "{\"OrganisationID\":7," + filters.replace('\'', '"') + "}";
    if (ids == null) {
      assertThat(caller.post("/User/Search", body).statusCode()).isEqualTo(204);
    } else {
      assertThat(found("/User/Search", body).findValuesAsText("ID"))
          .containsExactly(ids.split(","));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/User/Search|{}",
        "/User/Search|{\"OrganisationID\":\"7\"}",
        "/User/Search|{\"OrganisationID\":7,\"Archived\":true}",
        "/User/Search|{\"OrganisationID\":7,\"MISID\":1}",
        "/User/Search|{\"OrganisationID\":7,\"Role\":[4,5]}",
        "/User/Search/0/50|{\"OrganisationID\":7}",
        "/User/Search/1/0|{\"OrganisationID\":7}",
        "/User/Search/1/51|{\"OrganisationID\":7}",
        "/Standard/Search|{\"Name\":\"x\"}",
        "/Unit/Search|{\"Title\":7}",
      })
  void aBadSearchIsRefused(String path, String body) throws Exception {
    assertThat(caller.post(path, body).statusCode()).isEqualTo(400);
  }

  @Test
  void standardsAndUnitsOfThePeopleAreFound() throws Exception {
    JsonNode standards = found("/Standard/Search", "{\"OrganisationID\":7}");
    assertThat(standards.toString()).isEqualTo("[{\"ID\":12,\"Title\":\"Standard 12\"}]");
    assertThat(found("/Unit/Search", "{\"Title\":\"comm\"}").path(0).path("ID").textValue())
        .isEqualTo("KS_COMM1");
    assertThat(caller.post("/Standard/Search", "{\"OrganisationID\":8}").statusCode())
        .isEqualTo(204);
  }

  @Test
  void theCatalogueOfTheFileIsSearched() throws Exception {
    People people =
        people(
            """
            {"People":[{"ID":1,"Role":1,"OrganisationID":7}],
             "Standards":[{"ID":12,"Title":"Joinery"},{"ID":13,"Title":"Joinery (2024)"}],
             "Units":[{"ID":"J_1","Title":"Tools","StandardID":12,"OrganisationID":7},
                      {"ID":78,"Title":"Tools","StandardID":13,"OrganisationID":8}]}
            """);
    try (Simulator other = Simulator.start(SimulatorOptions.defaults().withPeople(people))) {
      Caller client = Caller.of(other);
      assertThat(client.post("/Standard/Search", "{\"Title\":\"joinery\"}").body())
          .contains("12", "13");
      assertThat(client.post("/Unit/Search", "{\"StandardID\":12}").body())
          .isEqualTo("[{\"ID\":\"J_1\",\"Title\":\"Tools\",\"StandardID\":12}]");
      assertThat(client.post("/Unit/Search", "{\"OrganisationID\":8}").body()).contains("78");
    }
  }

  @Test
  void withoutPeopleNothingIsFoundAndEverybodyIsThere() throws Exception {
    try (Simulator other = Simulator.start(SimulatorOptions.defaults())) {
      Caller client = Caller.of(other);
      assertThat(client.post("/User/Search", "{\"OrganisationID\":7}").statusCode()).isEqualTo(204);
      assertThat(client.post("/Standard/Search", "{}").statusCode()).isEqualTo(204);
      client.post("/User/1", "{\"DefaultEmployerID\":40}");
      JsonNode user = json.readTree(client.get("/User/1").body());
      assertThat(user.has("Role")).as("everybody has the role that is needed").isFalse();
      assertThat(user.path("DefaultEmployerID").intValue()).isEqualTo(40);
    }
  }

  private JsonNode found(String path, String body) throws Exception {
    HttpResponse<String> answer = caller.post(path, body);
    assertThat(answer.statusCode()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "7",
        "{}",
        "[{\"Role\":1,\"OrganisationID\":7}]",
        "[{\"ID\":\"1\",\"Role\":1,\"OrganisationID\":7}]",
        "[{\"ID\":0,\"Role\":1,\"OrganisationID\":7}]",
        "[{\"ID\":1,\"Role\":2,\"OrganisationID\":7}]",
        "[{\"ID\":1,\"Role\":1,\"OrganisationID\":7,\"MisID\":\"x\"}]",
        "[{\"ID\":1,\"Role\":1,\"OrganisationID\":7,\"MISID\":5}]",
        "[{\"ID\":1,\"Role\":1,\"OrganisationID\":7,\"Archived\":\"no\"}]",
        "[{\"ID\":1,\"Role\":1,\"OrganisationID\":7,\"Units\":7}]",
        "[{\"ID\":1,\"Role\":1,\"OrganisationID\":7},{\"ID\":1,\"Role\":5,\"OrganisationID\":7}]",
        "{\"People\":[],\"Standards\":[{\"ID\":1}]}",
        "{\"People\":[],\"Learners\":[]}",
      })
  void aBadPeopleFileIsRefused(String text) {
    assertThatThrownBy(() -> people(text)).isInstanceOf(IOException.class);
  }
}
