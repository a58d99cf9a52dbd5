package uk.onefileroutes.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.Trust;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.Instance;
import uk.onefileroutes.runtime.StartFailure;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/**
 * A simulator and an instance that sends to it, in a temporary data folder. Reads no keys from
 * anywhere, so that whatever a machine's environment says, a demo never calls Onefile.
 */
final class Demo implements Closeable {
  static final String SAMPLE = "apprentices.csv";

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final int ASK_EVERY_MS = 100;

  private static final Map<String, String> INBOX =
      Map.of(
          "directory", "inbox",
          "results.directory", "results",
          "poll", "500ms",
          "ready.quiet", "1s"); // whoever drops a file of their own waits for it

  /**
   * A partner's wide export: a row for each learner, e-mail addresses and titles in place of ids.
   */
  private static final Map<String, String> PARTNER =
      Map.ofEntries(
          Map.entry("directory", "partner"),
          Map.entry("results.directory", "results"),
          Map.entry("poll", "500ms"),
          Map.entry("ready", "rename"), // as the sample is dropped
          Map.entry("organisation-id", "12"),
          Map.entry("column.learner_email", "Apprentice e-mail"),
          Map.entry("fan-out.1", "default,assessor,email:Assessor e-mail"),
          Map.entry("fan-out.2", "additional,employer,email:Employer e-mail"),
          Map.entry("fan-out.3", "default,employer,email:Employer e-mail"),
          Map.entry("fan-out.4", "learning-aim,iqa,email:IQA e-mail,title:Programme"),
          Map.entry("fan-out.5", "unit-summary,tutor,email:Communication tutor,=KS_COMM1"),
          Map.entry("fan-out.6", "additional,observer,Observer ID"),
          Map.entry("ignore.Status", "left"));

  private static final Map<String, String> KEYS =
      Map.of(
          "onefile.customer-token", SimulatorOptions.DEFAULT_CUSTOMER_TOKEN,
          "delivery.closed.daily-release", "never", // a demo at 07:00 is a demo too
          "management.port", "off",
          "console.port", "off",
          "ledger.backup.at", "never",
          "retention.at", "never",
          "directory.refresh.at", "never",
          "disk.floor-mib", "0");

  private final Path data;
  private final Simulator simulator;
  private final Instance instance;

  private Demo(Path data, Simulator simulator, Instance instance) {
    this.data = data;
    this.simulator = simulator;
    this.instance = instance;
  }

  static Demo start(Path routes) throws IOException, StartFailure {
    return start(routes, Map.of());
  }

  /** The same, with other keys in place of its own. */
  static Demo start(Path routes, Map<String, String> others) throws IOException, StartFailure {
    Path data = Files.createTempDirectory("onefile-assignment-routes-demo-").toRealPath();
    Path people = data.resolve("people.json");
    copy("people.json", people);
    Simulator simulator =
        Simulator.start(SimulatorOptions.defaults().withPeople(People.read(people)));
    try {
      Configuration configuration =
          configuration(new Folders(data, routes, data), simulator, others);
      return new Demo(data, simulator, Instance.start(configuration, PaceTime.system()));
    } catch (StartFailure | RuntimeException e) {
      simulator.close();
      throw e;
    }
  }

  String simulatorUrl() {
    return simulator.baseUrl();
  }

  /** Also where it reads its configuration. */
  Path data() {
    return data;
  }

  Path inbox() {
    return data.resolve("inbox");
  }

  Path partner() {
    return data.resolve("partner");
  }

  Path results() {
    return data.resolve("results");
  }

  /** Drops the sample as a careful sender would: under a temporary name, then renamed. */
  void dropSample() throws IOException {
    Path part = partner().resolve(SAMPLE + ".part");
    copy(SAMPLE, part);
    Files.move(part, partner().resolve(SAMPLE), StandardCopyOption.ATOMIC_MOVE);
  }

  /** How many rows of the first file are in which state; empty before it was read whole. */
  Map<RowState, Long> tally() {
    Optional<FileState> state = instance.files().find(1).map(file -> file.state());
    return state.isEmpty() || state.get() == FileState.RECEIVING
        ? Map.of()
        : instance.files().tally(1);
  }

  /** Whether the first file is done: every row final, and its answer in the results folder. */
  private boolean isDone() {
    return instance.files().find(1).filter(file -> file.state() == FileState.DONE).isPresent();
  }

  /**
   * Waits until the first file is done.
   *
   * @param meanwhile told how its rows are, again and again and once it is
   * @throws IOException if it is not done after two minutes
   */
  void awaitDone(Consumer<Map<RowState, Long>> meanwhile) throws InterruptedException, IOException {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (!isDone()) {
      meanwhile.accept(tally());
      if (System.nanoTime() > deadline) {
        throw new IOException("not done after two minutes: " + tally());
      }
      boolean unused = never.await(ASK_EVERY_MS, TimeUnit.MILLISECONDS);
    }
    meanwhile.accept(tally());
  }

  int calls() {
    return simulator.calls().size();
  }

  @Override
  public void close() {
    instance.close();
    simulator.close();
  }

  private static Configuration configuration(
      Folders folders, Simulator simulator, Map<String, String> others) {
    Map<String, String> keys = new HashMap<>(KEYS);
    keys.putAll(others);
    keys.put("onefile.base-url", simulator.baseUrl());
    try {
      return Configuration.of(
          folders, keys, List.of(feed("inbox", INBOX, folders), feed("partner", PARTNER, folders)));
    } catch (ConfigurationFault e) { // what it is made of stands above
      throw new IllegalStateException(e);
    }
  }

  private static Feed feed(String name, Map<String, String> keys, Folders folders) {
    List<String> faults = new ArrayList<>();
    return Feed.read(name, keys, Trust.FOR_EVER, faults)
        .orElseThrow(() -> new IllegalStateException(faults.toString()))
        .under(folders.data());
  }

  private static void copy(String resource, Path to) throws IOException {
    try (InputStream in = Demo.class.getResourceAsStream("/demo/" + resource)) {
      if (in == null) {
        throw new IllegalStateException("/demo/" + resource + " is not in the jar");
      }
      Files.copy(in, to);
    }
  }
}
