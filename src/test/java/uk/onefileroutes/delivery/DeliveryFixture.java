package uk.onefileroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.runtime.Instance;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.testing.TestBundle;

/** A bundle that tries again at once, and short words for what tests of delivery do with it. */
final class DeliveryFixture implements AutoCloseable {
  static final Duration PATIENCE = TestBundle.DEADLINE;
  private static final String HEADER = "learner_id,role,kind,assignee_id,standard_id,unit_id\n";

  final Simulator simulator;
  private final TestBundle bundle;
  private int files;

  /**
   * @param keys further lines of the configuration
   */
  DeliveryFixture(String... keys) throws Exception {
    this(Simulator.start(TestBundle.Setup.plain().farSide()), null, keys);
  }

  /**
   * @param otherUrl another far side than the simulator; null for the simulator
   */
  DeliveryFixture(Simulator simulator, @Nullable String otherUrl, String... keys) throws Exception {
    this.simulator = simulator;
    TestBundle.Setup setup =
        TestBundle.Setup.plain()
            .withFeedKey("ready", "rename")
            .withFeedKey("feed.snapshot", "partial") // each file has learners of its own
            .withKey("delivery.retry.first", "50ms")
            .withKey("delivery.retry.longest", "50ms")
            .withKey("delivery.outage.pause", "300ms");
    for (String line : keys) {
      int sign = line.indexOf('=');
      setup = setup.withKey(line.substring(0, sign), line.substring(sign + 1));
    }
    this.bundle =
        TestBundle.start(
            otherUrl == null ? setup : setup.withKey("onefile.base-url", otherUrl), simulator);
  }

  Instance instance() {
    return bundle.instance();
  }

  void restart() throws Exception {
    bundle.stopInstance();
    bundle.startInstance();
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
    bundle.drop("file-" + files + ".csv", HEADER + rows);
    return files;
  }

  /** Waits for the complete answer to the file; its lines, without the header. */
  List<String> results(long file) {
    TestBundle.await("an answer for file " + file)
        .until(
            () ->
                instance().files().in(FileState.DONE).stream().anyMatch(done -> done.no() == file));
    try (Stream<String> lines =
        Files.lines(bundle.results().resolve("file-" + file + ".results.csv"))) {
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
  public void close() throws IOException {
    bundle.close();
  }
}
