package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.onefileroutes.testing.TestBundle.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestBundle.Setup;

/** Two accounts in one process: lakeside by the application's keys, riverside by its own. */
class AccountsTest {
  private static final String PASSWORD = "invented-password-of-a-test";
  private static final String RIVERSIDE_TOKEN = "riverside-customer-token";
  private static final String HEADER = "learner_id,role,kind,assignee_id\n";

  private final int port = FreePort.find();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Simulator riverside;
  private TestBundle bundle;

  private void start(Setup setup) throws Exception {
    riverside =
        Simulator.start(
            SimulatorOptions.defaults().withCallsPerMinute(0).withCustomerToken(RIVERSIDE_TOKEN));
    open.add(riverside);
    bundle =
        TestBundle.start(
            new Setup(
                merged(
                    Map.of(
                        "management.port",
                        Integer.toString(port),
                        "management.user",
                        "operator",
                        "management.password",
                        PASSWORD,
                        "accounts.lakeside.delivery.calls-per-minute",
                        "unlimited",
                        "accounts.riverside.onefile.base-url",
                        riverside.baseUrl(),
                        "accounts.riverside.onefile.customer-token",
                        RIVERSIDE_TOKEN),
                    setup.application()),
                merged(setup.feed(), Map.of("feed.account", "lakeside")),
                Map.of(
                    "river",
                    Map.of(
                        "source", "directory",
                        "directory", "river/in",
                        "results.directory", "river/out",
                        "poll", "100ms",
                        "feed.account", "riverside")),
                setup.farSide(),
                setup.time()));
    open.add(bundle);
  }

  private static Map<String, String> merged(Map<String, String> keys, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(keys);
    all.putAll(more);
    return all;
  }

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private void dropAtRiverside(String name, String text) throws Exception {
    Path in = bundle.data().resolve("river/in");
    Files.writeString(in.resolve("." + name), text);
    Files.move(in.resolve("." + name), in.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private String riversideResults(String name) throws Exception {
    Path results = bundle.data().resolve("river/out").resolve(name);
    await(name).until(() -> Files.exists(results));
    return Files.readString(results);
  }

  private Said said(String line) {
    return Said.by(
        Stream.concat(Stream.of("--routes", "routes"), Stream.of(bundle.arguments(line)))
            .toArray(String[]::new));
  }

  private String get(String path) throws Exception {
    String login =
        Base64.getEncoder()
            .encodeToString(("operator:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Basic " + login)
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void eachIsServedByItsOwnTokenAndKnowsNothingOfTheOthersSlots() throws Exception {
    start(Setup.plain());
    bundle.drop("export.csv", HEADER + "1,assessor,default,2\n");
    assertThat(bundle.awaitResults("export.csv")).content().contains(",sent,");
    dropAtRiverside("export.csv", HEADER + "1,assessor,default,2\n");
    assertThat(riversideResults("export.results.csv")).contains(",sent,");
    assertThat(bundle.assignments()).isEqualTo(1);
    assertThat(riverside.calls()).anyMatch(call -> call.path().endsWith("/User/1"));

    // health, metrics, MBeans
    JsonNode health = new ObjectMapper().readTree(get("/observe/health?exposureLevel=full"));
    assertThat(health.path("status").asText()).isEqualTo("UP");
    assertThat(health.path("checks").findValuesAsText("account")).contains("lakeside", "riverside");
    String metrics = get("/observe/metrics");
    assertThat(metrics)
        .contains("onefile_calls_total{account=\"lakeside\"}")
        .contains("onefile_calls_total{account=\"riverside\"}")
        .containsPattern("camel_exchanges_total\\{account=\"riverside\"")
        .containsOnlyOnce("# TYPE onefile_requests gauge")
        .containsOnlyOnce("# TYPE process_uptime_seconds gauge");
    assertThat(
            ManagementFactory.getPlatformMBeanServer()
                .isRegistered(new ObjectName("onefile:type=Pace,account=riverside")))
        .isTrue();

    // commands
    Said status = said("status");
    assertThat(status.exitCode()).isZero();
    assertThat(status.out()).contains("Account   lakeside", "Account   riverside");
    JsonNode json = new ObjectMapper().readTree(said("status --json").out());
    assertThat(json.path("riverside").path("files").findValuesAsText("no")).containsExactly("2");
    assertThat(json.path("lakeside").path("files").findValuesAsText("no")).containsExactly("1");
    assertThat(said("status 2").out()).contains("export.csv");
    assertThat(said("status export.csv"))
        .satisfies(
            refused -> {
              assertThat(refused.exitCode()).isEqualTo(2);
              assertThat(refused.err()).contains("lakeside and riverside");
            });
    assertThat(said("status --account riverside").out()).doesNotContain("lakeside");
    assertThat(said("resume").err()).contains("--account: lakeside, riverside");
    assertThat(said("resume --account hillside").err()).contains("There is no account hillside.");
    assertThat(said("pause --account riverside maintenance").exitCode()).isZero();
    assertThat(said("status --account riverside").out()).contains("maintenance");
    assertThat(said("status --account lakeside").out()).doesNotContain("maintenance");
    assertThat(said("audit").out()).contains("account riverside: delivery");

    // a paused one holds only itself
    dropAtRiverside("next.csv", HEADER + "11,assessor,default,12\n");
    bundle.drop("next.csv", HEADER + "11,assessor,default,12\n");
    assertThat(bundle.awaitResults("next.csv")).content().contains(",sent,");
    assertThat(Files.exists(bundle.data().resolve("river/out/next.results.csv"))).isFalse();
    assertThat(said("resume --account riverside").exitCode()).isZero();
    assertThat(riversideResults("next.results.csv")).contains(",sent,");

    assertThat(said("check").out())
        .contains("lakeside: Onefile's login", "riverside: Onefile's login");
  }

  @Test
  void aHeldFileIsReleasedByItsNumberAlone() throws Exception {
    start(Setup.plain().withAccountKey("riverside", "plan.all-or-nothing", "true"));
    bundle.drop("export.csv", HEADER + "1,assessor,default,2\n0,assessor,default,2\n");
    assertThat(bundle.awaitResults("export.csv")).content().contains(",sent,", ",invalid,");
    dropAtRiverside("export.csv", HEADER + "1,assessor,default,2\n0,assessor,default,2\n");
    await("it to be held").until(() -> said("status 2").out().contains("held"));
    assertThat(said("release 2").out()).contains("Released file 2");
    await("it to be sent").until(() -> said("status 2").out().contains("1 sent"));

    // where none runs
    bundle.stopInstance();
    assertThat(said("status").out()).contains("Account   lakeside", "none runs");
    assertThat(said("status 2").out()).contains("export.csv");
    assertThat(said("forget --account lakeside --all").out()).contains("1 slot");
    assertThat(said("forget --all").err()).contains("--account: lakeside, riverside");
    assertThat(said("plan --feed river 2").exitCode()).isLessThan(2);
  }

  @Test
  void aRefusedLoginHoldsOneAccountAndTellsItsOwnReceiver() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          told.add(
              exchange.getRequestURI().getPath()
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    open.add(() -> receiver.stop(0));
    String hook = "http://127.0.0.1:" + receiver.getAddress().getPort();
    start(
        Setup.plain()
            .withKey("alarm.webhook.url", hook + "/lakeside")
            .withAccountKey("riverside", "alarm.webhook.url", hook + "/riverside")
            .withAccountKey("riverside", "onefile.customer-token", "a-wrong-token"));
    dropAtRiverside("export.csv", HEADER + "1,assessor,default,2\n");
    await("the alarm").until(() -> told.stream().anyMatch(each -> each.contains("UNAUTHORISED")));
    assertThat(told)
        .allMatch(each -> each.startsWith("/riverside") && each.contains("/riverside\""));
    bundle.drop("export.csv", HEADER + "1,assessor,default,2\n");
    assertThat(bundle.awaitResults("export.csv")).content().contains(",sent,");
    assertThat(told).noneMatch(each -> each.startsWith("/lakeside"));
  }

  @Test
  void planAndClosedWindowsAreOfOneAccount() throws Exception {
    start(
        Setup.plain()
            .withAccountKey("lakeside", "delivery.plan.day", "MON-SUN 00:00-24:00 at 240")
            .withAccountKey("riverside", "delivery.closed.always", "daily 00:00-24:00"));
    dropAtRiverside("export.csv", HEADER + "1,assessor,default,2\n");
    bundle.drop("export.csv", HEADER + "1,assessor,default,2\n");
    assertThat(bundle.awaitResults("export.csv")).content().contains(",sent,");
    JsonNode json = new ObjectMapper().readTree(said("status --json").out());
    assertThat(json.path("riverside").path("pace").path("state").asText()).isEqualTo("closed");
    assertThat(json.path("lakeside").path("pace").toString()).contains("240");
    assertThat(riverside.calls()).isEmpty();
  }

  @Test
  void anOutageHoldsOneAccount() throws Exception {
    start(Setup.plain());
    riverside.faults().add(Fault.answer(503).on(Selection.users()));
    dropAtRiverside("export.csv", TestBundle.additional(20));
    await("the outage").until(() -> riverside.calls().size() > 5);
    bundle.drop("export.csv", TestBundle.additional(50));
    bundle.awaitAllSentOnce("export.csv", 50);
    assertThat(said("status --account riverside").out()).contains("Outage of Onefile");
    assertThat(said("status --account lakeside").out()).doesNotContain("Outage of Onefile");
  }

  @Test
  void oneThatCannotStartStopsAll() throws Exception {
    assertThatThrownBy(
            () ->
                start(
                    Setup.plain()
                        .withAccountKey("riverside", "management.port", "8080")
                        .withAccountKey("hillside", "onefile.organisation-id", "0")
                        .withFeedKey("feed.account", "lakeside")))
        .hasMessageContaining(
            "accounts/riverside.properties: management.port: is of the whole process; write it into application.properties")
        .hasMessageContaining("accounts/hillside.properties: onefile.organisation-id=0")
        .hasMessageContaining(
            "accounts/hillside.properties: no feed is of this account; write feed.account=hillside")
        .hasMessageContaining(
            "onefile.customer-token: is that of the account hillside at the same onefile.base-url");
  }
}
