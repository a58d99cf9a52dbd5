package uk.onefileroutes.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A running bundle with both ports open, and what it takes to call them. */
public final class PortsFixture implements AutoCloseable {
  public static final String USER = "operator";
  public static final String PASSWORD = "invented-password-of-a-test";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  public final TestBundle bundle;
  public final String management;
  public final String console;
  private final HttpClient client = HttpClient.newHttpClient();

  private PortsFixture(TestBundle bundle, String management, String console) {
    this.bundle = bundle;
    this.management = management;
    this.console = console;
  }

  public static PortsFixture start(TestBundle.Setup setup) throws Exception {
    int management = FreePort.find();
    int console = FreePort.find();
    TestBundle bundle =
        TestBundle.start(
            setup
                .withKey("camel.main.jmxManagementMBeansLevel", "Default")
                .withKey("management.port", Integer.toString(management))
                .withKey("console.port", Integer.toString(console))
                .withKey("management.user", USER)
                .withKey("management.password", PASSWORD));
    return new PortsFixture(
        bundle, "http://127.0.0.1:" + management, "http://127.0.0.1:" + console + "/hawtio");
  }

  /** The headers of the right login. */
  public static Map<String, String> login() {
    return login(USER, PASSWORD);
  }

  public static Map<String, String> login(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
  }

  public HttpResponse<String> call(String method, String url, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send(method, url, "", headers);
  }

  public HttpResponse<String> get(String url, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send("GET", url, "", headers);
  }

  public HttpResponse<String> post(String url, Object body, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send("POST", url, JSON.writeValueAsString(body), headers);
  }

  /** A request to Jolokia to do something. */
  public static Map<String, Object> exec(String mbean, String operation, List<?> arguments) {
    return Map.of("type", "exec", "mbean", mbean, "operation", operation, "arguments", arguments);
  }

  /** What Jolokia answers to a request, as our own pages ask. */
  public JsonNode jolokia(String base, Object request) throws IOException, InterruptedException {
    HttpResponse<String> answer = post(base, request, login());
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() throws IOException {
    bundle.close();
  }

  private HttpResponse<String> send(
      String method, String url, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(DEADLINE)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::setHeader);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
