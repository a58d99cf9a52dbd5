package uk.onefileroutes.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plays rounds and says how they went. What a red one leaves is kept; see {@link ChaosReport}. */
final class ChaosRounds {
  /** Seeds that failed once, and some that never did; one that fails comes to the front. */
  static final List<Long> KEPT_SEEDS =
      List.of(1_761_825_542L, 1_000_502_632L, 1L, 924_684_113L, 872_723_321L, 2L, 3L);

  private static final Path FOLDER = Path.of("target", "chaos");

  private ChaosRounds() {}

  /** Plays one round and checks it. */
  static ChaosRound play(long seed) throws IOException, InterruptedException {
    return play("seed-" + seed, ChaosScript.of(seed), null);
  }

  /**
   * Plays one round and checks it.
   *
   * @param name of its folder; two rounds at a time need two
   */
  static ChaosRound play(String name, ChaosScript script, @Nullable ChaosWindow window)
      throws IOException, InterruptedException {
    Path folder = FOLDER.resolve(name).toAbsolutePath();
    remove(folder); // of an earlier run
    long start = System.nanoTime();
    ChaosEvidence evidence = ChaosPlay.play(script, window, Files.createDirectories(folder));
    Map<String, List<String>> broken = ChaosInvariants.broken(evidence);
    ChaosFailure failure = broken.isEmpty() ? null : ChaosReport.of(evidence, broken, folder);
    ChaosRound round =
        new ChaosRound(evidence, Duration.ofNanos(System.nanoTime() - start), failure);
    if (!round.isRed()) {
      remove(folder);
    }
    say(failure == null ? round.toString() : round + System.lineSeparator() + failure.getMessage());
    return round;
  }

  static void say(String line) {
    System.out.println("Chaos, " + line);
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
