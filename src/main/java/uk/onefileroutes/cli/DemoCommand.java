package uk.onefileroutes.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import picocli.CommandLine.Command;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.runtime.StartFailure;
import uk.onefileroutes.shown.Causes;

/** {@code demo}: everything in one process, on sample data. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Simulator and bundle in one process, with a sample file; no account, no set-up.",
      "On a terminal it stays up afterwards, so that you can drop a file of your own."
    })
final class DemoCommand extends AnsweringCommand {
  /** What must come of the sample. */
  private static final Map<String, Long> EXPECTED =
      Map.of("sent", 3L, "superseded", 1L, "invalid", 5L, "rejected", 1L, "ignored", 3L);

  private static final String RESULTS = Demo.SAMPLE.replace(".csv", ".results.csv");
  private static final String REJECTS = Demo.SAMPLE.replace(".csv", ".rejects.csv");

  /**
   * What came of the sample.
   *
   * @param outcomes rows by state
   * @param calls to the simulated Onefile
   * @param isAsExpected whether these are the outcomes that the sample must have
   */
  private record Shown(
      Map<String, Long> outcomes,
      boolean isAsExpected,
      int calls,
      String results,
      String rejects) {}

  @Override
  Answer answer() throws Refused, InterruptedException {
    PrintStream out = output().progress();
    try (Demo demo = Demo.start(folders().routes())) {
      out.printf("Simulated Onefile at %s, drop folder %s%n", demo.simulatorUrl(), demo.partner());
      demo.dropSample();
      watch(demo);
      Path results = demo.results().resolve(RESULTS);
      Path rejects = demo.results().resolve(REJECTS);
      Map<String, Long> outcomes = show(results, out);
      boolean isAsExpected = outcomes.equals(EXPECTED);
      Answer answer =
          new Answer(
              new Shown(
                  outcomes, isAsExpected, demo.calls(), results.toString(), rejects.toString()),
              "%nOutcomes  %s; %d calls to Onefile%nResults   %s%nRejects   %s (the rows to fix)%n"
                  .formatted(words(outcomes), demo.calls(), results, rejects),
              isAsExpected ? ExitCode.DONE : ExitCode.FAULTS_IN_DATA);
      if (!isAsExpected) {
        output().err().println("Expected  " + words(new TreeMap<>(EXPECTED)));
      } else if (Terminal.exists() && !output().isJson()) {
        output().show(answer);
        stayUp(demo);
      }
      return answer;
    } catch (IOException | StartFailure e) {
      throw new Refused(Code.FAILED, "The demo could not run: " + Causes.words(e));
    }
  }

  private void watch(Demo demo) throws InterruptedException, StartFailure, IOException {
    try (Progress progress =
        new Progress("Assignments answered", output().err(), Terminal.exists())) {
      demo.awaitDone(tally -> show(progress, tally));
    }
  }

  /** How many the rows fan out to, only reading them tells. */
  private static void show(Progress progress, Map<RowState, Long> tally) {
    long all = tally.values().stream().mapToLong(Long::longValue).sum();
    progress.show(finalRows(tally), all, null);
  }

  private static long finalRows(Map<RowState, Long> tally) {
    return tally.entrySet().stream()
        .filter(entry -> entry.getKey().isFinal())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Prints the results as a table; how many rows are in which state. */
  private static Map<String, Long> show(Path results, PrintStream out) throws IOException {
    Map<String, Long> outcomes = new TreeMap<>();
    CSVFormat format =
        CSVFormat.RFC4180.builder().setDelimiter(';').setHeader().setSkipHeaderRecord(true).get();
    out.printf("%n%3s  %-25s %-11s %s%n", "row", "learner", "status", "codes and messages");
    try (CSVParser rows = CSVParser.parse(results, StandardCharsets.UTF_8, format)) {
      for (CSVRecord row : rows) {
        outcomes.merge(row.get("result_status"), 1L, Long::sum);
        out.printf(
            "%3s  %-25s %-11s %s%n",
            row.get("result_row"),
            row.get("Apprentice e-mail"),
            row.get("result_status"),
            row.get("result_code") + "  " + row.get("result_message"));
      }
    }
    return outcomes;
  }

  private static String words(Map<String, Long> outcomes) {
    return outcomes.entrySet().stream()
        .map(outcome -> outcome.getValue() + " " + outcome.getKey())
        .collect(Collectors.joining(", "));
  }

  private void stayUp(Demo demo) throws InterruptedException {
    output()
        .out()
        .printf(
            "%nNow drop a file of your own into %s%nand look into %s. Ctrl+C ends the demo.%n",
            demo.inbox(), demo.results());
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown, "shutdown"));
    ended.await();
  }
}
