package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real processes, {@code simulate} and {@code run}, and one file between them. */
class RunIT {
  private static final Pattern BASE_URL = Pattern.compile("Simulating Onefile at (\\S+),");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void aThousandMixedRowsReachTheRightPathsWithTheRightBodies() throws Exception {
    int rows = 1000;
    // no config, no routes here: they are found beside the jar
    Path work = folder.resolve("elsewhere");
    DataFolder data = new DataFolder(work.resolve("data"));
    try (Bundle simulate =
        new Bundle.Setup(folder.resolve("simulate"))
            .start("simulate", "--port", "0", "--calls-per-minute", "0")) {
      String baseUrl = simulate.awaitOutput(BASE_URL);
      try (Bundle running = Bundle.Setup.toRun(work, baseUrl).start()) {
        data.drop("export.csv", DataFolder.file(rows, RunIT::row));

        List<String> results = data.awaitResults("export.results.csv", running);

        assertThat(results).hasSize(rows);
        for (int i = 0; i < rows; i++) {
          assertThat(results.get(i))
              .as("in input order, the input untouched")
              .startsWith(row(i) + "," + (i + 1) + ",sent,SENT,");
        }
        running.stop();
      }
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        expected.add(call(i));
      }
      assertThat(calls(baseUrl)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(simulate.stop()).isPositive();
    }
    assertThat(data.names("results")).containsExactly("export.results.csv");
    assertThat(data.names("archive")).containsExactly("export.csv");
    assertThat(data.names("inbox")).isEmpty();
    try (var files = Files.list(work)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("nothing is written outside of the data folder")
          .allMatch(name -> name.equals("data") || name.startsWith("output"));
    }
  }

  /** The matrix of the API, one row after the other. */
  private static String row(int i) {
    long learner = 10_001L + i;
    long assignee = 50_001L + i;
    return switch (i % 10) {
      case 0 -> learner + ",assessor,default," + assignee + ",,";
      case 1 -> learner + ",employer,default," + assignee + ",,";
      case 2 -> learner + ",assessor,learning-aim," + assignee + ",77,";
      case 3 -> learner + ",iqa,3," + assignee + ",78,";
      case 4 -> learner + ",assessor,unit-summary," + assignee + ",,901";
      case 5 -> learner + ",iqa,2," + assignee + ",,KS_COMM1";
      case 6 -> learner + ",assessor,additional," + assignee + ",,";
      case 7 -> learner + ",iqa,1," + assignee + ",,";
      case 8 -> learner + ",employer,additional," + assignee + ",,";
      default -> learner + ",observer,additional," + assignee + ",,";
    };
  }

  private static String call(int i) throws JsonProcessingException {
    long learner = 10_001L + i;
    long assignee = 50_001L + i;
    String own = "/api/v2.1/User/" + learner;
    String assign = "/api/v2.1/User/" + assignee + "/Assign";
    String named = "{\"LearnerID\":" + learner + ",\"Level\":";
    return switch (i % 10) {
      case 0 -> call(own, "{\"DefaultAssessorID\":" + assignee + "}");
      case 1 -> call(own, "{\"DefaultEmployerID\":" + assignee + "}");
      case 2 -> call(assign, named + "3,\"StandardID\":77}");
      case 3 -> call(assign, named + "3,\"StandardID\":78}");
      case 4 -> call(assign, named + "2,\"UnitID\":901}");
      case 5 -> call(assign, named + "2,\"UnitID\":\"KS_COMM1\"}");
      default -> call(assign, named + "1}");
    };
  }

  /** Parsed, so that spaces make no difference, and the order of members does not either. */
  private static String call(String path, String body) throws JsonProcessingException {
    JsonNode json = JSON.readTree(body);
    List<String> members = new ArrayList<>();
    json.properties().forEach(member -> members.add(member.toString()));
    members.sort(null);
    return "POST " + path + " " + members;
  }

  private static List<String> calls(String baseUrl) throws Exception {
    URI uri = URI.create(baseUrl.replace("/api/v2.1", "/__calls"));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    List<String> calls = new ArrayList<>();
    int sessions = 0;
    for (JsonNode call : JSON.readTree(answer.body())) {
      assertThat(call.path("method").asText()).isEqualTo("POST");
      if (call.path("path").asText().endsWith("/Authentication")) {
        sessions++;
      } else {
        calls.add(call(call.path("path").asText(), call.path("body").asText()));
      }
    }
    assertThat(sessions).as("one session for all workers").isEqualTo(1);
    return calls;
  }
}
