package uk.onefileroutes.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.runtime.StartFailure;

/** {@code demo}: everything in one process, on sample data. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Simulator and bundle in one process, with a sample file; no account, no set-up.",
      "On a terminal it stays up afterwards, so that you can drop a file of your own."
    })
final class DemoCommand implements Callable<Integer> {
  /** What must come of the sample. */
  private static final Map<String, Long> EXPECTED =
      Map.of("sent", 3L, "superseded", 1L, "invalid", 5L, "rejected", 1L, "ignored", 3L);

  private static final String RESULTS = Demo.SAMPLE.replace(".csv", ".results.csv");
  private static final String REJECTS = Demo.SAMPLE.replace(".csv", ".rejects.csv");
  private static final long PATIENCE_MS = 120_000;
  private static final int LOOK_EVERY_MS = 100;

  @ParentCommand private MainCommand parent = new MainCommand();

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws InterruptedException {
    Logging.onlyWarnings();
    try (Demo demo = Demo.start(parent.folders().routes())) {
      out.printf("Simulated Onefile at %s, drop folder %s%n", demo.simulatorUrl(), demo.partner());
      demo.dropSample();
      watch(demo);
      Map<String, Long> outcomes = show(demo.results().resolve(RESULTS));
      out.printf("%nOutcomes  %s; %d calls to Onefile%n", words(outcomes), demo.calls());
      out.printf("Results   %s%n", demo.results().resolve(RESULTS));
      out.printf("Rejects   %s (the rows to mend)%n", demo.results().resolve(REJECTS));
      if (!outcomes.equals(EXPECTED)) {
        System.err.println("Expected  " + words(new TreeMap<>(EXPECTED)));
        return ExitCode.FAULTS_IN_DATA;
      }
      if (Terminal.isThere()) {
        stayUp(demo);
      }
      return ExitCode.DONE;
    } catch (IOException | StartFailure e) {
      System.err.println("The demo could not run: " + e.getMessage());
      return ExitCode.ENVIRONMENT;
    }
  }

  private static void watch(Demo demo) throws InterruptedException, StartFailure, IOException {
    long deadline = System.nanoTime() + PATIENCE_MS * 1_000_000;
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("Assignments answered")
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(LOOK_EVERY_MS)
            .setInitialMax(-1) // how many the rows fan out to, only reading them tells
            .build()) {
      CountDownLatch never = new CountDownLatch(1);
      while (!demo.isDone()) {
        step(bar, demo.tally());
        if (System.nanoTime() > deadline) {
          throw new IOException("not done after two minutes: " + demo.tally());
        }
        boolean unused = never.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
      }
      step(bar, demo.tally());
    }
  }

  private static void step(ProgressBar bar, Map<RowState, Long> tally) {
    if (!tally.isEmpty()) {
      bar.maxHint(tally.values().stream().mapToLong(Long::longValue).sum());
    }
    bar.stepTo(finalRows(tally));
  }

  private static long finalRows(Map<RowState, Long> tally) {
    return tally.entrySet().stream()
        .filter(entry -> entry.getKey().isFinal())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Prints the results as a table; how many rows are in which state. */
  private Map<String, Long> show(Path results) throws IOException {
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
    out.printf(
        "%nNow drop a file of your own into %s%nand look into %s. Ctrl+C ends the demo.%n",
        demo.inbox(), demo.results());
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown, "shutdown"));
    ended.await();
  }
}
