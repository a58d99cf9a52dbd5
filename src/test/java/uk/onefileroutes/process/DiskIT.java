package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/**
 * A disk that takes no more writes while the real process is at work, and then takes them again.
 */
class DiskIT {
  private static final int ROWS = 400;
  private static final int CONCURRENCY = 8;
  private static final String ALARM = "DISK: ";
  private static final String OVER = "everything continues";
  private static final String PASSWORD = "a-disk-of-its-own";

  @TempDir Path folder;
  private Simulator onefile;
  private Path work;
  private DataFolder data;
  private Bundle.Setup setup;

  @BeforeEach
  void startOnefile() throws IOException {
    onefile = Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0));
    work = folder.resolve("work");
    data = new DataFolder(Files.createDirectories(work.resolve("data")));
    setup =
        Bundle.Setup.toRun(work, onefile.baseUrl())
            .quickFeed()
            .with("CONSOLE_PORT", "off")
            .with("MANAGEMENT_PORT", "off")
            .with("DISK_FLOOR_MIB", "0"); // its disks are small
  }

  @AfterEach
  void stopOnefile() {
    onefile.close();
  }

  /** No file of the process may grow above what its log needs: a full disk, but for the words. */
  @Test
  void whenFilesCannotGrowItSaysSoOnceAndGoesOnWithoutARestart() throws Exception {
    assumeThat(isThere("prlimit")).as("prlimit is needed to keep files from growing").isTrue();
    onefile.faults().add(Fault.latency(Duration.ofMillis(60)));
    data.drop("export.csv", DataFolder.rows(ROWS));
    try (Bundle running = setup.start("run")) {
      awaitCalls(50);
      run("prlimit", "--pid", Long.toString(running.pid()), "--fsize=50000:unlimited");
      // met by this one where all of the first was sent by now
      data.drop("second.csv", DataFolder.file(1, i -> "7001,assessor,default,42,,"));
      running.awaitOutput(ALARM);
      int sent = assigned().size();
      await("nothing more is sent")
          .during(Duration.ofSeconds(3))
          .atMost(Bundle.PATIENCE)
          .until(() -> assigned().size() == sent);
      run("prlimit", "--pid", Long.toString(running.pid()), "--fsize=unlimited:unlimited");
      assertIsAllAnswered(running);
    }
  }

  @Test
  void whenTheDiskIsFullItSaysSoOnceAndGoesOnWithoutARestart() throws Exception {
    assumeThat(mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", data.path().toString()))
        .as("mounting a small disk needs rights that this user lacks")
        .isTrue();
    try {
      onefile.faults().add(Fault.latency(Duration.ofMillis(60)));
      data.drop("export.csv", DataFolder.rows(ROWS));
      Path filling = data.path().resolve("filling");
      try (Bundle running = setup.start("run")) {
        awaitCalls(50);
        fill(filling);
        running.awaitOutput(ALARM);
        Files.delete(filling);
        data.drop("second.csv", DataFolder.file(1, i -> "7001,assessor,default,42,,"));
        assertIsAllAnswered(running);
      }
    } finally {
      run("umount", "-l", data.path().toString());
    }
  }

  /** As by a wrong chmod: the open ledger can be written all the while. */
  @Test
  void whenFoldersLoseTheirRightsItSaysSoOnceAndGoesOnWithoutARestart() throws Exception {
    assumeThat(ReadOnlyFolders.arePossible(folder))
        .as("making a folder read-only needs chattr, or a user who is not root")
        .isTrue();
    String port = setUpWithPort();
    List<String> answered = List.of("bad.csv.error.txt", "first.results.csv");
    onefile.faults().add(Fault.latency(Duration.ofMillis(60)));
    try (ReadOnlyFolders frozen = new ReadOnlyFolders();
        Bundle running = setup.start("run")) {
      data.drop("first.csv", DataFolder.file(1, i -> "7001,assessor,default,41,,"));
      data.drop("bad.csv", "who,what\n1,2\n");
      running.awaitOutput("File 1 done");
      running.awaitOutput("File 2 refused");
      await("its sender is told").until(() -> data.names("results").equals(answered));

      data.drop("export.csv", DataFolder.rows(100));
      awaitCalls(20);
      List<Path> answers = data.foldersBelow("results", "refused", "archive");
      for (Path each : answers) {
        frozen.add(each);
      }
      data.drop("worse.csv", "who,what\n1,2\n");
      running.awaitOutput("File 3: its answer could not be written");
      running.awaitOutput("File 4 (worse.csv) could not be");
      await("results and refusals can't be written")
          .atMost(Bundle.PATIENCE)
          .until(() -> !isReady(port));
      assertThat(running.output()).doesNotContain(ALARM);

      frozen.add(data.path().resolve("spool"));
      data.drop("second.csv", DataFolder.file(1, i -> "7001,assessor,default,42,,"));
      running.awaitOutput("DISK: the folder " + data.path().resolve("spool"));
      frozen.add(data.path());
      running.awaitOutput("second.csv could not be accepted");
      assertThat(isReady(port)).isFalse();
      await("each is said once, the file stays where it is, and no answer comes")
          .during(Duration.ofSeconds(2))
          .atMost(Bundle.PATIENCE)
          .until(
              () ->
                  count(running, "ERROR") == 4
                      && data.names("inbox").equals(List.of("second.csv"))
                      && data.names("results").equals(answered));

      frozen.add(data.path().resolve("inbox"));
      frozen.remove(data.path());
      frozen.remove(data.path().resolve("spool"));
      // results last: an answer that got so far would be stopped by the archive, and say so
      for (int last = answers.size() - 1; last >= 0; last--) {
        frozen.remove(answers.get(last));
      }
      running.awaitOutput(OVER);
      await("all is tried again").atMost(Bundle.PATIENCE).until(() -> isReady(port));
      assertThat(data.awaitResults("export.results.csv", running)).hasSize(100);
      assertThat(data.awaitResults("second.results.csv", running)).hasSize(1);
      running.awaitOutput("File 4 refused");
      running.awaitOutput("second.csv could not be accepted or moved away");
      frozen.remove(data.path().resolve("inbox"));
      data.awaitTaken("second.csv");
      running.stop();
      assertThat(count(running, "ERROR")).as(running.output()).isEqualTo(5);
      assertThat(count(running, "received: second.csv")).isEqualTo(1);
      assertThat(count(running, ALARM)).isEqualTo(2);
      assertThat(running.output()).doesNotContain("\tat ");
    }
    assertThat(assigned()).as("each was sent once").hasSize(102);
    assertThat(data.names("archive")).containsExactly("export.csv", "first.csv", "second.csv");
    assertThat(data.names("spool")).isEmpty();
  }

  private String setUpWithPort() {
    setup = Bundle.Setup.toRun(work, onefile.baseUrl()).with("DISK_FLOOR_MIB", "0");
    String port = setup.value("MANAGEMENT_PORT");
    setup
        .quick()
        .with("MANAGEMENT_PORT", port)
        .with("MANAGEMENT_PASSWORD", PASSWORD)
        .with("REPORT_TRY_AGAIN", "1s");
    return port;
  }

  private static boolean isReady(String port) throws Exception {
    String login =
        Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    int status =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/observe/health/ready"))
                    .header("Authorization", "Basic " + login)
                    .build(),
                HttpResponse.BodyHandlers.discarding())
            .statusCode();
    assertThat(status).isIn(200, 503);
    return status == 200;
  }

  private static long count(Bundle running, String word) {
    return running.output().lines().filter(line -> line.contains(word)).count();
  }

  private void assertIsAllAnswered(Bundle running) throws Exception {
    running.awaitOutput(OVER);
    assertThat(data.awaitResults("export.results.csv", running))
        .hasSize(ROWS)
        .allMatch(line -> line.contains(",sent,SENT,"));
    assertThat(data.awaitResults("second.results.csv", running)).hasSize(1);
    running.awaitOutput("File 2 done");
    Map<String, Long> times =
        assigned().stream()
            .map(call -> call.path() + call.body())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(times).as("each assignment arrived").hasSize(ROWS + 1);
    assertThat(assigned().size() - times.size())
        .as("repeated at most what was in flight")
        .isLessThanOrEqualTo(CONCURRENCY);
    assertThat(running.output().lines().filter(line -> line.contains(ALARM)))
        .as("it begins once and ends once: %s", running.output())
        .hasSize(2);
    assertThat(running.output().lines().filter(line -> line.contains("ERROR")))
        .as("not a line a second: %s", running.output())
        .hasSizeLessThan(30);
    assertThat(data.names("archive")).containsExactly("export.csv", "second.csv");
    assertThat(data.names("spool")).isEmpty();
    running.stop();
  }

  private void awaitCalls(int count) {
    await(count + " calls")
        .atMost(Bundle.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> assigned().size() >= count);
  }

  private List<Call> assigned() {
    return onefile.calls().stream()
        .filter(call -> !call.path().endsWith("/Authentication"))
        .toList();
  }

  private static void fill(Path file) {
    byte[] block = new byte[1024];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private static boolean isThere(String program) {
    return Files.isExecutable(Path.of("/usr/bin", program));
  }

  private boolean mount(String... arguments) throws Exception {
    if (!isThere("mount")) {
      return false;
    }
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    return exitCode(command) == 0;
  }

  private void run(String... command) throws Exception {
    assertThat(exitCode(List.of(command))).as(String.join(" ", command)).isZero();
  }

  private int exitCode(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.txt").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
