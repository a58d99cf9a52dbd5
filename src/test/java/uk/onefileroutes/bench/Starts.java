package uk.onefileroutes.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import uk.onefileroutes.testing.FreePort;

/**
 * How fast the bundle is ready and {@code status} prints, with its class-data archive and without;
 * and how much memory it holds with both ports.
 */
final class Starts {
  private static final String MADE = "Class-data archive made in ";

  private final Path folder;
  private final Figures figures;
  private final Contender plain;
  private final Contender archived;

  /** Makes the archive. */
  Starts(Path jar, String baseUrl, Path folder, Figures figures)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.figures = figures;
    Contender.prepare(folder);
    plain =
        Contender.bundle(jar, baseUrl)
            .with(
                Map.of(
                    "MANAGEMENT_PORT", Integer.toString(FreePort.find()),
                    "CONSOLE_PORT", Integer.toString(FreePort.find())));
    Path archive = folder.resolve("data/cache/classes.jsa");
    try (Run making = new Run(plain.withJvm(List.of("-Dclass.archive=" + archive)), folder)) {
      making.awaitOutput(MADE);
    }
    archived = plain.withJvm(List.of("-XX:SharedArchiveFile=" + archive));
  }

  /** One turn of each. */
  void round(int rows) throws IOException, InterruptedException {
    Started without;
    try (Run run = new Run(plain, folder)) {
      without = new Started(run.startSeconds(), run.startCpuSeconds(), firstByte(plain));
    }
    Started with;
    try (Run run = new Run(archived, folder)) {
      with = new Started(run.startSeconds(), run.startCpuSeconds(), firstByte(archived));
      Run.Cost unused = run.job(Benchmark.content(rows), rows);
      figures.add("this bundle, with both ports: peak RSS, MiB", run.peakMiB());
    }
    figures.ratio("start to ready, with archive against without", with.ready / without.ready);
    figures.ratio("CPU of a start, with archive against without", with.cpu / without.cpu);
    figures.ratio("status, with archive against without", with.status / without.status);
    figures.add("start to ready with archive, s", with.ready);
    figures.add("status with archive, s to its first byte", with.status);
  }

  /** Seconds. */
  private record Started(double ready, double cpu, double status) {}

  private double firstByte(Contender contender) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process status =
        contender
            .withCommand("status")
            .withJvm(List.of("-XX:TieredStopAtLevel=1")) // as the script does
            .builder(folder)
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    int first = status.getInputStream().read();
    double seconds = (System.nanoTime() - begin) / 1e9;
    byte[] rest = status.getInputStream().readAllBytes();
    if (status.waitFor() != 0 || first < 0) {
      throw new IOException(
          "status ended with %d: %s"
              .formatted(status.exitValue(), new String(rest, StandardCharsets.UTF_8)));
    }
    return seconds;
  }
}
