package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static uk.onefileroutes.management.PortsFixture.exec;
import static uk.onefileroutes.management.PortsFixture.login;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.TestBundle;
import uk.onefileroutes.simulator.SimulatorOptions;

/** Who may ask what on the management port and at the console, over plain HTTP. */
class PortsTest {
  private static final Map<String, String> NOBODY = Map.of();

  private static PortsFixture ports;

  @BeforeAll
  static void start() throws Exception {
    ports = PortsFixture.start(TestBundle.Setup.plain());
  }

  @AfterAll
  static void stop() throws IOException {
    if (ports != null) {
      ports.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/observe",
        "/observe/",
        "/observe/health",
        "/observe/health/",
        "/observe/health/live",
        "/observe/health/ready",
        "/observe/metrics",
        "/observe/metrics/",
        "/observe/jolokia",
        "/observe/jolokia/",
        "/observe/jolokia/version",
        "/observe/jolokia/read/onefile:type=Pace",
        "/observe/jolokia?maxDepth=1",
        "/status",
        "/status/",
        "/status/main.js",
        "/status/page.css",
        "/status//main.js",
        "/%73tatus/",
        "/no-such-path",
        "/x/..;/observe/health",
        "/x/../observe/health",
        "//observe/health",
        "/observe//metrics",
        "/%2e/observe/health",
        "/x/%2e%2e/observe/jolokia/version",
        "/%6fbserve/metrics",
        "/observe/health;x=1",
        "/OBSERVE/HEALTH"
      })
  void nothingOnTheManagementPortAnswersWithoutTheLogin(String path) throws Exception {
    for (String method : List.of("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH")) {
      HttpResponse<String> answer = ports.call(method, ports.management + path, NOBODY);
      assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(401);
      assertThat(answer.body()).doesNotContain("UP", "camel", "agent");
    }
  }

  @Test
  void healthAndMetricsAnswerTheLogin() throws Exception {
    for (String path : List.of("", "/live", "/ready")) {
      HttpResponse<String> health = ports.get(ports.management + "/observe/health" + path, login());
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).contains("\"status\":\"UP\"");
    }
    HttpResponse<String> metrics = ports.get(ports.management + "/observe/metrics", login());
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body()).contains("camel_exchanges_total{", "routeId=\"deliver\"");
    assertThat(metrics.body()).contains("jvm_memory_used_bytes{", "process_uptime_seconds");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/user",
        "/jolokia",
        "/jolokia/version",
        "/jolokia/read/onefile:type=Pace",
        "/x/..;/jolokia/version",
        "/%6aolokia/version"
      })
  void theConsoleShowsNobodyAnything(String path) throws Exception {
    HttpResponse<String> answer = ports.get(ports.console + path, NOBODY);
    assertThat(answer.statusCode()).isIn(400, 403);
    assertThat(answer.body()).doesNotContain("agent", "paused");
  }

  /** Both Jolokias obey one policy. */
  static List<String> jolokias() {
    return List.of(ports.management + ManagementServer.MBEANS, ports.console + "/jolokia");
  }

  @ParameterizedTest
  @MethodSource("jolokias")
  void whatHoldsSecretsOrChangesRoutesIsRefused(String jolokia) throws Exception {
    String context = context();
    String tracer = context().replace("type=context", "type=tracer");
    List<Map<String, Object>> forbidden = new ArrayList<>();
    for (String attribute : List.of("SystemProperties", "InputArguments", "ClassPath")) {
      forbidden.add(read("java.lang:type=Runtime", attribute));
    }
    forbidden.add(read("java.util.logging:type=Logging", "LoggerNames"));
    forbidden.add(read(tracer, "Enabled"));
    for (String operation : List.of("vmSystemProperties", "vmCommandLine", "help", "gcHeapDump")) {
      forbidden.add(exec("com.sun.management:type=DiagnosticCommand", operation, List.of()));
    }
    forbidden.add(
        exec("com.sun.management:type=HotSpotDiagnostic", "dumpHeap", List.of("x.hprof", true)));
    forbidden.add(exec("java.util.logging:type=Logging", "getLoggerLevel", List.of("")));
    forbidden.add(exec("java.lang:type=Memory", "gc", List.of()));
    forbidden.add(exec(context, "sendBody(java.lang.String,java.lang.Object)", List.of("a", "b")));
    forbidden.add(exec(context, "requestBody", List.of("direct:plan-file", "1")));
    forbidden.add(exec(context, "addOrUpdateRoutesFromXml", List.of("<routes/>")));
    forbidden.add(exec(context, "createEndpoint(java.lang.String)", List.of("file:/tmp")));
    forbidden.add(exec(context, "stop()", List.of()));
    forbidden.add(exec(tracer, "dumpAllTracedMessagesAsXml()", List.of()));
    forbidden.add(Map.of("type", "write", "mbean", context, "attribute", "Tracing", "value", true));
    for (Map<String, Object> request : forbidden) {
      JsonNode answer = ports.jolokia(jolokia, request);
      assertThat(answer.path("status").asInt()).as("%s: %s", request, answer).isEqualTo(403);
      assertThat(answer.has("stacktrace")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("jolokias")
  void whatTheCommandsAndPicturesNeedIsAllowed(String jolokia) throws Exception {
    JsonNode state = ports.jolokia(jolokia, read("onefile:type=Pace", "State"));
    assertThat(state.path("value").asText()).isEqualTo("open");
    JsonNode routes = ports.jolokia(jolokia, exec(context(), "dumpRoutesAsXml()", List.of()));
    assertThat(routes.path("value").asText()).contains("<route id=\"deliver\"");
  }

  @ParameterizedTest
  @MethodSource("jolokias")
  void aPageOfAnotherSiteIsRefused(String jolokia) throws Exception {
    for (Map<String, String> foreign :
        List.of(
            Map.of("Origin", "https://elsewhere.example"),
            Map.of("Origin", "null"),
            Map.of("Sec-Fetch-Site", "cross-site"),
            Map.of("Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "no-cors"))) {
      Map<String, String> headers = new HashMap<>(login());
      headers.putAll(foreign);
      HttpResponse<String> answer = ports.get(jolokia + "/version", headers);
      assertThat(answer.statusCode()).as(foreign.toString()).isEqualTo(403);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
    HttpResponse<String> own = ports.get(jolokia + "/version", login());
    assertThat(own.statusCode()).isEqualTo(200);
    assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void theStatusPageTakesNothingFromElsewhereAndIsInNobodysFrame() throws Exception {
    HttpResponse<String> page = ports.get(ports.management + "/status/", login());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "http", "*");
    assertThat(page.body()).doesNotContain("style=", "onclick", "http://", "https://");
    for (String shown : List.of("/status/", "/status/main.js", "/observe/health")) {
      HttpResponse<String> answer = ports.get(ports.management + shown, login());
      assertThat(answer.headers().firstValue("X-Content-Type-Options"))
          .as(shown)
          .hasValue("nosniff");
      assertThat(answer.headers().firstValue("Cache-Control")).as(shown).hasValue("no-store");
    }
    HttpResponse<String> data =
        ports.post(
            ports.management + ManagementServer.MBEANS,
            read("onefile:type=Delivery", "Status"),
            login());
    assertThat(data.body()).contains("backlog");
    assertThat(String.join(",", data.headers().allValues("Cache-Control"))).contains("no-");
    assertThat(ports.get(ports.management + "/status/index.html", login()).statusCode())
        .isEqualTo(404);
    for (String entrance : List.of("/", "/status")) {
      HttpResponse<String> answer = ports.get(ports.management + entrance, login());
      assertThat(answer.statusCode()).as(entrance).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location")).hasValue("/status/");
    }
  }

  @Test
  void aLinkFromAnotherSiteLeadsToThePageAndToNothingElse() throws Exception {
    Map<String, String> link = new HashMap<>(login());
    link.put("Sec-Fetch-Site", "cross-site");
    link.put("Sec-Fetch-Mode", "navigate");
    link.put("Sec-Fetch-Dest", "document");
    assertThat(ports.get(ports.management + "/status/", link).statusCode()).isEqualTo(200);
    assertThat(ports.get(ports.management + "/", link).statusCode()).isEqualTo(302);
    for (String other : List.of("/status/main.js", "/observe/health", "/observe/jolokia/version")) {
      assertThat(ports.get(ports.management + other, link).statusCode()).as(other).isEqualTo(403);
    }
    assertThat(ports.call("POST", ports.management + "/status/", link).statusCode()).isEqualTo(403);
    link.put("Sec-Fetch-Dest", "iframe");
    assertThat(ports.get(ports.management + "/status/", link).statusCode()).isEqualTo(403);
    link.remove("Authorization");
    link.put("Sec-Fetch-Dest", "document");
    assertThat(ports.get(ports.management + "/status/", link).statusCode()).isEqualTo(401);
  }

  @Test
  void theSessionIsKeptFromScriptsAndOtherSites() throws Exception {
    HttpResponse<String> answer =
        ports.post(
            ports.console + "/auth/login",
            Map.of("username", PortsFixture.USER, "password", PortsFixture.PASSWORD),
            NOBODY);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain(PortsFixture.PASSWORD);
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Strict", "Path=/hawtio");
  }

  @Test
  void wrongLoginsOnTheManagementPortAreAnsweredLaterAndLater() throws Exception {
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Instant before = Instant.now();
      HttpResponse<String> answer =
          ports.get(ports.management + "/observe/health", login(PortsFixture.USER, "wrong" + i));
      assertThat(answer.statusCode()).isEqualTo(401);
      waits.add(Duration.between(before, Instant.now()));
    }
    // from below only: a machine under load is late, never early
    assertThat(waits.get(0)).isGreaterThanOrEqualTo(Duration.ofMillis(450));
    assertThat(waits.get(2)).isGreaterThanOrEqualTo(Duration.ofMillis(1900));
    assertThat(ports.get(ports.management + "/observe/health", login()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void wrongLoginsAtTheConsoleAreThrottled() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Map<String, String> wrong = Map.of("username", "nobody-we-know", "password", "wrong" + i);
      statuses.add(ports.post(ports.console + "/auth/login", wrong, NOBODY).statusCode());
    }
    assertThat(statuses).startsWith(403).endsWith(429).doesNotContain(200);
    // nor by the other way in
    statuses.clear();
    for (int i = 0; i < 8; i++) {
      Map<String, String> wrong = login("nobody-else", "wrong" + i);
      statuses.add(ports.get(ports.console + "/jolokia/version", wrong).statusCode());
    }
    assertThat(statuses).startsWith(403).endsWith(429).doesNotContain(200);
  }

  @Test
  void onlyTheLoopbackIsListenedTo() throws Exception {
    Path sockets = Path.of("/proc/net/tcp");
    assumeTrue(Files.exists(sockets), "where sockets listen is asked of Linux");
    List<String> lines = new ArrayList<>(Files.readAllLines(sockets));
    lines.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
    for (String url : List.of(ports.management, ports.console)) {
      String port = ":%04X".formatted(URI.create(url).getPort());
      assertThat(lines)
          .map(line -> line.strip().split("\\s+"))
          .filteredOn(columns -> columns[1].endsWith(port) && columns[3].equals("0A"))
          .map(columns -> columns[1].replace(port, ""))
          .as(url)
          .isNotEmpty()
          .isSubsetOf("0100007F", "0000000000000000FFFF00000100007F");
    }
  }

  @ParameterizedTest
  @MethodSource("jolokias")
  void noSecretIsShownAnywhere(String jolokia) throws Exception {
    String rows = "learner_id,kind,role,assignee_id\n501001,default,assessor,700001\n";
    ports.bundle.drop("secrets.csv", rows); // once it is sent, a login was made
    TestBundle.await("a call")
        .until(
            () ->
                ports.bundle.simulator().calls().stream().anyMatch(c -> c.path().contains("User")));
    List<String> shown = new ArrayList<>();
    for (String domain : List.of("onefile", "org.apache.camel", "quartz", "hawtio", "java.lang")) {
      JsonNode found =
          ports.jolokia(jolokia, Map.of("type", "search", "mbean", domain + ":*")).path("value");
      assertThat(found.isArray()).as(domain).isTrue();
      for (JsonNode name : found) {
        shown.add(
            ports
                .jolokia(
                    jolokia,
                    Map.of(
                        "type",
                        "read",
                        "mbean",
                        name.asText(),
                        "config",
                        Map.of("ignoreErrors", "true")))
                .toString());
      }
    }
    assertThat(shown).hasSizeGreaterThan(50);
    shown.add(ports.get(ports.management + "/observe/health", login()).body());
    shown.add(ports.get(ports.management + "/observe/metrics", login()).body());
    assertThat(String.join("\n", shown))
        .contains("deliver")
        .doesNotContain(SimulatorOptions.DEFAULT_CUSTOMER_TOKEN)
        .doesNotContain(PortsFixture.PASSWORD);
  }

  private static String context() {
    String name = ports.bundle.instance().camel().getName();
    return "org.apache.camel:context=%s,type=context,name=\"%s\"".formatted(name, name);
  }

  private static Map<String, Object> read(String mbean, String attribute) {
    return Map.of("type", "read", "mbean", mbean, "attribute", attribute);
  }
}
