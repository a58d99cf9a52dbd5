package uk.onefileroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.ConfigurationParts;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.config.PortAccess;
import uk.onefileroutes.management.Json;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.OperationsControl.Answered;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.ports.GeneratedPassword;
import uk.onefileroutes.ports.ManagementServer;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.tls.ServerKey;

/**
 * The verbs of the instance that runs with this configuration, called over its management port:
 * each by its name, with arguments and answer as JSON. Thread-safe.
 */
final class RunningInstance implements InvocationHandler {
  private final ManagementPort port;
  private final String account;

  private RunningInstance(ManagementPort port, String account) {
    this.port = port;
    this.account = account;
  }

  /**
   * The instance that runs; empty where nothing listens.
   *
   * @throws Refused if something does but it can't be talked to
   */
  static Optional<Operations> find(Folders folders) throws Refused, ConfigurationFault {
    return find(folders, "");
  }

  /**
   * The same for one account.
   *
   * @param account empty: there are no accounts, or none is meant
   */
  static Optional<Operations> find(Folders folders, String account)
      throws Refused, ConfigurationFault {
    PortAccess management = ConfigurationParts.management(folders);
    if (management.port().isEmpty()) {
      return Optional.empty();
    }
    String password = management.login().password().or(() -> generated(folders)).orElse("");
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
    return at(
        new ManagementPort(
            address,
            management.key().map(ServerKey::clients).orElse(null),
            management.login().user() + ":" + password),
        account);
  }

  /**
   * @param account as of {@link #find(Folders, String)}
   */
  static Optional<Operations> at(ManagementPort port, String account) throws Refused {
    RunningInstance instance = new RunningInstance(port, account);
    return instance.exists()
        ? Optional.of(
            (Operations)
                Proxy.newProxyInstance(
                    Operations.class.getClassLoader(), new Class<?>[] {Operations.class}, instance))
        : Optional.empty();
  }

  private static Optional<String> generated(Folders folders) {
    try {
      return GeneratedPassword.read(folders.data());
    } catch (IOException e) { // not ours to read: the answer 401 will say so
      return Optional.empty();
    }
  }

  private boolean exists() throws Refused {
    try {
      ask(Json.MAPPER.createObjectNode().put("type", "version"));
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      throw silent(e);
    }
  }

  @Override
  public Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(this, arguments);
    }
    ObjectNode request =
        Json.MAPPER
            .createObjectNode()
            .put("type", "exec")
            .put(
                "mbean",
                "onefile:type=Operations" + (account.isEmpty() ? "" : ",account=" + account))
            .put("operation", "call");
    request
        .putArray("arguments")
        .add(method.getName())
        .add(Json.MAPPER.writeValueAsString(arguments == null ? List.of() : List.of(arguments)));
    try {
      Answered answered = Json.MAPPER.readValue(ask(request).asText(), Answered.class);
      if (answered.refusal() != null) {
        throw new Refused(answered.refusal());
      }
      if (answered.answer() == null) {
        throw strange("it answers nothing");
      }
      return Json.MAPPER
          .readerFor(Json.MAPPER.constructType(method.getGenericReturnType()))
          .readValue(answered.answer());
    } catch (JsonProcessingException e) {
      throw strange(e.getOriginalMessage());
    } catch (IOException e) {
      throw silent(e);
    }
  }

  private JsonNode ask(ObjectNode request) throws IOException, Refused {
    ManagementPort.Answer response = port.post(request.toString());
    if (response.status() == 401) {
      throw new Refused(
          new Refusal(
              Code.LOGIN,
              "The instance at %s refuses the login.".formatted(port.address().getAuthority()),
              "Give it as MANAGEMENT_USER and MANAGEMENT_PASSWORD, or run this as the user who may"
                  + " read the password in the data folder, with the same --config and --data."));
    }
    if (response.status() == 429) {
      throw new Refused(
          new Refusal(
              Code.NO_ANSWER,
              ("Somebody tries many logins at the instance at %s, and yours found no room among"
                      + " them. Its log says from where.")
                  .formatted(port.address().getAuthority()),
              "Try again in a moment."));
    }
    JsonNode answer;
    try {
      answer = Json.MAPPER.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw strange("HTTP " + response.status());
    }
    if (answer.path("status").asInt() == 403) {
      throw new Refused(
          new Refusal(
              Code.LOGIN,
              answer.path("error").asText().replaceFirst("^[\\w.$]+ : ", ""),
              "Log in as somebody who has it by MANAGEMENT_USER and MANAGEMENT_PASSWORD."));
    }
    if (answer.path("status").asInt() == 404 && !account.isEmpty()) {
      throw new Refused(
          new Refusal(
              Code.NOT_FOUND,
              "The instance at %s does not serve the account %s."
                  .formatted(port.address().getAuthority(), account),
              "Restart it, if the account's file came after its start."));
    }
    if (answer.path("status").asInt() != 200) {
      throw strange("HTTP " + answer.path("status").asInt(response.status()));
    }
    return answer.path("value");
  }

  private Refused strange(String what) {
    return new Refused(
        Code.OTHER_VERSION,
        "What answers at %s is not this version of the bundle (%s)."
            .formatted(port.address().getAuthority(), what));
  }

  private Refused silent(IOException e) {
    return new Refused(
        Code.NO_ANSWER,
        "The instance at %s does not answer: %s"
            .formatted(port.address().getAuthority(), Causes.words(e)));
  }
}
