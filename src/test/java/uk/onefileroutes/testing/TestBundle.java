package uk.onefileroutes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.derived.Parts;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.Instance;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/**
 * The real bundle with the project's routes, in temporary folders, against a simulator of its own:
 * one feed {@code test} whose drop folder is {@link #inbox}. For one thread.
 */
public final class TestBundle implements AutoCloseable {
  /** How long anything awaited may take: far more than it does, for machines under load. */
  public static final Duration DEADLINE = Duration.ofMinutes(4);

  private static final String ACCOUNTS = "accounts.";

  private final Path folder;
  private final Simulator simulator;
  private final PaceTime time;
  private final Set<Long> answered = new HashSet<>();
  private final Set<Path> taken = new HashSet<>();
  private @Nullable Instance instance;

  private TestBundle(Path folder, Simulator simulator, PaceTime time) {
    this.folder = folder;
    this.simulator = simulator;
    this.time = time;
  }

  /**
   * What a bundle is started with.
   *
   * @param application keys of {@code application.properties}; win over the test's own
   * @param feed keys of the feed; win over the test's own, and an empty value takes one away
   * @param further keys of further feeds, whole, by their names
   * @param farSide how the simulator behaves
   * @param time by which the bundle goes
   */
  public record Setup(
      Map<String, String> application,
      Map<String, String> feed,
      Map<String, Map<String, String>> further,
      SimulatorOptions farSide,
      PaceTime time) {
    /** With one feed only, by the machine's clock. */
    public Setup(
        Map<String, String> application, Map<String, String> feed, SimulatorOptions farSide) {
      this(application, feed, Map.of(), farSide, PaceTime.system());
    }

    /** Nothing special; the far side admits any number of calls. */
    public static Setup plain() {
      return new Setup(
          Map.of(), Map.of(), SimulatorOptions.defaults().withCallsPerMinute(0)); // 0: no limit
    }

    /**
     * As plain; bundle and far side go by a time that only the test moves, and files are taken at
     * once.
     */
    public static Setup at(SettableTime time) {
      Setup plain = plain().withFeedKey("ready", "rename");
      return new Setup(
          plain.application, plain.feed, plain.further, plain.farSide.withTime(time), time);
    }

    public Setup withKey(String key, String value) {
      return new Setup(with(application, key, value), feed, further, farSide, time);
    }

    /** With an MBean for each route, and so with how often each ran. */
    public Setup withRouteFigures() {
      return withKey("camel.main.jmxManagementMBeansLevel", "RoutesOnly");
    }

    public Setup withFeedKey(String key, String value) {
      return new Setup(application, with(feed, key, value), further, farSide, time);
    }

    /** With this key in the file of an account. */
    public Setup withAccountKey(String account, String key, String value) {
      return withKey(ACCOUNTS + account + "." + key, value);
    }

    public Setup withFarSide(SimulatorOptions options) {
      return new Setup(application, feed, further, options, time);
    }

    public Setup withFeedKeys(Map<String, String> keys) {
      Map<String, String> more = new LinkedHashMap<>(feed);
      more.putAll(keys);
      return new Setup(application, Map.copyOf(more), further, farSide, time);
    }

    public Setup withFeed(String name, Map<String, String> keys) {
      Map<String, Map<String, String>> more = new LinkedHashMap<>(further);
      more.put(name, Map.copyOf(keys));
      return new Setup(application, feed, Map.copyOf(more), farSide, time);
    }

    private static Map<String, String> with(Map<String, String> keys, String key, String value) {
      Map<String, String> more = new LinkedHashMap<>(keys);
      more.put(key, value);
      return Map.copyOf(more);
    }
  }

  /**
   * What came back for a file.
   *
   * @param file done, refused or cancelled
   * @param results null where the file was refused
   * @param rejects null where there is nothing to fix
   */
  public record Answer(FileEntry file, @Nullable Path results, @Nullable Path rejects) {}

  /** Starts the far side and the bundle; returns when its routes run. */
  public static TestBundle start(Setup setup) throws Exception {
    return start(setup, Simulator.start(setup.farSide()));
  }

  /** The same with a far side of the test's own, which the bundle closes. */
  public static TestBundle start(Setup setup, Simulator simulator) throws Exception {
    TestBundle bundle =
        new TestBundle(Files.createTempDirectory("test-bundle-"), simulator, setup.time());
    try {
      bundle.configure(setup);
      if (!setup.application.containsKey("ledger.url")) {
        EmptyLedger.putInto(bundle.data());
      }
      bundle.startInstance();
      return bundle;
    } catch (Exception | Error e) {
      bundle.close();
      throw e;
    }
  }

  public Simulator simulator() {
    return simulator;
  }

  /** How many calls of assignments came to the far side, whatever it answered. */
  public long assignments() {
    return simulator.calls().stream()
        .map(Call::path)
        .filter(path -> path.contains("/User/"))
        .count();
  }

  /** Waits for the answer of a file of assignments, all of which were sent, and each once. */
  public void awaitAllSentOnce(String name, int rows) throws Exception {
    assertThat(Files.readAllLines(awaitAnswer(name).results()))
        .hasSize(rows + 1)
        .filteredOn(line -> line.contains(",sent,"))
        .hasSize(rows);
    assertThat(assignments()).as("each is sent once").isEqualTo(rows);
  }

  /** The running instance. */
  public Instance instance() {
    if (instance == null) {
      throw new IllegalStateException("stopped");
    }
    return instance;
  }

  public Path data() {
    return folder.resolve("data");
  }

  public Path inbox() {
    return data().resolve("inbox");
  }

  public Path results() {
    return data().resolve("results");
  }

  /** Stops the instance; the far side, the folders and the ledger stay. May run again. */
  public void stopInstance() {
    if (instance != null) {
      instance.close();
      instance = null;
    }
  }

  /** Starts an instance on the folders as they are. */
  public void startInstance() throws Exception {
    Folders folders = Folders.of(folder.resolve("config"), Path.of("routes"), data());
    instance = Instance.start(Configuration.readAll(folders), time);
  }

  /** The arguments of a command line that is about this bundle's configuration and data. */
  public String[] arguments(String line) {
    return Stream.concat(
            Stream.of("--config", folder.resolve("config").toString(), "--data", data().toString()),
            Stream.of(line.split(" ")))
        .toArray(String[]::new);
  }

  /** Drops a file as senders should: under a hidden name first, then renamed. */
  public void drop(String name, byte[] bytes) throws IOException {
    Path hidden = inbox().resolve(".dropping");
    Files.write(hidden, bytes);
    Files.move(hidden, inbox().resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  public void drop(String name, String text) throws IOException {
    drop(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** An additional assessor for each of so many learners: each row costs a call of its own. */
  public static String additional(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(i -> (1001 + i) + ",assessor,additional," + (5001 + i) + "\n")
        .collect(Collectors.joining("", "learner_id,role,kind,assignee_id\n", ""));
  }

  /**
   * Waits until a file that was dropped under this name is done or refused, or was cancelled and
   * answered; each is handed out once, oldest first.
   */
  public Answer awaitAnswer(String name) throws IOException {
    FileEntry file =
        await("an answer for " + name)
            .until(() -> nextAnswered(name), Optional::isPresent)
            .orElseThrow();
    answered.add(file.no());
    if (file.state() == FileState.REFUSED) {
      return new Answer(file, null, null);
    }
    return new Answer(
        file, take(name, "results").orElseThrow(), take(name, "rejects").orElse(null));
  }

  /** Waits until a file that was dropped under this name is held, and its sender was told so. */
  public Answer awaitHeldAnswer(String name) throws IOException {
    FileEntry file =
        await(name + " to be held")
            .until(
                () ->
                    instance().files().in(FileState.HELD).stream()
                        .filter(held -> held.name().equals(name))
                        .findFirst(),
                Optional::isPresent)
            .orElseThrow();
    Path results =
        await("the answer for " + name + " while it is held")
            .until(() -> take(name, "results"), Optional::isPresent)
            .orElseThrow();
    return new Answer(file, results, take(name, "rejects").orElse(null));
  }

  /**
   * Does this to a held file, and waits for its answer.
   *
   * @param decision {@code release}, {@code cancel}, or {@code answered} for a file that is not
   *     held
   */
  public Answer decideAndAwaitAnswer(String decision, String name)
      throws IOException, ActionRefused {
    FileActions actions = instance().actions();
    if (decision.equals("release")) {
      actions.release(actions.find(name).no());
    } else if (decision.equals("cancel")) {
      actions.cancel(actions.find(name).no(), Instant.now());
    }
    return awaitAnswer(name);
  }

  /** Undoes the newest file of this name; returns the name of the file that does it. */
  public String undo(String name) throws IOException, ActionRefused {
    return instance().undos().undo(instance().actions().find(name)).name();
  }

  /** Releases a part of the held file of this name; returns the name of the file that does it. */
  public String releasePart(String name, Parts.Selection selection)
      throws IOException, ActionRefused {
    FileEntry held = instance().actions().find(name);
    long begun = instance().parts().begin(held);
    return instance()
        .dryRuns()
        .planned(held, now -> instance().parts().accept(held, begun, now, selection).name());
  }

  /** As {@link #awaitAnswer}, and only the results. */
  public Path awaitResults(String name) throws IOException {
    Path results = awaitAnswer(name).results();
    if (results == null) {
      throw new AssertionError(name + " was refused");
    }
    return results;
  }

  /**
   * Waits with the deadline that all tests share. What a far side fails with that is stopped in the
   * middle of its work, in threads of its own, concerns nobody.
   */
  public static ConditionFactory await(String what) {
    return Awaitility.await(what)
        .dontCatchUncaughtExceptions()
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(25));
  }

  /** The names in a folder of the data folder, sorted; none where there is no such folder. */
  public List<String> names(String dataFolder) throws IOException {
    Path place = data().resolve(dataFolder);
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(place)) {
      return found
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.equals(".disk-probe")) // there for a moment
          .sorted()
          .toList();
    }
  }

  /** Stops everything and removes the folders. */
  @Override
  public void close() throws IOException {
    simulator.close(); // first, so that no call hangs
    stopInstance();
    Files.walkFileTree(folder, new Removal());
  }

  private Optional<FileEntry> nextAnswered(String name) {
    AcceptedFiles files = instance().files();
    List<FileEntry> ended = new ArrayList<>(files.in(FileState.DONE));
    ended.addAll(files.in(FileState.REFUSED));
    files.in(FileState.CANCELLED).stream()
        .filter(file -> file.doneAt() != null)
        .forEach(ended::add);
    return ended.stream()
        .filter(file -> file.name().equals(name) && !answered.contains(file.no()))
        .findFirst();
  }

  /** The file behind a plain or a stamped name, the one that was not taken before. */
  private Optional<Path> take(String name, String what) throws IOException {
    String like = SafeName.ofAnswer(name);
    String ending = what + "." + SafeName.ending(like);
    String plain = SafeName.withEnding(like, ending);
    String base = plain.substring(0, plain.length() - ending.length() - 1);
    Pattern pattern =
        Pattern.compile(
            Pattern.quote(base) + "(\\.\\d{8}-\\d{6}(-\\d+)?)?" + Pattern.quote("." + ending));
    Optional<Path> found =
        names("results").stream()
            .filter(candidate -> pattern.matcher(candidate).matches())
            .map(results()::resolve)
            .filter(path -> !taken.contains(path))
            .findFirst();
    found.ifPresent(taken::add);
    return found;
  }

  private void configure(Setup setup) throws IOException {
    Map<String, String> application = new LinkedHashMap<>();
    application.put("onefile.base-url", simulator.baseUrl());
    application.put("onefile.customer-token", SimulatorOptions.DEFAULT_CUSTOMER_TOKEN);
    application.put("delivery.calls-per-minute", "unlimited");
    application.put("delivery.closed.daily-release", "never"); // tests pass at 07:00 too
    application.put("management.port", "off");
    application.put("console.port", "off");
    // several run side by side in one process, and MBeans have one name each
    application.put("camel.main.name", folder.getFileName().toString());
    // MBeans of routes and their steps are for people who look; a start with them takes twice as
    // long
    application.put("camel.main.jmxManagementMBeansLevel", "ContextOnly");
    application.putAll(setup.application());
    Map<String, Map<String, String>> accounts = accounts(application);
    Map<String, String> feed = new LinkedHashMap<>();
    feed.put("source", "directory");
    feed.put("directory", "inbox");
    feed.put("results.directory", "results");
    feed.put("poll", "100ms");
    feed.putAll(setup.feed());
    feed.entrySet().removeIf(key -> key.getValue().isEmpty() && !key.getKey().startsWith("empty."));
    Path feeds = Files.createDirectories(folder.resolve("config/feeds"));
    write(folder.resolve("config/application.properties"), application);
    writeFeed(feeds, "test", feed);
    for (var account : accounts.entrySet()) {
      Path files = Files.createDirectories(folder.resolve("config/accounts"));
      write(files.resolve(account.getKey() + ".properties"), account.getValue());
    }
    for (var more : setup.further().entrySet()) {
      writeFeed(feeds, more.getKey(), more.getValue());
    }
  }

  /** Takes the keys of accounts out of those of the application. */
  private static Map<String, Map<String, String>> accounts(Map<String, String> application) {
    Map<String, Map<String, String>> accounts = new LinkedHashMap<>();
    for (String key : List.copyOf(application.keySet())) {
      if (key.startsWith(ACCOUNTS)) {
        String[] parts = key.split("\\.", 3);
        accounts
            .computeIfAbsent(parts[1], name -> new LinkedHashMap<>())
            .put(parts[2], String.valueOf(application.remove(key)));
      }
    }
    return accounts;
  }

  /** What lies still over two polls is taken, unless the test says otherwise. */
  private static void writeFeed(Path feeds, String name, Map<String, String> keys)
      throws IOException {
    Map<String, String> quick = new LinkedHashMap<>(keys);
    quick.putIfAbsent("ready.quiet", "0s");
    write(feeds.resolve(name + ".properties"), quick);
  }

  private static void write(Path file, Map<String, String> keys) throws IOException {
    List<String> lines =
        keys.entrySet().stream()
            .map(key -> escaped(key.getKey()).replace(" ", "\\ ") + "=" + escaped(key.getValue()))
            .toList();
    Files.write(file, lines);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // as it must be where a token stands in it
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\t", "\\t");
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
