package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.simulator.ArmedFault;
import uk.onefileroutes.simulator.Call;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;

/**
 * One data folder whose process ends as by {@code kill -9} right behind one step after the other:
 * each start takes up what the last one left, and then gets as far as the next step. For one
 * thread.
 */
final class KillPoints implements AutoCloseable {
  private static final int KILLED = 137;
  private static final int CONCURRENCY = 8;
  private static final int LEARNERS = 6;
  private static final String INVALID = "7,iqa,default,1,,";

  private final Path folder;
  private final Simulator onefile;
  private final DataFolder data;
  private int round;
  private int held;
  private int furtherAnswers;
  private int releasedLate;
  private int recovered;
  private final List<String> good = new ArrayList<>();
  private final List<String> referring = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();
  private final List<String> dry = new ArrayList<>(); // their answers
  private final Set<Step> hit = EnumSet.noneOf(Step.class);

  KillPoints(Path folder) throws IOException {
    this.folder = folder;
    onefile = Simulator.start(SimulatorOptions.defaults().withCallsPerMinute(0));
    data = new DataFolder(folder.resolve("work/data"));
  }

  @Override
  public void close() {
    onefile.close();
  }

  /** Is killed behind each of these steps; returns behind which it was. */
  Set<Step> killedBehind(List<Step> steps) throws Exception {
    for (Step step : steps) {
      round(step);
    }
    return hit;
  }

  /** Is killed the second time that it comes to the step. */
  void killedBehindTheSecond(Step step) throws Exception {
    runInto(step, 2);
  }

  /** After a last start nothing is lost, and nothing was done twice. */
  void finishAndCheck() throws Exception {
    finish();

    for (String name : good) {
      List<String> results = Files.readAllLines(answerOf(name));
      assertThat(results).as(name).hasSize(LEARNERS + 2);
      assertThat(results.get(LEARNERS + 1)).as(name).contains(",invalid,ROLE_NOT_ALLOWED,");
      assertThat(results.subList(1, LEARNERS + 1))
          .as(name)
          .allMatch(line -> line.matches(".*,(sent|superseded|unchanged|cancelled|blocked),.*"));
    }
    assertThat(data.names("results"))
        .as("one answer for each file, a further one after the hold and after the retry")
        .hasSize(2 * good.size() + furtherAnswers + 2 * referring.size() + dry.size() + bad.size())
        .containsAll(dry)
        .containsAll(bad.stream().map(name -> name + ".error.txt").toList());
    assertThat(dryRows()).as("left by dry runs that were cut off").isZero();
    assertThat(data.names("archive"))
        .hasSize(good.size() + releasedLate + referring.size())
        .containsAll(good)
        .containsAll(referring);
    for (String name : referring) {
      assertThat(Files.readAllLines(answerOf(name)))
          .as(name)
          .hasSize(LEARNERS + 2)
          .filteredOn(line -> line.contains(",invalid,REFERENCE_NOT_FOUND,"))
          .hasSize(LEARNERS + 1);
    }
    assertThat(data.names("refused"))
        .containsExactlyInAnyOrderElementsOf(
            bad.stream().flatMap(name -> Stream.of(name, name + ".error.txt")).toList());
    assertThat(data.names("inbox")).isEmpty();
    assertThat(data.names("spool")).isEmpty();
    // what was put there on purpose; of all others the source came again
    assertThat(data.names("recovered")).hasSize(recovered);
    assertThat(onefile.state().defaultAssessors())
        .isEqualTo(
            IntStream.rangeClosed(1, LEARNERS)
                .boxed()
                .collect(Collectors.toMap(Function.identity(), learner -> 9000 + round)));
    assertThat(onefile.calls()).noneMatch(Call::overlapped);
  }

  private void round(Step step) throws Exception {
    switch (step) {
      case REQUEST_UNCHANGED -> whileTheSameIsOnItsWay();
      case PAUSE_STORED, PAUSE_CLEARED, ATTEMPTS_GIVEN_BACK -> {
        finish();
        onefile.faults().add(Fault.answer(503).on(Selection.users().next(LEARNERS)));
        runInto(step, 1);
      }
      case FILE_RECOVERED -> {
        Files.createDirectories(data.path().resolve("spool"));
        Files.writeString(data.path().resolve("spool/" + UUID.randomUUID()), "lost");
        recovered++;
        runInto(step, 1);
      }
      case DRY_RUN_STORED, DRY_RUN_DELETED -> {
        dry.add("dry-" + round + ".dryrun.results.csv");
        data.drop("dry-" + round + ".dryrun.csv", content());
        runInto(step, 1);
      }
      case FILE_WAITS, DIRECTORY_ASKED, DIRECTORY_BEGUN, DIRECTORY_PAGE_STORED, DIRECTORY_READ -> {
        dropReferences();
        runInto(step, 1);
      }
      case DIRECTORY_FAILED -> {
        dropReferences();
        ArmedFault gone =
            onefile
                .faults()
                .add(
                    Fault.answer(503)
                        .on(Selection.all().under(Simulator.BASE_PATH + "/User/Search")));
        runInto(step, 1);
        gone.remove();
      }
      case ROWS_GAVE_WAY, HOLD_ENDED -> {} // with the hold
      case FILE_HELD -> releaseAHeldFileLate();
      case FILE_CANCELLED, ROWS_CANCELLED -> {
        finish();
        runInto(Step.FILE_RELEASED, 1);
        commandInto(step, "cancel", good.get(good.size() - 1));
      }
      case ROWS_RETRIED -> {
        ArmedFault poison =
            onefile.faults().add(Fault.answer(500).on(Selection.users().forLearner(LEARNERS)));
        finish();
        poison.remove();
        commandInto(step, "retry");
        furtherAnswers += 2; // results and rejects
      }
      case SLOTS_FORGOTTEN -> {
        finish();
        commandInto(step, "forget", "--all");
      }
      default -> runInto(step, 1);
    }
  }

  private void whileTheSameIsOnItsWay() throws Exception {
    finish();
    ArmedFault hang = onefile.faults().add(Fault.hang().on(Selection.users().forLearner(1)));
    try (Bundle running = start(Step.REQUEST_UNCHANGED, 1)) {
      drop();
      await("the call, and the line in the log that may come behind it")
          .atMost(Bundle.PATIENCE)
          .until(() -> hang.taken() == 1 && releases(running) == 1);
      data.drop("same-" + round + ".csv", content());
      good.add("same-" + round + ".csv");
      // another learner's answer that came meanwhile may be the first that is unchanged
      await("its release, or the end")
          .atMost(Bundle.PATIENCE)
          .until(() -> releases(running) == 2 || !running.isAlive());
      hang.remove();
      assertKilled(Step.REQUEST_UNCHANGED, running);
    }
  }

  private void releaseAHeldFileLate() throws Exception {
    finish();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            crashAfter(Step.FILE_HELD, 1),
            "-cp",
            System.getProperty("java.class.path"),
            HoldAFile.class.getName(),
            data.path().toString(),
            "held.csv",
            DataFolder.file(2, i -> (i + 1) + ",assessor,default,8000,,"));
    try (Bundle hold = setup().startProgram(command)) {
      assertKilled(Step.FILE_HELD, hold);
    }
    held++;
    finish(); // with newer rows for the same slots
    commandInto(Step.HOLD_ENDED, "release", "held.csv");
    held--;
    releasedLate++;
    furtherAnswers += 2; // while it was held, and then
    runInto(Step.ROWS_GAVE_WAY, 1);
  }

  private Bundle.Setup setup() {
    return Bundle.Setup.toRun(folder.resolve("work"), onefile.baseUrl())
        .quick()
        .with("ONEFILE_ORGANISATION_ID", "12")
        .with("DELIVERY_RETRY_ATTEMPTS", "3");
  }

  /** A file that can't be judged before the directory is read; nobody in it is found there. */
  private void dropReferences() {
    String name = "references-" + round + ".csv";
    referring.add(name);
    data.drop(
        name,
        "learner_email,role,kind,assignee_id\n"
            + "nobody-%d@example.org,assessor,default,9000\n"
                .formatted(round)
                .repeat(LEARNERS + 1));
  }

  private long dryRows() throws SQLException {
    String ledger = "jdbc:h2:" + data.path().resolve("ledger").toAbsolutePath();
    try (Connection connection = DriverManager.getConnection(ledger, "ledger", "");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT COUNT(*) FROM file_row WHERE file_no < 0")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static String crashAfter(Step step, int times) {
    return "-D" + Step.CRASH_AFTER + "=" + step + ":" + times;
  }

  private Bundle start(Step step, int times) {
    return setup().withJvm(crashAfter(step, times)).start("run");
  }

  private void runInto(Step step, int times) throws Exception {
    drop();
    int before = repeated();
    try (Bundle running = start(step, times)) {
      assertKilled(step, running);
    }
    assertThat(repeated() - before).as("repeated until %s", step).isLessThanOrEqualTo(CONCURRENCY);
  }

  private void commandInto(Step step, String... command) throws Exception {
    try (Bundle running = setup().withJvm(crashAfter(step, 1)).start(command)) {
      assertKilled(step, running);
    }
  }

  private void assertKilled(Step step, Bundle process) throws InterruptedException {
    assertThat(process.exitCode()).as("%s: %s", step, process.output()).isEqualTo(KILLED);
    assertThat(process.output()).as("%s", step).doesNotContain("\tat ");
    hit.add(step);
  }

  /** A start that nothing ends before all is answered. */
  private void finish() throws Exception {
    drop();
    try (Bundle running = setup().start("run")) {
      await("all is answered")
          .atMost(Bundle.PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .untilAsserted(
              () -> {
                assertThat(data.names("archive"))
                    .as(running::output)
                    .containsAll(good)
                    .containsAll(referring);
                assertThat(data.names("spool")).as(running::output).hasSize(held);
              });
      running.stop();
      assertThat(running.output()).doesNotContain("\tat ");
    }
  }

  /** A file whose rows change something, and one that is refused. */
  private void drop() {
    round++;
    good.add("good-" + round + ".csv");
    data.drop("good-" + round + ".csv", content());
    bad.add("bad-" + round + ".csv");
    data.drop("bad-" + round + ".csv", "who,what\n" + round + ",2\n");
  }

  private String content() {
    return DataFolder.file(
        LEARNERS + 1,
        i -> i < LEARNERS ? (i + 1) + ",assessor,default," + (9000 + round) + ",," : INVALID);
  }

  private Path answerOf(String name) {
    return data.path().resolve("results").resolve(name.replace(".csv", ".results.csv"));
  }

  private static int releases(Bundle running) {
    return running.output().split(" released: ", -1).length - 1;
  }

  /** Assignments that were applied more than once. */
  private int repeated() {
    Map<String, Long> times =
        onefile.calls().stream()
            .filter(Call::applied)
            .collect(
                Collectors.groupingBy(call -> call.path() + call.body(), Collectors.counting()));
    return (int) times.values().stream().mapToLong(count -> count - 1).sum();
  }
}
