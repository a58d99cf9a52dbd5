package uk.onefileroutes.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures the packaged bundle beside what others would write for the same job: rounds in which
 * each has its turn, so that a machine that is slow for a while is slow for all of them.
 *
 * <p>{@code mvn -q -Pbench}; {@code -Dbench.rows=50000 -Dbench.rounds=3}. {@code -Dbench=pace}
 * measures how much of the pace is used, see {@link PaceBenchmark}. Not part of the build.
 */
public final class Benchmark {
  static final String FILE = "export.csv";
  private static final int TEN = 10;
  private static final List<Integer> SIZES = List.of(1_000, 5_000, 20_000);

  private final Path jar;
  private final Path target;
  private final int rows;
  private final int rounds;
  private final String baseUrl;
  private final Figures figures = new Figures();

  private Benchmark(Path jar, int rows, int rounds, String baseUrl) {
    this.jar = jar;
    this.target = jar.resolveSibling("bench");
    this.rows = rows;
    this.rounds = rounds;
    this.baseUrl = baseUrl;
  }

  public static void main(String[] arguments) throws Exception {
    Path jar = Path.of(arguments[0]).toAbsolutePath();
    int rows = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    Process farSide =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                FarSide.class.getName(),
                arguments[3])
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(farSide.getInputStream(), StandardCharsets.UTF_8))) {
      String baseUrl = said.readLine();
      switch (arguments[3]) {
        case "rows" -> new Benchmark(jar, rows, rounds, baseUrl).run();
        case FarSide.NOTING -> new PaceBenchmark(jar, rounds, baseUrl).run();
        default -> throw new IllegalArgumentException("-Dbench is rows or pace");
      }
    } finally {
      farSide.destroy();
    }
  }

  private void run() throws IOException, InterruptedException {
    remove(target); // of an earlier run
    Starts starts = new Starts(jar, baseUrl, folder(0, "starts"), figures);
    for (int round = 1; round <= rounds; round++) {
      say("Round %d of %d, %,d rows", round, rounds, rows);
      Run.Cost ours = bundle(folder(round, "bundle"));
      Run.Cost tutorial = other(Contender.tutorial(folder(round, "tutorial"), baseUrl));
      Run.Cost loop = other(Contender.loop(folder(round, "loop"), baseUrl));
      starts.round(rows);
      figures.ratio("whole job, rows/s, against the tutorial route", speed(ours, tutorial));
      figures.ratio("whole job, rows/s, against the loop", speed(ours, loop));
      figures.ratio("CPU per row against the tutorial route", cost(ours, tutorial));
    }
    List<Figures.Point> points = new ArrayList<>();
    for (int size : SIZES) {
      say("Cost against size: %,d rows", size);
      points.add(point(size));
    }
    Files.createDirectories(target);
    String table = figures.table();
    Files.writeString(target.resolve("figures.md"), table);
    Files.writeString(target.resolve("cost.svg"), CostChart.svg(points));
    say("%n%s%nAlso in %s, with cost.svg", table, target.resolve("figures.md"));
  }

  /** The whole job, the same file once more, and one of ten rows. */
  private Run.Cost bundle(Path folder) throws IOException, InterruptedException {
    Contender.prepare(folder);
    Contender contender = Contender.bundle(jar, baseUrl);
    Run.Cost whole;
    Run.Cost unchanged;
    try (Run run = new Run(contender, folder)) {
      figures.add("start to ready, s", run.startSeconds());
      whole = run.job(content(rows), rows);
      figures.add(contender.name(), whole, run.peakMiB());
      unchanged = run.job(content(rows), rows);
      figures.add("unchanged rows/s", unchanged.rowsPerSecond());
      figures.add("unchanged, CPU-s per 1,000 rows", unchanged.cpuPerThousand());
      figures.add("ten rows, from rename to results, s", run.job(content(TEN), TEN).seconds());
    }
    Run.Cost split = other(Contender.split(folder.resolveSibling(folder.getFileName() + "-split")));
    figures.ratio("unchanged rows/s against a plain streaming split", speed(unchanged, split));
    return whole;
  }

  private Run.Cost other(Contender contender) throws IOException, InterruptedException {
    Path folder = Path.of(contender.command().get(5));
    Files.createDirectories(folder);
    try (Run run = new Run(contender, folder)) {
      Run.Cost cost = run.job(content(rows), rows);
      figures.add(contender.name(), cost, run.peakMiB());
      return cost;
    }
  }

  private Figures.Point point(int size) throws IOException, InterruptedException {
    Path folder = folder(0, "size-" + size);
    Contender.prepare(folder);
    try (Run run = new Run(Contender.bundle(jar, baseUrl), folder)) {
      Run.Cost cost = run.job(content(size), size);
      figures.add("CPU-s per 1,000 rows of a file of %,d".formatted(size), cost.cpuPerThousand());
      return new Figures.Point(size, cost.cpuPerThousand());
    }
  }

  private Path folder(int round, String name) throws IOException {
    Path folder = target.resolve("round-%d/%s".formatted(round, name));
    return Files.createDirectories(folder);
  }

  static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static double speed(Run.Cost ours, Run.Cost other) {
    return ours.rowsPerSecond() / other.rowsPerSecond();
  }

  private static double cost(Run.Cost ours, Run.Cost other) {
    return ours.cpuPerThousand() / other.cpuPerThousand();
  }

  /** Each row is a call; half of them are defaults, half additional. */
  static String content(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(
            i ->
                i % 2 == 0
                    ? "%d,assessor,default,%d%n".formatted(100_000 + i, 9_000 + i % 40)
                    : "%d,assessor,additional,%d%n".formatted(100_000 + i, 9_000 + i % 40))
        .collect(Collectors.joining("", "learner_id,role,kind,assignee_id\n", ""));
  }

  static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
