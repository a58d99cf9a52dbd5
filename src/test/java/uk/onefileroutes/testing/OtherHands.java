package uk.onefileroutes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import uk.onefileroutes.simulator.SimulatorOptions;

/** Somebody else who works at Onefile too. */
public final class OtherHands {
  private OtherHands() {}

  /** Changes a user of the far side, such as a default assessor, without the bundle. */
  public static void change(TestBundle bundle, int learner, String body) throws Exception {
    post(bundle, "User/" + learner, body);
  }

  /** Assigns somebody to levels 3, 2 or 1 of a learner, without the bundle. */
  public static void assign(TestBundle bundle, int assignee, String body) throws Exception {
    post(bundle, "User/" + assignee + "/Assign", body);
  }

  private static void post(TestBundle bundle, String path, String body) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    URI base = URI.create(bundle.simulator().baseUrl() + "/");
    String token =
        client
            .send(
                HttpRequest.newBuilder(base.resolve("Authentication"))
                    .header("X-CustomerToken", SimulatorOptions.DEFAULT_CUSTOMER_TOKEN)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body()
            .replace("\"", "")
            .strip();
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(base.resolve(path))
                .header("X-TokenID", token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isBetween(200, 204);
  }
}
