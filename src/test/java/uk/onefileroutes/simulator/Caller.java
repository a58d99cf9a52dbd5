package uk.onefileroutes.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client of the simulator with a session of its own. */
final class Caller {
  static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Simulator simulator;
  private final String token;

  private Caller(Simulator simulator, String token) {
    this.simulator = simulator;
    this.token = token;
  }

  static Caller of(Simulator simulator) throws Exception {
    HttpResponse<String> answer = authenticate(simulator, SimulatorOptions.DEFAULT_CUSTOMER_TOKEN);
    if (answer.statusCode() != 200) {
      throw new IOException("authentication answered " + answer.statusCode());
    }
    return new Caller(simulator, answer.body());
  }

  static HttpResponse<String> authenticate(Simulator simulator, String customerToken)
      throws Exception {
    return send(
        at(simulator.baseUrl() + "/Authentication")
            .header("X-CustomerToken", customerToken)
            .POST(BodyPublishers.noBody()));
  }

  static HttpRequest.Builder at(String address) {
    return HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20));
  }

  static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  /** A request below the base URL that has the session and says that it is JSON. */
  HttpRequest.Builder request(String path) {
    return at(simulator.baseUrl() + path)
        .header("X-TokenID", token)
        .header("Content-Type", "application/json");
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  CompletableFuture<HttpResponse<String>> postLater(String path, String body) {
    return HTTP.sendAsync(
        request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }
}
