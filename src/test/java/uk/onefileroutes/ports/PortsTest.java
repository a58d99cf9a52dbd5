package uk.onefileroutes.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static uk.onefileroutes.testing.PortsFixture.exec;
import static uk.onefileroutes.testing.PortsFixture.login;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.TestBundle;

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

  @Test
  void monitorsAndCurlAreAnsweredHoweverTheyAsk() throws Exception {
    Map<String, String> form = new HashMap<>(login());
    form.put("Content-Type", "application/x-www-form-urlencoded"); // curl -d
    HttpResponse<String> state =
        ports.post(
            ports.management + ManagementServer.MBEANS, read("onefile:type=Pace", "State"), form);
    assertThat(state.body()).contains("\"value\":\"open\"");
    assertThat(ports.get(ports.management + "//observe/health/", login()).body()).contains("UP");

    Map<String, String> prometheus = new HashMap<>(login());
    prometheus.put("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    HttpResponse<String> metrics = ports.get(ports.management + "/observe/metrics", prometheus);
    assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(metrics.body()).endsWith("# EOF\n");
    assertThat(ports.get(ports.management + "/observe/metrics", login()).headers().map())
        .containsEntry("content-type", List.of("text/plain; version=0.0.4; charset=utf-8"));

    HttpResponse<String> all =
        ports.get(ports.management + "/observe/health?exposureLevel=full&data=true", login());
    assertThat(all.body())
        .startsWith("{\"status\":\"UP\",\"checks\":[{")
        .contains("\"name\":\"context\",\"status\":\"UP\",\"data\":{");
    HttpResponse<String> other = ports.call("POST", ports.management + "/observe/health", login());
    assertThat(other.statusCode()).isEqualTo(405);
    assertThat(other.headers().firstValue("Allow")).hasValue("GET, HEAD");
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
    String route = context().replaceAll("type=context,.*", "type=routes,name=\"deliver\"");
    for (String operation :
        List.of(
            "start()",
            "stop()",
            "stop(long)",
            "stopAndFail()",
            "restart()",
            "restart(long)",
            "suspend()",
            "resume()",
            "shutdown()",
            "remove()",
            "reset()",
            "updateRouteFromXml(java.lang.String)")) {
      forbidden.add(exec(route, operation, operation.contains("long") ? List.of(1) : List.of()));
    }
    for (String operation :
        List.of(
            "start()",
            "restart()",
            "suspend()",
            "resume()",
            "startAllRoutes()",
            "reset(boolean)",
            "canSendToEndpoint(java.lang.String)",
            "removeEndpoints(java.lang.String)")) {
      forbidden.add(exec(context, operation, List.of()));
    }
    forbidden.add(
        Map.of("type", "write", "mbean", route, "attribute", "TracingEnabled", "value", true));
    forbidden.add(
        Map.of("type", "write", "mbean", "onefile:type=Pace", "attribute", "Rate", "value", 9));
    forbidden.add(exec("java.util.logging:type=Logging", "setLoggerLevel", List.of("", "FINEST")));
    forbidden.add(exec("hawtio:type=QuartzFacade", "updateSimpleTrigger", List.of()));
    for (String operation : List.of("deleteJob", "pauseAll", "standby", "clear", "shutdown")) {
      forbidden.add(exec(scheduler(jolokia), operation, List.of()));
    }
    for (Map<String, Object> request : forbidden) {
      JsonNode answer = ports.jolokia(jolokia, request);
      assertThat(answer.path("status").asInt()).as("%s: %s", request, answer).isEqualTo(403);
      assertThat(answer.has("stacktrace")).isFalse();
    }
    JsonNode answers = ports.jolokia(jolokia, forbidden); // all in one
    assertThat(answers).hasSize(forbidden.size());
    answers.forEach(
        answer -> assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(403));
    for (String path :
        List.of(
            "/exec/" + route + "/stop()",
            "/exec/" + context + "/suspend()",
            "/exec/java.lang:type=Memory/gc",
            "/write/" + route + "/TracingEnabled/true",
            "/read/java.lang:type=Runtime/SystemProperties")) {
      String asked = jolokia + path.replace("\"", "%22");
      HttpResponse<String> answer = ports.get(asked, login());
      assertThat(answer.body()).as(path).contains("\"status\":403");
    }
    assertThat(ports.bundle.instance().camel().getRouteController().getRouteStatus("deliver"))
        .isEqualTo(ServiceStatus.Started);
  }

  private static String scheduler(String jolokia) throws Exception {
    return ports
        .jolokia(jolokia, Map.of("type", "search", "mbean", "quartz:type=QuartzScheduler,*"))
        .path("value")
        .path(0)
        .asText();
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
    assertThat(data.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(data.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
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
