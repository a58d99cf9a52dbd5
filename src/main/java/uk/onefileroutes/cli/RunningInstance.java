package uk.onefileroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.AuditControl;
import uk.onefileroutes.management.Caller;
import uk.onefileroutes.management.Check;
import uk.onefileroutes.management.GeneratedPassword;
import uk.onefileroutes.management.ManagementServer;
import uk.onefileroutes.management.Status;
import uk.onefileroutes.verification.Report;

/** Talks to the MBeans of the instance that runs with this configuration, over its port. */
final class RunningInstance implements Operations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Check.Finding>> FINDINGS = new TypeReference<>() {};
  private static final TypeReference<List<AuditControl.EntryNow>> ENTRIES =
      new TypeReference<>() {};
  private static final Duration CONNECT = Duration.ofSeconds(5);
  // a cancel of a million rows takes a while
  private static final Duration ANSWER = Duration.ofMinutes(10);
  private static final String FILES = "Files";
  private static final String ALARMS = "Alarms";
  private static final String DELIVERY = "Delivery";
  private static final String PLAN = "Plan";
  private static final String VERIFICATION = "Verification";

  private final HttpClient http;
  private final URI address;
  private final String login;

  private RunningInstance(HttpClient http, URI address, String login) {
    this.http = http;
    this.address = address;
    this.login = login;
  }

  /**
   * The instance that runs; empty where nothing listens.
   *
   * @throws CommandFailure if something does but it can't be talked to
   */
  static Optional<RunningInstance> find(Folders folders) throws CommandFailure {
    try {
      Configuration.Management management = Configuration.managementOf(folders);
      if (management.port().isEmpty()) {
        return Optional.empty();
      }
      String password = management.password().or(() -> generated(folders)).orElse("");
      String host = management.host();
      if (host.equals("0.0.0.0") || host.equals("::")) {
        host = "127.0.0.1";
      }
      String authority = (host.contains(":") ? "[" + host + "]" : host);
      URI address =
          URI.create(
              (management.key().isPresent() ? "https://" : "http://")
                  + authority
                  + ":"
                  + management.port().getAsInt()
                  + ManagementServer.MBEANS);
      String login =
          Base64.getEncoder()
              .encodeToString(
                  (management.user() + ":" + password).getBytes(StandardCharsets.UTF_8));
      HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(CONNECT);
      management.key().ifPresent(key -> http.sslContext(key.clients()));
      RunningInstance instance = new RunningInstance(http.build(), address, login);
      return instance.isThere() ? Optional.of(instance) : Optional.empty();
    } catch (ConfigurationFault e) {
      throw CommandFailure.of(e);
    }
  }

  private static Optional<String> generated(Folders folders) {
    try {
      return GeneratedPassword.read(folders.data());
    } catch (IOException e) { // not ours to read: the answer 401 will say so
      return Optional.empty();
    }
  }

  private boolean isThere() throws CommandFailure {
    try {
      ask(JSON.createObjectNode().put("type", "version"));
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      throw silent(e);
    }
  }

  @Override
  public Status status() throws CommandFailure {
    ObjectNode request = request("read", DELIVERY).put("attribute", "Status");
    return read(call(request), Status.class);
  }

  @Override
  public String release(String file) throws CommandFailure {
    return execute(FILES, "release", file);
  }

  @Override
  public String cancel(String file) throws CommandFailure {
    return execute(FILES, "cancel", file);
  }

  @Override
  public String retry(String file) throws CommandFailure {
    return execute(FILES, "retry", file);
  }

  @Override
  public String retryCode(String code) throws CommandFailure {
    return execute(FILES, "retryCode", code);
  }

  @Override
  public String retryLearner(String learner) throws CommandFailure {
    return execute(FILES, "retryLearner", learner);
  }

  @Override
  public String retryBlocked() throws CommandFailure {
    return execute(FILES, "retryBlocked");
  }

  @Override
  public String details(String file) throws CommandFailure {
    return execute(FILES, "details", file);
  }

  @Override
  public String forget(String file) throws CommandFailure {
    return execute(FILES, "forget", file);
  }

  @Override
  public String forgetLearner(String learner) throws CommandFailure {
    return execute(FILES, "forgetLearner", learner);
  }

  @Override
  public String forgetAll() throws CommandFailure {
    return execute(FILES, "forgetAll");
  }

  /** Begins to compare the slots that a file names. */
  String verify(String file) throws CommandFailure {
    return execute(VERIFICATION, "verify", file);
  }

  /** Begins to compare the slots of a learner. */
  String verifyLearner(String learner) throws CommandFailure {
    return execute(VERIFICATION, "verifyLearner", learner);
  }

  /** Begins to compare all slots. */
  String verifyAll() throws CommandFailure {
    return execute(VERIFICATION, "verifyAll");
  }

  /** What would happen with a file, as JSON. */
  String plan(String file, String feed, String outputs) throws CommandFailure {
    return execute(PLAN, "planBy", file, feed, outputs);
  }

  /** How the comparison stands. */
  Report verification() throws CommandFailure {
    ObjectNode request = request("read", VERIFICATION).put("attribute", "Report");
    return read(call(request), Report.class);
  }

  @Override
  public String pause(String why) throws CommandFailure {
    return execute(DELIVERY, "pause", why);
  }

  @Override
  public String resume() throws CommandFailure {
    return execute(DELIVERY, "resume");
  }

  @Override
  public String backup() throws CommandFailure {
    try {
      return execute(FILES, "backup");
    } catch (CommandFailure e) { // the disk's fault, not that of what was asked for
      throw e.exitCode() == ExitCode.FAULTS_IN_DATA
          ? new CommandFailure(ExitCode.ENVIRONMENT, String.valueOf(e.getMessage()))
          : e;
    }
  }

  @Override
  public String erase(String learner) throws CommandFailure {
    return execute("Retention", "erase", learner);
  }

  @Override
  public List<AuditControl.EntryNow> audit(int most) throws CommandFailure {
    try {
      return JSON.readValue(execute("Audit", "entries", String.valueOf(most)), ENTRIES);
    } catch (JsonProcessingException e) {
      throw strange(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String testAlarms() throws CommandFailure {
    return execute(ALARMS, "sendTest");
  }

  /** Looks whether everything is there that the instance needs, from within it. */
  List<Check.Finding> check() throws CommandFailure {
    try {
      return JSON.readValue(execute(DELIVERY, "check"), FINDINGS);
    } catch (JsonProcessingException e) {
      throw strange(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    // the client has nothing open that outlives a request
  }

  private String execute(String mbean, String operation, String... arguments)
      throws CommandFailure {
    ObjectNode request = request("exec", mbean).put("operation", operation);
    for (String argument : arguments) {
      request.withArray("arguments").add(argument);
    }
    return call(request).asText();
  }

  private static ObjectNode request(String type, String mbean) {
    return JSON.createObjectNode().put("type", type).put("mbean", "onefile:type=" + mbean);
  }

  private JsonNode call(ObjectNode request) throws CommandFailure {
    try {
      return ask(request);
    } catch (IOException e) {
      throw silent(e);
    }
  }

  private JsonNode ask(ObjectNode request) throws IOException, CommandFailure {
    HttpRequest post =
        HttpRequest.newBuilder(address)
            .timeout(ANSWER)
            .header("Authorization", "Basic " + login)
            .header("Content-Type", "application/json")
            .header(Caller.HEADER, Caller.COMMAND + Caller.ofProcess("command").who())
            .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
            .build();
    HttpResponse<String> response;
    try {
      response = http.send(post, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.ENVIRONMENT, "Interrupted.");
    }
    if (response.statusCode() == 401) {
      throw new CommandFailure(
          ExitCode.CONFIGURATION,
          ("The instance at %s refuses the login. Give it as MANAGEMENT_USER and"
                  + " MANAGEMENT_PASSWORD, or run this as the user who may read the password in the"
                  + " data folder, with the same --config and --data.")
              .formatted(address.getAuthority()));
    }
    if (response.statusCode() == 429) {
      throw new CommandFailure(
          ExitCode.ENVIRONMENT,
          ("Somebody tries many logins at the instance at %s, and yours found no room among them."
                  + " Its log says from where. Try again in a moment.")
              .formatted(address.getAuthority()));
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw strange("HTTP " + response.statusCode());
    }
    if (answer.path("status").asInt() == 200) {
      return answer.path("value");
    }
    if (answer.path("error").isMissingNode()) {
      throw strange("HTTP " + response.statusCode());
    }
    throw new CommandFailure(ExitCode.FAULTS_IN_DATA, sentence(answer.path("error").asText()));
  }

  /** Without the exceptions around it. */
  private static String sentence(String error) {
    return error.replaceFirst("^(?:[\\w.$]+(?:Exception|Error)\\s*:\\s*)+", "");
  }

  private <T> T read(JsonNode value, Class<T> type) throws CommandFailure {
    try {
      return JSON.readValue(value.asText(), type);
    } catch (JsonProcessingException e) {
      throw strange(String.valueOf(e.getMessage()));
    }
  }

  private CommandFailure strange(String what) {
    return new CommandFailure(
        ExitCode.ENVIRONMENT,
        "What answers at %s is not this version of the bundle (%s)."
            .formatted(address.getAuthority(), what));
  }

  private CommandFailure silent(IOException e) {
    return new CommandFailure(
        ExitCode.ENVIRONMENT,
        "The instance at %s does not answer: %s".formatted(address.getAuthority(), e));
  }
}
