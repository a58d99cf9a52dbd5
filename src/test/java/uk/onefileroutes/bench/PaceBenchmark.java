package uk.onefileroutes.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * How much of its pace the packaged bundle uses: {@value #CALLS_PER_MINUTE} calls a minute for
 * {@value #SECONDS_LONG} s while each core is busy with something else as well. Arrivals count, not
 * admissions.
 */
final class PaceBenchmark {
  private static final int CALLS_PER_MINUTE = 600;
  private static final int SECONDS_LONG = 120;
  private static final long MINUTE_NANOS = SECONDS.toNanos(60);
  private static final int ALLOWED = CALLS_PER_MINUTE * SECONDS_LONG / 60;

  private final Path jar;
  private final int rounds;
  private final String baseUrl;
  private final Figures figures = new Figures();

  PaceBenchmark(Path jar, int rounds, String baseUrl) {
    this.jar = jar;
    this.rounds = rounds;
    this.baseUrl = baseUrl;
  }

  void run() throws IOException, InterruptedException {
    Path target = jar.resolveSibling("bench");
    Benchmark.remove(target);
    for (int round = 1; round <= rounds; round++) {
      Benchmark.say(
          "Round %d of %d, %d calls a minute for %d s",
          round, rounds, CALLS_PER_MINUTE, SECONDS_LONG);
      List<Long> arrivals = arrivals(Files.createDirectories(target.resolve("pace-" + round)));
      figures.add("calls that arrived, % of what is allowed", 100.0 * within(arrivals) / ALLOWED);
      figures.add("most calls in a sliding 60 s", mostInAMinute(arrivals));
    }
    Benchmark.say("%n%s", figures.table());
  }

  private List<Long> arrivals(Path folder) throws IOException, InterruptedException {
    Contender.prepare(folder);
    Contender contender =
        Contender.bundle(jar, baseUrl)
            .with(Map.of("DELIVERY_CALLS_PER_MINUTE", Integer.toString(CALLS_PER_MINUTE)));
    List<Process> others = new ArrayList<>();
    List<Long> arrivals = new ArrayList<>();
    try (Run run = new Run(contender, folder)) {
      for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
        others.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
      }
      List<Long> unused = newArrivals(); // of the round before
      run.give(Benchmark.content(2 * ALLOWED));
      Awaitility.await("calls for %d s".formatted(SECONDS_LONG))
          .atMost(3 * SECONDS_LONG, SECONDS)
          .pollInterval(1, SECONDS)
          .until(() -> arrivals.addAll(newArrivals()) && isLongEnough(arrivals));
    } finally {
      others.forEach(Process::destroy);
    }
    return arrivals.stream().sorted().toList();
  }

  private List<Long> newArrivals() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl).resolve(FarSide.ARRIVALS_PATH)).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofLines())
        .body()
        .map(Long::valueOf)
        .toList();
  }

  private static boolean isLongEnough(List<Long> arrivals) {
    return arrivals.get(arrivals.size() - 1) - arrivals.get(0) > SECONDS.toNanos(SECONDS_LONG);
  }

  private static long within(List<Long> arrivals) {
    long end = arrivals.get(0) + SECONDS.toNanos(SECONDS_LONG);
    return arrivals.stream().filter(at -> at < end).count();
  }

  private static int mostInAMinute(List<Long> arrivals) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < arrivals.size(); last++) {
      while (arrivals.get(last) - arrivals.get(first) >= MINUTE_NANOS) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
