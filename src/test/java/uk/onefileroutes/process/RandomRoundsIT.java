package uk.onefileroutes.process;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real process under random files, faults, restarts and kills, and what must hold whatever
 * happens. For an hour of new seeds: {@code mvn -Pchaos verify}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RandomRoundsIT {
  /** As many as a build has time for; the others are played first by {@link ChaosForLong}. */
  private static final List<Long> SEEDS = ChaosRounds.KEPT_SEEDS.subList(0, 3);

  /** Half of a round is waiting: for pauses, retries and starts. */
  private static final int AT_A_TIME = 2;

  private static final int CALLS_PER_MINUTE = 300;
  private static final long SEED_OF_THE_WINDOW = 1;

  private static final Map<Long, Future<ChaosRound>> ROUNDS = new LinkedHashMap<>();
  private static final ExecutorService PLAYERS = Executors.newFixedThreadPool(AT_A_TIME + 1);
  private static @Nullable Future<ChaosRound> acrossTheWindow;

  @BeforeAll
  static void startTheRounds() {
    // first, and beside the others: it takes two minutes and hardly any work
    acrossTheWindow = PLAYERS.submit(roundAcrossAWindow());
    for (long seed : SEEDS) {
      ROUNDS.put(seed, PLAYERS.submit(() -> ChaosRounds.play(seed)));
    }
  }

  private static Callable<ChaosRound> roundAcrossAWindow() {
    ChaosWindow window = ChaosWindow.soon();
    long secondsBefore = Duration.between(Instant.now(), window.from()).toSeconds();
    // enough to be at it when it closes, and for some seconds when it opens again
    int rows = (int) (secondsBefore + 15) * CALLS_PER_MINUTE / 60;
    ChaosScript script = ChaosScript.acrossAWindow(SEED_OF_THE_WINDOW, rows, CALLS_PER_MINUTE);
    return () -> ChaosRounds.play("window", script, window);
  }

  @AfterAll
  static void stopWhatIsLeft() {
    PLAYERS.shutdownNow();
  }

  static Set<Long> seeds() {
    return ROUNDS.keySet();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Order(1)
  void aRoundKeepsAllPromises(long seed) throws Exception {
    requireNonNull(ROUNDS.get(seed)).get().check();
  }

  @Test
  @Order(2)
  void nothingLeavesInAClosedWindowAndAllPromisesAreKeptAcrossIt() throws Exception {
    ChaosRound round = requireNonNull(acrossTheWindow).get();
    round.check();
    ChaosWindow window = requireNonNull(round.evidence().window());
    assertThat(round.evidence().farSide().calls())
        .as("at it right before the window, and again behind it")
        .anyMatch(call -> call.at().isAfter(window.from().minusSeconds(5)))
        .anyMatch(call -> !call.at().isBefore(window.to()));
  }
}
