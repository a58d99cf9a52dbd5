package uk.onefileroutes.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.Installation;

/**
 * How fast the start script has the bundle ready and {@code status} printing, with a class-data
 * archive and without; and how much memory it holds with both ports.
 */
final class Starts {
  private final Path folder;
  private final Figures figures;
  private final Contender bundle;
  private final Path without;
  private final Path with;

  /** Makes the archive. */
  Starts(Path jar, String baseUrl, Path folder, Figures figures)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.figures = figures;
    Contender.prepare(folder);
    bundle =
        Contender.bundle(jar, baseUrl)
            .with(
                Map.of(
                    "JAVA_HOME", System.getProperty("java.home"),
                    "MANAGEMENT_PORT", Integer.toString(FreePort.find()),
                    "CONSOLE_PORT", Integer.toString(FreePort.find())));
    without = Installation.make(folder.resolve("without"), jar);
    with = Installation.make(folder.resolve("with"), jar);
    finish(bundle.installed(with, "class-archive").builder(folder).start());
  }

  /** One turn of each. */
  void round(int rows) throws IOException, InterruptedException {
    Started plain;
    try (Run run = new Run(bundle.installed(without, "run"), folder)) {
      plain = new Started(run.startSeconds(), run.startCpuSeconds(), firstByte(without));
      Run.Cost unused = run.job(Benchmark.content(rows), rows);
      figures.add("this bundle, with both ports: peak RSS, MiB", run.peakMiB());
    }
    Started archived;
    try (Run run = new Run(bundle.installed(with, "run"), folder)) {
      archived = new Started(run.startSeconds(), run.startCpuSeconds(), firstByte(with));
    }
    figures.ratio("start to ready, with archive against without", archived.ready / plain.ready);
    figures.ratio("CPU of a start, with archive against without", archived.cpu / plain.cpu);
    figures.ratio("status, with archive against without", archived.status / plain.status);
    figures.add("start to ready with archive, s", archived.ready);
    figures.add("status with archive, s to its first byte", archived.status);
  }

  /** Seconds. */
  private record Started(double ready, double cpu, double status) {}

  private double firstByte(Path home) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process status =
        bundle
            .installed(home, "status")
            .builder(folder)
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    int first = status.getInputStream().read();
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (first < 0) {
      throw new IOException("status printed nothing");
    }
    finish(status);
    return seconds;
  }

  private static void finish(Process process) throws IOException, InterruptedException {
    byte[] rest = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IOException(
          "ended with %d: %s"
              .formatted(process.exitValue(), new String(rest, StandardCharsets.UTF_8)));
    }
  }
}
