package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Rounds with the kept seeds, then with new ones, for as long as the system property {@code
 * chaos.minutes} says; started by {@code mvn -Pchaos verify} only. {@code chaos.seed} plays that
 * one seed instead, {@code chaos.seed-of-seeds} the same rounds again. A seed that failed belongs
 * into {@link ChaosRounds#KEPT_SEEDS} for good.
 */
class ChaosForLong {
  private static final int MANY = 5;

  private final List<ChaosRound> rounds = new ArrayList<>();

  @Test
  void eachRoundKeepsAllPromises() throws Exception {
    String only = System.getProperty("chaos.seed", "");
    if (!only.isEmpty()) {
      ChaosRounds.play(Long.parseLong(only)).check();
      return;
    }
    Duration length = Duration.ofMinutes(Long.parseLong(System.getProperty("chaos.minutes", "60")));
    String chosen = System.getProperty("chaos.seed-of-seeds", "");
    long seedOfSeeds = chosen.isEmpty() ? new Random().nextInt() : Long.parseLong(chosen);
    ChaosRounds.say("for %d min, seed of seeds %d".formatted(length.toMinutes(), seedOfSeeds));
    Random random = new Random(seedOfSeeds);
    PrimitiveIterator.OfLong seeds =
        LongStream.concat(
                ChaosRounds.KEPT_SEEDS.stream().mapToLong(Long::longValue),
                LongStream.generate(() -> random.nextInt(Integer.MAX_VALUE)))
            .iterator();
    long start = System.nanoTime();
    Duration played = Duration.ZERO;
    while (played.compareTo(length) < 0 && redSeeds().size() < MANY) {
      rounds.add(ChaosRounds.play(seeds.nextLong()));
      played = Duration.ofNanos(System.nanoTime() - start);
      ChaosRounds.say(
          "minute %d of %d: %s".formatted(played.toMinutes(), length.toMinutes(), summary()));
    }
    ChaosRounds.say("the end: " + summary());
    assertThat(redSeeds()).as(summary()).isEmpty();
  }

  private List<Long> redSeeds() {
    return rounds.stream().filter(ChaosRound::isRed).map(ChaosRound::seed).toList();
  }

  private String summary() {
    return "%d rounds, %d rows, %d calls, %d kills, red seeds %s"
        .formatted(
            rounds.size(),
            sum(ChaosRound::rows),
            sum(ChaosRound::calls),
            sum(ChaosRound::kills),
            redSeeds());
  }

  private int sum(ToIntFunction<ChaosRound> figure) {
    return rounds.stream().mapToInt(figure).sum();
  }
}
