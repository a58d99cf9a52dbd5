package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.runtime.BrokenRoutes;

/** The real process where it should not start: what it says, and its exit code. */
class StartIT {
  // nobody listens there; nothing of what is tested here calls anybody
  private static final String NOBODY = "http://127.0.0.1:9/api/v2.1";
  private static final String SECRET = "hunter2-not-to-be-shown";

  @TempDir Path folder;
  private Path work;
  private Path config;
  private Bundle.Setup setup;

  @BeforeEach
  void createFolders() throws IOException {
    work = folder.resolve("work");
    config = Files.createDirectories(folder.resolve("config"));
    Files.createDirectories(config.resolve("feeds"));
    Files.copy(Path.of("config/feeds/inbox.properties"), config.resolve("feeds/inbox.properties"));
    setup = Bundle.Setup.toRun(work, NOBODY);
  }

  @Test
  void allFaultsOfAConfigurationAreToldAtOnceAndNothingIsCreated() throws Exception {
    keys(
        "onefile.base-url=https://wsapi.onefile.co.uk/api/v2.1",
        "delivery.calls-per-minute=5000",
        "delivery.concurency=4",
        "ledger.pasword=" + SECRET,
        "delivery.closed.daily-release=daily 25:00-26:00");
    feed("directory=inbox", "resuts.directory=results");
    setup = new Bundle.Setup(work);
    try (Bundle refused = setup.start("--config", config.toString(), "run")) {
      assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
      assertThat(refused.output())
          .contains("Not started: 7 faults in the configuration.")
          .contains("onefile.customer-token: missing")
          .contains("delivery.calls-per-minute=5000: above Onefile's documented 300")
          .contains("delivery.concurency: unknown key; did you mean delivery.concurrency?")
          .contains("ledger.pasword: unknown key; did you mean ledger.password?")
          .contains("delivery.closed.daily-release=daily 25:00-26:00: ")
          .contains("feeds/inbox.properties: resuts.directory: unknown key; did you mean")
          .doesNotContain(SECRET)
          .doesNotContain("\tat ")
          .doesNotContain("Exception");
    }
    assertThat(work.resolve("data")).doesNotExist();
  }

  @Test
  void aBadUrlIsRefusedWithoutTheLoginInIt() throws Exception {
    setup.with("ONEFILE_BASE_URL", "https://someone:" + SECRET + "@onefile.example/api/v2.1");
    try (Bundle refused = setup.start("--config", config.toString(), "run")) {
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.output())
          .contains("onefile.base-url=https://***@onefile.example/api/v2.1: not a plain URL")
          .doesNotContain(SECRET);
    }
  }

  @Test
  void theEnvironmentWinsOverSystemPropertiesAndTheseOverTheFile() throws Exception {
    keys("delivery.concurrency=1001");
    List<String> run = List.of("--config", config.toString(), "run");
    assertThat(refusal(run)).contains("delivery.concurrency=1001");

    setup.withJvm("-Ddelivery.concurrency=1002");
    assertThat(refusal(run)).contains("delivery.concurrency=1002");

    setup.with("DELIVERY_CONCURRENCY", "1003");
    assertThat(refusal(run)).contains("delivery.concurrency=1003");
  }

  @Test
  void variablesThatKubernetesSetsForServicesAreIgnoredWithOneWarning() throws Exception {
    int port = Integer.parseInt(setup.value("MANAGEMENT_PORT"));
    keys("management.port=" + port);
    setup
        .with("MANAGEMENT_PORT", "tcp://10.1.2.3:8080")
        .with("MANAGEMENT_PORT_8080_TCP", "tcp://10.1.2.3:8080")
        .with("MANAGEMENT_PORT_8080_TCP_ADDR", "10.1.2.3")
        .with("MANAGEMENT_SERVICE_HOST", "10.1.2.3")
        .with("MANAGEMENT_SERVICE_PORT_HTTP", "8080")
        .with("ONEFILE_PORT", "tcp://10.1.2.4:443");
    try (Bundle running = setup.start("--config", config.toString(), "run").awaitStarted();
        Bundle status = setup.start("--config", config.toString(), "status")) {
      assertThat(status.exitCode()).as("at the port of the file: %s", status.output()).isZero();
      assertThat(status.output()).doesNotContain("MANAGEMENT_PORT");
      assertThat(running.output().lines().filter(line -> line.contains("SERVICE:")))
          .singleElement()
          .asString()
          .contains("WARN", "SERVICE: MANAGEMENT_PORT: ignored", "enableServiceLinks: false");
      running.stop();
    }
    setup.with("MANAGEMENT_PORT", "10.1.2.3:8080");
    assertThat(refusal(List.of("--config", config.toString(), "run")))
        .contains("management.port=10.1.2.3:8080: not a whole number");
  }

  @Test
  void aSecondInstanceOnTheSameDataFolderIsRefused() throws Exception {
    try (Bundle first = setup.start("run").awaitStarted();
        Bundle second = Bundle.Setup.toRun(work, NOBODY).start("run")) {
      assertThat(second.exitCode()).as(second.output()).isEqualTo(3);
      assertThat(second.output())
          .contains("is another instance running on this data folder?")
          .doesNotContain("\tat ");
      first.stop();
    }
  }

  @Test
  void aRoutesFolderThatIsNotThereIsRefused() throws Exception {
    assertThat(refusal(List.of("--routes", "nowhere", "run")))
        .contains("nowhere: no such folder; name the folder of the routes with --routes");
  }

  static Stream<BrokenRoutes.Break> brokenRoutes() {
    // what reading finds is tested one by one beside the check itself; here, that the process asks
    return Stream.concat(
        BrokenRoutes.foundByReading().stream().limit(1), BrokenRoutes.foundByBuilding().stream());
  }

  @ParameterizedTest
  @MethodSource("brokenRoutes")
  void brokenRoutesAreRefusedWithFileAndReason(BrokenRoutes.Break broken) throws Exception {
    Path routes = broken.into(folder.resolve("routes"));

    assertThat(refusal(List.of("--routes", routes.toString(), "run")))
        .contains(broken.file() + ": ")
        .contains(broken.said())
        .doesNotContain("\tat ");
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheUsage() throws Exception {
    assertThat(refusal(List.of("rum"))).contains("rum").contains("Usage: ");
  }

  @Test
  void helpListsCommandsAndExitCodesAndVersionSaysWhich() throws Exception {
    try (Bundle help = setup.start("--help")) {
      assertThat(help.exitCode()).isZero();
      assertThat(help.output())
          .contains("run ", "simulate ", "demo ", "--config", "--routes", "--data")
          .containsPattern("0 +done")
          .containsPattern("1 +finished with faults in the data")
          .containsPattern("2 +usage or configuration")
          .containsPattern("3 +Onefile or environment");
    }
    try (Bundle version = setup.start("--version")) {
      assertThat(version.exitCode()).isZero();
      assertThat(version.output()).containsPattern("onefile-assignment-routes \\d+\\.\\d+\\.\\d+");
    }
    assertThat(work.resolve("data")).doesNotExist();
  }

  /** What the process says when it refuses to start, with the exit code for that. */
  private String refusal(List<String> arguments) throws InterruptedException {
    try (Bundle refused = setup.start(arguments.toArray(String[]::new))) {
      assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
      return refused.output();
    }
  }

  private void keys(String... lines) throws IOException {
    Files.write(config.resolve("application.properties"), List.of(lines));
  }

  private void feed(String... lines) throws IOException {
    Files.write(config.resolve("feeds/inbox.properties"), List.of(lines));
  }
}
