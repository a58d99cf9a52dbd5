package uk.onefileroutes.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.testing.PortsFixture.exec;
import static uk.onefileroutes.testing.PortsFixture.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.testing.Browser;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.users.NewUser;

/** People with names and roles at both ports, over plain HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPERATIONS = "onefile:type=Operations";

  /** Most of it is invalid: held. */
  private static final String HELD =
      "learner_id,kind,role,assignee_id\n1,default,assessor,2\n"
          + "3,default,assessor,nobody\n".repeat(29);

  @TempDir static Path folder;
  private Path users;
  private PortsFixture ports;

  @BeforeAll
  void start() throws Exception {
    users = folder.resolve("people");
    writeAll();
    ports =
        PortsFixture.start(
            TestBundle.Setup.plain()
                .withKey("management.users", users.toString())
                .withKey("plan.release.approvals", "2"));
  }

  @AfterAll
  void stop() throws IOException {
    if (ports != null) {
      ports.close();
    }
  }

  /** Both Jolokias go by the same roles. */
  List<String> jolokias() {
    return List.of(ports.management + ManagementServer.MBEANS, ports.console + "/jolokia");
  }

  @ParameterizedTest
  @MethodSource("jolokias")
  void whoMayLookSeesAndDoesNothing(String jolokia) throws Exception {
    for (Map<String, Object> looking :
        List.of(
            Map.<String, Object>of("type", "version"),
            Map.<String, Object>of("type", "list", "path", "onefile"),
            Map.<String, Object>of("type", "search", "mbean", "onefile:*"),
            Map.<String, Object>of("type", "read", "mbean", "onefile:type=Pace"),
            exec("onefile:type=Audit", "entries", List.of("1")),
            exec(context(), "dumpRoutesAsXml()", List.of()),
            exec(OPERATIONS, "call", List.of("status", "[]")))) {
      assertThat(ask(jolokia, "lena", looking).path("status").asInt())
          .as("%s", looking)
          .isEqualTo(200);
    }
    for (Map<String, Object> doing :
        List.of(
            exec("onefile:type=Delivery", "pause", List.of("a try")),
            exec("onefile:type=Delivery", "pause(java.lang.String)", List.of("a try")),
            exec(OPERATIONS, "call", List.of("pause", "[\"a try\"]")),
            exec("onefile:type=Pace", "setPace", List.of("1")))) {
      assertRefused(
          ask(jolokia, "lena", doing), "This needs the role operate, which lena does not have.");
    }
    assertRefused(
        ask(jolokia, "lena", exec("onefile:type=Files", "release", List.of("1"))),
        "This needs the role operate or approve, which lena does not have.");
    assertRefused(
        ask(jolokia, "lena", exec(context(), "stop()", List.of())),
        "This needs the role administer, which lena does not have.");
    assertRefused(
        ask(
            jolokia,
            "lena",
            Map.of("type", "write", "mbean", "onefile:type=Pace", "attribute", "Rate", "value", 9)),
        "This needs the role administer, which lena does not have.");
    assertRefused(
        JSON.readTree(get(jolokia + "/exec/onefile:type=Delivery/pause/a%20try", "lena").body()),
        "This needs the role operate, which lena does not have.");
    assertRefused(
        JSON.readTree(
            get(jolokia + "/exec/onefile:type=Operations/call/pause/%5B%22a%22%5D", "lena").body()),
        "This needs the role operate, which lena does not have.");
    JsonNode both =
        ask(
            jolokia,
            "lena",
            List.of(
                Map.of("type", "read", "mbean", "onefile:type=Pace", "attribute", "State"),
                exec("onefile:type=Delivery", "pause", List.of("a try"))));
    assertThat(both.path(0).path("value").asText()).isEqualTo("open");
    assertRefused(both.path(1), "This needs the role operate, which lena does not have.");
  }

  @ParameterizedTest
  @MethodSource("jolokias")
  void eachDoesWhatTheRoleAllows(String jolokia) throws Exception {
    assertDone(ask(jolokia, "otto", exec("onefile:type=Pace", "setPace", List.of("100"))));
    assertDone(ask(jolokia, "otto", exec("onefile:type=Pace", "resetPace", List.of())));
    assertRefused(
        ask(jolokia, "otto", exec("onefile:type=Files", "backup", List.of())),
        "This needs the role administer, which otto does not have.");
    assertRefused(
        ask(jolokia, "otto", exec(OPERATIONS, "call", List.of("erase", "[\"1\"]"))),
        "This needs the role administer, which otto does not have.");
    assertRefused(
        ask(jolokia, "anna", exec("onefile:type=Files", "cancel", List.of("1"))),
        "This needs the role operate, which anna does not have.");
    assertDone(ask(jolokia, "ada", exec("onefile:type=Files", "backup", List.of())));
    JsonNode stop = ask(jolokia, "ada", exec(context(), "stop()", List.of()));
    assertThat(stop.path("status").asInt()).as("what is never allowed").isEqualTo(403);
  }

  @Test
  void aNameInTheRequestIsNobodysName() throws Exception {
    Map<String, String> headers = new HashMap<>(login("lena", password("lena")));
    headers.put("X-Onefile-Client", "command/ada");
    headers.put("X-Forwarded-User", "ada");
    Map<String, Object> pause = new HashMap<>(exec("onefile:type=Delivery", "pause", List.of("x")));
    pause.put("user", "ada");
    pause.put("password", password("ada"));
    pause.put("target", Map.of("user", "ada"));
    HttpResponse<String> answer =
        ports.post(ports.management + ManagementServer.MBEANS, pause, headers);
    assertRefused(
        JSON.readTree(answer.body()), "This needs the role operate, which lena does not have.");
  }

  @Test
  void pagesAreForAllWhoLogInAndSayWhoThatIs() throws Exception {
    for (String path : List.of("/status/", "/observe/health", "/observe/metrics")) {
      assertThat(get(ports.management + path, "lena").statusCode()).as(path).isEqualTo(200);
      assertThat(ports.get(ports.management + path, login("lena", "wrong")).statusCode())
          .isEqualTo(401);
    }
    JsonNode lena = JSON.readTree(get(ports.management + "/status/me", "lena").body());
    assertThat(lena.path("user").asText()).isEqualTo("lena");
    assertThat(lena.path("verbs"))
        .extracting(JsonNode::asText)
        .contains("status")
        .doesNotContain("pause");
    JsonNode all = JSON.readTree(ports.get(ports.management + "/status/me", login()).body());
    assertThat(all.path("user").asText()).isEqualTo(PortsFixture.USER);
    assertThat(all.path("verbs")).extracting(JsonNode::asText).contains("pause", "erase");
    assertThat(ports.get(ports.management + "/status/me", Map.of()).body())
        .isEqualTo(
            "Log in with management.user and management.password, or as somebody of management.users.\n");
  }

  @Test
  void theAuditHasTheNameHoweverTheClientCallsItself() throws Exception {
    Map<String, String> command = new HashMap<>(login("otto", password("otto")));
    command.put("X-Onefile-Client", "command/root");
    ports.post(
        ports.management + ManagementServer.MBEANS,
        exec("onefile:type=Delivery", "resume", List.of()),
        command);
    assertThat(newest()).containsExactly("otto", "command");
    ask(ports.console + "/jolokia", "vera", exec("onefile:type=Delivery", "resume", List.of()));
    assertThat(newest()).containsExactly("vera", "console");
  }

  @Test
  void twoNamedPeopleLetAHeldFileGoAndTheLastMayApprove() throws Exception {
    ports.bundle.drop("held.csv", HELD);
    String file = Long.toString(ports.bundle.awaitHeldAnswer("held.csv").file().no());

    assertThat(release(file, PortsFixture.USER, PortsFixture.PASSWORD, "page"))
        .contains("nobody knows who uses the login " + PortsFixture.USER);
    assertThat(release(file, "otto", "command/one"))
        .contains("1 of 2 approvals, by otto; it stays held");
    assertThat(release(file, "otto", "command/somebody-else"))
        .contains("1 of 2 approvals, by otto;");
    assertThat(release(file, "vera", "page"))
        .contains(
            "2 of 2 approvals, by otto and vera; it stays held until somebody with the role approve");
    assertThat(release(file, "anna", "command/root")).contains("Released file " + file);
  }

  @Test
  void theFormOfTheConsoleTakesNamesAndASessionEndsWithItsLine() throws Exception {
    write(
        user("lena", "look"),
        user("otto", "operate"),
        user("vera", "operate"),
        user("anna", "approve"),
        user("ada", "administer"),
        user("gast", "operate"));
    String session = session("gast");
    String jolokia = ports.console + "/jolokia";
    Map<String, Object> resume = exec("onefile:type=Delivery", "resume", List.of());
    assertDone(inSession(jolokia, session, resume));
    assertThat(newest()).containsExactly("gast", "console");

    String sessionOfLena = session("lena");
    assertRefused(
        inSession(jolokia, sessionOfLena, resume),
        "This needs the role operate, which lena does not have.");

    writeAll();
    HttpResponse<String> after = ports.post(jolokia, resume, Map.of("Cookie", session));
    assertThat(after.statusCode()).as(after.body()).isEqualTo(403);
    assertThat(
            ports
                .get(ports.management + "/observe/health", login("gast", password("gast")))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void thePageOffersOnlyWhatTheRoleAllows() throws Exception {
    Browser.assumeInstalled();
    assertThat(buttons("lena")).isEmpty();
    assertThat(buttons("otto")).contains("Pause\u2026");
  }

  /** What somebody may do with delivery, as the page has it. */
  private List<String> buttons(String name) throws Exception {
    try (Browser browser = Browser.start(Files.createTempDirectory(folder, "profile"))) {
      String login = name + ":" + password(name).replace(" ", "%20") + "@";
      browser.go(ports.management.replace("//", "//" + login) + "/status/");
      browser.awaitText("You are logged in as " + name + ".", "As of ");
      List<String> labels = new ArrayList<>();
      browser
          .script(
              "return [...document.querySelectorAll('button')]"
                  + ".filter(one => one.checkVisibility()).map(one => one.textContent)")
          .forEach(label -> labels.add(label.asText()));
      return labels;
    }
  }

  private String session(String name) throws Exception {
    HttpResponse<String> answer =
        ports.post(
            ports.console + "/auth/login",
            Map.of("username", name, "password", password(name)),
            Map.of());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains(name).doesNotContain("$2y$", password(name));
    return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }

  private JsonNode inSession(String jolokia, String session, Object request) throws Exception {
    return JSON.readTree(ports.post(jolokia, request, Map.of("Cookie", session)).body());
  }

  private String release(String file, String name, String client) throws Exception {
    return release(file, name, password(name), client);
  }

  private String release(String file, String name, String password, String client)
      throws Exception {
    Map<String, String> headers = new HashMap<>(login(name, password));
    headers.put("X-Onefile-Client", client);
    return ports
        .post(
            ports.management + ManagementServer.MBEANS,
            exec("onefile:type=Files", "release", List.of(file)),
            headers)
        .body();
  }

  /** Who did the last thing, and by which way. */
  private List<String> newest() throws Exception {
    JsonNode entry =
        ask(
                ports.management + ManagementServer.MBEANS,
                "lena",
                Map.of("type", "read", "mbean", "onefile:type=Audit", "attribute", "Newest"))
            .path("value")
            .path(0);
    return List.of(entry.path("who").asText(), entry.path("way").asText());
  }

  private JsonNode ask(String jolokia, String name, Object request) throws Exception {
    HttpResponse<String> answer = ports.post(jolokia, request, login(name, password(name)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> get(String url, String name) throws Exception {
    return ports.get(url, login(name, password(name)));
  }

  private static void assertRefused(JsonNode answer, String sentence) {
    assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(403);
    assertThat(answer.path("error").asText()).as("%s", answer).endsWith(sentence);
    assertThat(answer.has("stacktrace")).isFalse();
  }

  private static void assertDone(JsonNode answer) {
    assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(200);
  }

  private String context() {
    String name = ports.bundle.instance().camel().getName();
    return "org.apache.camel:context=%s,type=context,name=\"%s\"".formatted(name, name);
  }

  private static String password(String name) {
    return "the password of " + name;
  }

  private static String user(String name, String roles) {
    return NewUser.line(name, password(name), roles);
  }

  private void writeAll() throws IOException {
    write(
        user("lena", "look"),
        user("otto", "operate"),
        user("vera", "operate"),
        user("anna", "approve"),
        user("ada", "administer"));
  }

  private void write(String... lines) throws IOException {
    Path next = folder.resolve("next");
    Files.write(next, List.of(lines));
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
    Files.move(next, users, StandardCopyOption.ATOMIC_MOVE);
  }
}
