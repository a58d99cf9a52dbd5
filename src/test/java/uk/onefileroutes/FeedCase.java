package uk.onefileroutes;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.TestBundle;

/**
 * A folder under {@code feeds/}: what is dropped, with which settings, and what must come of it.
 *
 * <p>{@code input.csv} or {@code input-1.csv}, {@code input-2.csv} ... are dropped one after the
 * other, under the names that {@code names.txt} has, one a line, or else their own. Optional:
 * {@code application.properties} and {@code feed.properties} with keys of their own, {@code
 * people.json} for the far side, and {@code faults.txt} with lines such as {@code learner 1001: 404
 * -58 "Classroom not found"}, {@code learner 1001, 2 times: 503} or {@code learner 1001: cut}.
 * {@code then.txt} has a line for each input: {@code answered}, or what is done once it is held:
 * {@code held} (nothing), {@code release}, {@code cancel}. Before it may stand which parts are
 * released first: {@code part adds, part first 2, release}. Behind {@code ;} may follow what is
 * undone then: {@code undo input-2.csv}, or {@code undo undo-2-input-2.csv release} where that is
 * held.
 *
 * <p>Expected: {@code calls.txt}, and for each input {@code expected-results}, {@code
 * expected-rejects} or {@code expected-error.txt}, with the input's ending or, where the input is
 * no CSV, {@code .csv}, or {@code -undo-} and the file that is undone, or such as {@code
 * -part-first-2-} and the file of which it is a part; and of one that is held {@code
 * expected-held}, {@code expected-held-rejects} and {@code expected-held-why.txt} with its codes
 * and its message. What a file lacks must not be there.
 */
record FeedCase(Path folder) {
  private static final Path ALL = Path.of("src/test/resources/feeds");
  private static final Pattern INPUT = Pattern.compile("input(-\\d+)?\\.[a-z]+(\\.gz)?");
  private static final Pattern EXPECTED =
      Pattern.compile(
          "calls\\.txt|expected-(results|rejects|error|held|held-rejects|held-why)(-\\d+|-(undo|part)-.+)?"
              + "\\.[a-z]+");
  private static final Pattern FAULT =
      Pattern.compile(
          "learner (\\d+)(?:, (\\d+) times)?: (?:(cut)|(\\d{3})(?: (-?\\d+) \"(.*)\")?)");

  static List<FeedCase> all() throws IOException {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders.filter(Files::isDirectory).sorted().map(FeedCase::new).toList();
    }
  }

  String name() {
    return folder.getFileName().toString();
  }

  /** The names of the input files, in the order in which they are dropped. */
  List<String> inputs() throws IOException {
    return names(INPUT);
  }

  /** The names of everything that must come out, and nothing else may. */
  List<String> expectations() throws IOException {
    return names(EXPECTED);
  }

  /** The names under which the inputs are dropped. */
  List<String> droppedAs() throws IOException {
    Path names = folder.resolve("names.txt");
    return Files.exists(names) ? Files.readAllLines(names) : inputs();
  }

  /** What becomes of each input; {@code answered} where nothing is done to it. */
  List<String> then() throws IOException {
    return decisions().stream().map(all -> all.get(all.size() - 1)).toList();
  }

  /** Which parts of each input are released before that: {@code adds}, {@code first 2}. */
  List<List<String>> parts() throws IOException {
    return decisions().stream()
        .map(all -> all.subList(0, all.size() - 1))
        .map(all -> all.stream().map(part -> part.substring("part ".length())).toList())
        .toList();
  }

  private List<List<String>> decisions() throws IOException {
    return steps().stream().map(line -> List.of(line.split("; ", -1)[0].split(", ", -1))).toList();
  }

  /**
   * What is undone behind an input.
   *
   * @param decision as {@link #then} has it
   */
  record Undo(String name, String decision) {}

  /** What is undone behind each input. */
  List<List<Undo>> undos() throws IOException {
    return steps().stream()
        .map(
            line ->
                Stream.of(line.split("; ", -1))
                    .skip(1)
                    .map(undo -> undo.split(" ", -1))
                    .map(words -> new Undo(words[1], words.length > 2 ? words[2] : "answered"))
                    .toList())
        .toList();
  }

  private List<String> steps() throws IOException {
    Path then = folder.resolve("then.txt");
    return Files.exists(then)
        ? Files.readAllLines(then)
        : Collections.nCopies(inputs().size(), "answered");
  }

  /** Whether a marker must be dropped behind each file. */
  boolean needsMarker() throws IOException {
    return "done".equals(keys("feed.properties").get("ready"));
  }

  /** Whether one row may ask for several assignments. */
  boolean fansOut() {
    return keys("feed.properties").keySet().stream().anyMatch(key -> key.startsWith("fan-out."));
  }

  TestBundle.Setup setup() throws IOException {
    Map<String, String> application = keys("application.properties");
    SimulatorOptions farSide = TestBundle.Setup.plain().farSide();
    if ("learner".equals(application.get("onefile.assign.path-user"))) {
      farSide =
          farSide
              .withPathUser(SimulatorOptions.PathUser.LEARNER)
              .withAssigneeField(
                  application.getOrDefault("onefile.assign.assignee-field", "UserID"));
    }
    Path people = folder.resolve("people.json");
    if (Files.exists(people)) {
      farSide = farSide.withPeople(People.read(people));
    }
    return new TestBundle.Setup(application, keys("feed.properties"), farSide);
  }

  /** Puts the case's faults in place. */
  void arm(Simulator simulator) throws IOException {
    Path faults = folder.resolve("faults.txt");
    if (Files.exists(faults)) {
      Files.readAllLines(faults).forEach(line -> simulator.faults().add(fault(line)));
    }
  }

  @Override
  public String toString() {
    return name();
  }

  private static Fault fault(String line) {
    Matcher parts = FAULT.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("faults.txt: " + line);
    }
    Selection calls = Selection.all().forLearner(Integer.parseInt(parts.group(1)));
    if (parts.group(2) != null) {
      calls = calls.next(Integer.parseInt(parts.group(2)));
    }
    if (parts.group(3) != null) {
      return Fault.cutAfter().on(calls);
    }
    Fault.Answer answer = Fault.answer(Integer.parseInt(parts.group(4))).on(calls);
    return parts.group(5) == null
        ? answer
        : answer.withError(Integer.parseInt(parts.group(5)), parts.group(6));
  }

  private List<String> names(Pattern pattern) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> pattern.matcher(name).matches())
          .sorted()
          .toList();
    }
  }

  private Map<String, String> keys(String name) {
    Path file = folder.resolve(name);
    Map<String, String> keys = new LinkedHashMap<>();
    if (Files.exists(file)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      properties.stringPropertyNames().forEach(key -> keys.put(key, properties.getProperty(key)));
    }
    return keys;
  }
}
