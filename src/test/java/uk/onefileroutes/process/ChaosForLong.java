package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rounds with new seeds for as long as the system property {@code chaos.minutes} says; started by
 * {@code mvn -Pchaos verify} only. {@code chaos.seed} plays that one seed instead. A seed that
 * failed belongs into {@link ChaosIT} for good.
 */
class ChaosForLong {
  private static final int MANY = 5;

  @Test
  void eachRoundKeepsAllPromises(@TempDir Path folder) throws Exception {
    String only = System.getProperty("chaos.seed", "");
    if (!only.isEmpty()) {
      ChaosRounds.play(Long.parseLong(only), folder.resolve("round"));
      return;
    }
    Duration length = Duration.ofMinutes(Long.parseLong(System.getProperty("chaos.minutes", "60")));
    long start = System.nanoTime();
    Random seeds = new Random();
    List<AssertionError> failures = new ArrayList<>();
    while (System.nanoTime() - start < length.toNanos() && failures.size() < MANY) {
      long seed = seeds.nextInt(Integer.MAX_VALUE);
      try {
        ChaosRounds.play(seed, folder.resolve("seed-" + seed));
      } catch (AssertionError e) { // the next ones are worth knowing as well
        failures.add(e);
      }
    }
    assertThat(failures).isEmpty();
  }
}
