package uk.onefileroutes.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What asks a running process for its health all day: a monitor, and a page that is open. */
final class SoakPorts {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String management;
  private final String console;
  private final String login =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(("admin:" + SoakWorld.PASSWORD).getBytes(StandardCharsets.UTF_8));

  SoakPorts(Bundle.Setup setup) {
    management = "http://127.0.0.1:" + setup.value("MANAGEMENT_PORT");
    console = "http://127.0.0.1:" + setup.value("CONSOLE_PORT");
  }

  /** Waits until it is ready: a folder of a server is once to be polled. */
  void awaitReady() {
    await("ready")
        .atMost(Bundle.PATIENCE)
        .until(
            () -> {
              List<String> troubles = new ArrayList<>();
              ready(troubles);
              return troubles.isEmpty();
            });
  }

  /** Adds a trouble where it is not ready. */
  void ready(List<String> troubles) throws InterruptedException {
    ask(management + "/observe/health/ready", "UP", troubles);
  }

  /** Adds a trouble for each page that can't be had. */
  void look(List<String> troubles) throws InterruptedException {
    ask(management + "/observe/metrics", "onefile_requests", troubles);
    ask(management + "/observe/health", "UP", troubles);
    ask(console + "/hawtio/", "html", troubles);
  }

  private void ask(String url, String wanted, List<String> troubles) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(TIMEOUT)
            .header("Authorization", login)
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200 || !answer.body().contains(wanted)) {
        troubles.add("%s: %d %s".formatted(url, answer.statusCode(), answer.body()));
      }
    } catch (IOException e) {
      troubles.add(url + ": " + e);
    }
  }
}
