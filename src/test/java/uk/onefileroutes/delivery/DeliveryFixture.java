package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.Instance;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/** The real instance with the real routes in a folder, sending to a simulator. */
final class DeliveryFixture implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String HEADER = "learner_id,role,kind,assignee_id,standard_id,unit_id\n";

  final Simulator simulator;
  private final Path folder;
  private final String baseUrl;
  private final String keys;
  private Instance instance;
  private int files;

  /**
   * @param keys further lines of the configuration
   */
  DeliveryFixture(Path folder, String... keys) throws Exception {
    this(folder, Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0)), null, keys);
  }

  /**
   * @param otherUrl another far side than the simulator; null for the simulator
   */
  DeliveryFixture(Path folder, Simulator simulator, @Nullable String otherUrl, String... keys)
      throws Exception {
    this.folder = folder;
    this.simulator = simulator;
    this.baseUrl = otherUrl == null ? simulator.baseUrl() : otherUrl;
    this.keys = String.join("\n", keys);
    this.instance = start();
  }

  private Instance start() throws Exception {
    Path config = folder.resolve("config");
    Files.createDirectories(config.resolve("feeds"));
    Files.writeString(
        config.resolve("feeds/inbox.properties"),
        "source=directory\ndirectory=inbox\nresults.directory=results\nready=rename\npoll=100ms\n");
    Files.writeString(
        config.resolve("application.properties"),
        """
        onefile.base-url=%s
        onefile.customer-token=%s
        delivery.calls-per-minute=unlimited
        delivery.closed.daily-release=never
        management.port=off
        console.port=off
        delivery.retry.first=50ms
        delivery.retry.longest=50ms
        delivery.outage.pause=300ms
        %s
        """
            .formatted(baseUrl, SimulatorOptions.DEFAULT_CUSTOMER_TOKEN, keys));
    Folders folders =
        Folders.of(config, Path.of("routes").toAbsolutePath(), folder.resolve("data"));
    return Instance.start(Configuration.read(folders), PaceTime.system());
  }

  Instance instance() {
    return instance;
  }

  void restart() throws Exception {
    instance.close();
    instance = start();
  }

  /** A default assessor for each of these learners. */
  static String defaults(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(learner -> learner + ",assessor,default,900,,\n")
        .reduce("", String::concat);
  }

  /** Drops a file with these rows; returns its number. */
  long drop(String rows) throws IOException {
    files++;
    Path written = folder.resolve("file-" + files + ".csv");
    Files.writeString(written, HEADER + rows);
    Files.move(written, folder.resolve("data/inbox/file-" + files + ".csv"));
    return files;
  }

  /** Waits for the complete answer to the file; its lines, without the header. */
  List<String> results(long file) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> instance.files().in(FileState.DONE).stream().anyMatch(done -> done.no() == file));
    try (Stream<String> lines =
        Files.lines(folder.resolve("data/results/file-" + file + ".results.csv"))) {
      return lines.skip(1).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Waits for the answer; every row of it has this state and code. */
  void assertAll(long file, String stateAndCode) {
    assertThat(results(file))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("," + stateAndCode + ","));
  }

  /** The calls that assign something. */
  List<Call> assigning() {
    return simulator.calls().stream().filter(call -> call.path().contains("/User/")).toList();
  }

  /** The calls that change this learner. */
  List<Call> assigning(int learner) {
    return assigning().stream()
        .filter(call -> call.learner() != null && call.learner() == learner)
        .toList();
  }

  long logins() {
    return simulator.calls().stream()
        .filter(call -> call.path().endsWith("/Authentication"))
        .count();
  }

  @Override
  public void close() {
    simulator.close(); // first, so that nothing hangs
    instance.close();
  }
}
