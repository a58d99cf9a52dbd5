package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.derived.Parts;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.testing.TestBundle;

/**
 * Each folder of {@code src/test/resources/feeds} is a case: real files through the real bundle.
 * {@link FeedCase} says what a folder may have.
 *
 * <p>What came out of a case is left in {@code target/feed-cases} under the names that a case has,
 * with the times of this run replaced by TIME: to make a case, write its input, run it, read what
 * is there, and copy it if it is right.
 */
class FeedCasesTest {
  private static final Path OUTCOMES = Path.of("target/feed-cases");
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern LEARNER = Pattern.compile("\"LearnerID\":(\\d+)|^POST User/(\\d+) ");

  static List<FeedCase> cases() throws IOException {
    return FeedCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  @Execution(ExecutionMode.CONCURRENT)
  void everyRowIsAnsweredAndOnlyWhatMustBeSentIsSent(FeedCase feedCase) throws Exception {
    Path outcome = emptied(OUTCOMES.resolve(feedCase.name()));
    Instant begin = Instant.now().minusSeconds(1);
    try (TestBundle bundle = TestBundle.start(feedCase.setup())) {
      feedCase.arm(bundle.simulator());
      List<String> inputs = feedCase.inputs();
      List<String> names = feedCase.droppedAs();
      for (int i = 0; i < inputs.size(); i++) {
        int callsBefore = bundle.simulator().calls().size();
        byte[] input = Files.readAllBytes(feedCase.folder().resolve(inputs.get(i)));
        bundle.drop(names.get(i), input);
        if (feedCase.needsMarker()) {
          bundle.drop(names.get(i) + ".done", "");
        }
        String then = feedCase.then().get(i);
        String suffix = SafeName.ofAnswer(inputs.get(i)).substring("input".length());
        if (!then.equals("answered")) {
          keepHeld(bundle, names.get(i), suffix, outcome, begin);
          assertThat(callsBefore)
              .as("calls before the hold")
              .isEqualTo(bundle.simulator().calls().size());
        }
        for (String part : feedCase.parts().get(i)) {
          release(bundle, names.get(i), part, outcome, begin);
        }
        if (then.equals("held")) {
          continue;
        }
        TestBundle.Answer answer = bundle.decideAndAwaitAnswer(then, names.get(i));
        assertThat(bundle.data().resolve(answer.file().stored()))
            .as("%s: what is kept of %s", feedCase, inputs.get(i))
            .hasBinaryContent(input);
        keep(bundle, answer, suffix, outcome, begin, feedCase.fansOut());
        for (FeedCase.Undo undo : feedCase.undos().get(i)) {
          undo(bundle, undo, outcome, begin);
        }
      }
      assertThat(bundle.names("inbox")).as("%s: inbox", feedCase).isEmpty();
      if (!feedCase.then().contains("held")) {
        TestBundle.await("an empty spool").until(() -> bundle.names("spool").isEmpty());
      }
      List<String> calls = calls(bundle.simulator());
      Files.write(outcome.resolve("calls.txt"), byLearner(calls));
      assertThat(authentications(bundle.simulator()))
          .as("%s: authentications", feedCase)
          .isEqualTo(bundle.simulator().calls().isEmpty() ? 0 : 1);
    }
    compare(feedCase, outcome);
  }

  private static void release(
      TestBundle bundle, String of, String part, Path outcome, Instant begin) throws Exception {
    Long first = part.equals("adds") ? null : Long.valueOf(part.substring("first ".length()));
    String name = bundle.releasePart(of, new Parts.Selection(first == null, first));
    String suffix = "-part-" + part.replace(' ', '-') + "-" + of;
    keep(bundle, bundle.awaitAnswer(name), suffix, outcome, begin, false);
  }

  private static void undo(TestBundle bundle, FeedCase.Undo undo, Path outcome, Instant begin)
      throws Exception {
    String name = bundle.undo(undo.name());
    String first = "-undo-" + undo.name();
    String suffix =
        Files.exists(outcome.resolve("expected-results" + first))
            ? "-undo-again-" + undo.name()
            : first;
    if (!undo.decision().equals("answered")) {
      keepHeld(bundle, name, suffix, outcome, begin);
    }
    TestBundle.Answer answer = bundle.decideAndAwaitAnswer(undo.decision(), name);
    keep(bundle, answer, suffix, outcome, begin, false);
  }

  /** Writes down what came back for a file as the case would have it. */
  private static void keep(
      TestBundle bundle,
      TestBundle.Answer answer,
      String suffix,
      Path outcome,
      Instant begin,
      boolean fansOut)
      throws IOException {
    Path stored = bundle.data().resolve(answer.file().stored());
    if (answer.results() == null) {
      assertThat(answer.file().state()).isEqualTo(FileState.REFUSED);
      assertThat(answer.file().stored()).startsWith("refused/");
      List<String> text = Files.readAllLines(Path.of(stored + ".error.txt"));
      Path told = bundle.results().resolve(stored.getFileName() + ".error.txt");
      TestBundle.await("what its sender is told").until(() -> Files.exists(told));
      assertThat(told).hasSameTextualContentAs(Path.of(stored + ".error.txt"));
      assertThat(text).as("error text").hasSizeGreaterThan(4);
      String name = "expected-error" + suffix.substring(0, suffix.lastIndexOf('.')) + ".txt";
      Files.write(outcome.resolve(name), text.subList(0, 1));
      return;
    }
    assertThat(answer.file().stored()).startsWith("archive/");
    int times = keepTimeless(answer.results(), outcome.resolve("expected-results" + suffix), begin);
    long counted =
        bundle.instance().files().tally(answer.file().no()).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    if (fansOut) {
      assertThat(counted).as("assignments by the ledger").isGreaterThanOrEqualTo(times);
    } else {
      assertThat(counted).as("rows by the ledger, against rows in the results").isEqualTo(times);
    }
    if (answer.rejects() != null) {
      keepTimeless(answer.rejects(), outcome.resolve("expected-rejects" + suffix), begin);
    }
  }

  /** Writes down what came back for a file while it is held. */
  private static void keepHeld(
      TestBundle bundle, String name, String suffix, Path outcome, Instant begin)
      throws IOException {
    TestBundle.Answer held = bundle.awaitHeldAnswer(name);
    int unused = keepTimeless(held.results(), outcome.resolve("expected-held" + suffix), begin);
    if (held.rejects() != null) {
      unused =
          keepTimeless(held.rejects(), outcome.resolve("expected-held-rejects" + suffix), begin);
    }
    String why = held.file().code() + ": " + held.file().message() + "\n";
    Files.writeString(
        outcome.resolve("expected-held-why" + suffix.replaceFirst("\\.[a-z]+$", ".txt")),
        DAY.matcher(why).replaceAll("DAY"));
  }

  private static void compare(FeedCase feedCase, Path outcome) throws IOException {
    List<String> came;
    try (Stream<Path> files = Files.list(outcome)) {
      came = files.map(file -> file.getFileName().toString()).sorted().toList();
    }
    for (String name : came) {
      Path expected = feedCase.folder().resolve(name);
      Path actual = outcome.resolve(name);
      if (!Files.exists(expected)) {
        continue; // named below
      }
      if (name.equals("calls.txt")) {
        assertThat(String.join("\n", Files.readAllLines(actual)))
            .as("%s: calls, by learner", feedCase)
            .isEqualTo(String.join("\n", byLearner(Files.readAllLines(expected))));
      } else {
        Charset charset = charset(Files.readAllBytes(actual));
        assertThat(actual).usingCharset(charset).hasSameTextualContentAs(expected, charset);
        assertThat(actual).hasSameBinaryContentAs(expected);
      }
    }
    assertThat(came).as("%s: files that came out", feedCase).isEqualTo(feedCase.expectations());
  }

  /** Copies a file with this run's times replaced; returns how many there were. */
  private static int keepTimeless(Path file, Path target, Instant begin) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Charset charset = charset(bytes);
    Matcher times = TIME.matcher(new String(bytes, charset));
    StringBuilder text = new StringBuilder();
    int count = 0;
    while (times.find()) {
      Instant time = Instant.parse(times.group());
      boolean ours = time.isAfter(begin.minusSeconds(1)) && !time.isAfter(Instant.now());
      count += ours ? 1 : 0;
      times.appendReplacement(text, ours ? "TIME" : times.group());
    }
    times.appendTail(text);
    Files.write(target, text.toString().getBytes(charset));
    return count;
  }

  /** A charset in which these bytes are text and which loses none of them. */
  private static Charset charset(byte[] bytes) {
    if (bytes.length > 1 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return StandardCharsets.UTF_8;
    } catch (CharacterCodingException e) {
      return StandardCharsets.ISO_8859_1;
    }
  }

  private static List<String> calls(Simulator simulator) {
    return simulator.calls().stream()
        .filter(call -> !isAuthentication(call) && !below(call.path()).contains("Search"))
        .map(call -> call.content().method() + " " + below(call.path()) + " " + call.body())
        .toList();
  }

  private static long authentications(Simulator simulator) {
    return simulator.calls().stream().filter(FeedCasesTest::isAuthentication).count();
  }

  private static boolean isAuthentication(Call call) {
    return below(call.path()).equals("Authentication");
  }

  private static String below(String path) {
    return path.substring(Simulator.BASE_PATH.length() + 1);
  }

  /** Only the order within a learner is promised. */
  private static List<String> byLearner(List<String> calls) {
    Map<Integer, List<String>> grouped =
        calls.stream()
            .collect(
                Collectors.groupingBy(FeedCasesTest::learner, TreeMap::new, Collectors.toList()));
    return grouped.values().stream().flatMap(List::stream).toList();
  }

  private static int learner(String call) {
    Matcher learner = LEARNER.matcher(call);
    assertThat(learner.find()).as(call).isTrue();
    String inBody = learner.group(1);
    return Integer.parseInt(inBody != null ? inBody : learner.group(2));
  }

  private static Path emptied(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    return folder;
  }
}
