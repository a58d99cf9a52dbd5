package uk.onefileroutes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A contender's process on a folder of its own. For one thread. */
final class Run implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private final Contender contender;
  private final Path folder;
  private final Process process;
  private final double startSeconds;
  private final double startCpuSeconds;

  /**
   * What a job cost.
   *
   * @param seconds from the rename of its file to the end
   * @param cpuSeconds of the process meanwhile
   */
  record Cost(int rows, double seconds, double cpuSeconds) {
    double rowsPerSecond() {
      return rows / seconds;
    }

    double cpuPerThousand() {
      return cpuSeconds * 1000 / rows;
    }
  }

  /** Starts it; returns when it is ready. */
  Run(Contender contender, Path folder) throws IOException, InterruptedException {
    this.contender = contender;
    this.folder = folder;
    long begin = System.nanoTime();
    process = contender.builder(folder).start();
    Path output = folder.resolve("output.txt");
    await("its start", () -> Files.readString(output).contains("Started: "));
    startSeconds = since(begin);
    startCpuSeconds = cpu().toNanos() / 1e9;
  }

  /** From the start of the process to "Started". */
  double startSeconds() {
    return startSeconds;
  }

  /** Of the process until then. */
  double startCpuSeconds() {
    return startCpuSeconds;
  }

  /** Gives it a file and waits until it is done; what it answered is removed. */
  Cost job(String content, int rows) throws IOException, InterruptedException {
    Path done = folder.resolve(contender.done());
    Path hidden = hidden(content);
    Duration cpu = cpu();
    long begin = System.nanoTime();
    show(hidden);
    await("its answer", () -> Files.exists(done));
    double seconds = since(begin);
    double used = cpu().minus(cpu).toNanos() / 1e9;
    Files.delete(done);
    return new Cost(rows, seconds, used);
  }

  /** Gives it a file. */
  void give(String content) throws IOException {
    show(hidden(content));
  }

  private Path hidden(String content) throws IOException {
    Path inbox = Files.createDirectories(folder.resolve("data/inbox"));
    return Files.writeString(inbox.resolveSibling("next.csv"), content);
  }

  private void show(Path hidden) throws IOException {
    Files.move(
        hidden,
        hidden.resolveSibling("inbox").resolve(Benchmark.FILE),
        StandardCopyOption.ATOMIC_MOVE);
  }

  /** Its largest resident set so far, in MiB. */
  int peakMiB() throws IOException {
    Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
    return peak.find() ? Integer.parseInt(peak.group(1)) / 1024 : 0;
  }

  private Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private void await(String what, Callable<Boolean> condition) {
    Awaitility.await(contender.name() + ": " + what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .failFast(
            () -> {
              if (!process.isAlive()) {
                throw new IOException(Files.readString(folder.resolve("output.txt")));
              }
            })
        .until(condition);
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
