package uk.onefileroutes.process;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real process under random files, faults, restarts and kills, and what must hold whatever
 * happens. For an hour of new seeds: {@code mvn -Pchaos verify}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosIT {
  private static final int CALLS_PER_MINUTE = 300;
  private static final long SEED_OF_THE_WINDOW = 1;

  private static @Nullable CompletableFuture<ChaosEvidence> acrossTheWindow;

  /** It takes two minutes and hardly any work, so it runs beside the others. */
  @BeforeAll
  static void startTheRoundAcrossAWindow(@TempDir Path folder) throws Exception {
    ChaosWindow window = ChaosWindow.soon();
    long secondsBefore = Duration.between(Instant.now(), window.from()).toSeconds();
    // enough to be at it when it closes, and for some seconds when it opens again
    int rows = (int) (secondsBefore + 15) * CALLS_PER_MINUTE / 60;
    ChaosScript script = ChaosScript.acrossAWindow(SEED_OF_THE_WINDOW, rows, CALLS_PER_MINUTE);
    acrossTheWindow =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return ChaosPlay.play(script, window, folder.resolve("round"));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  /** A seed that ever failed stays here. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Order(1)
  void aRoundKeepsAllPromises(long seed, @TempDir Path folder) throws Exception {
    ChaosRounds.play(seed, folder);
  }

  @Test
  @Order(2)
  void nothingLeavesInAClosedWindowAndAllPromisesAreKeptAcrossIt() throws Exception {
    ChaosEvidence evidence = requireNonNull(acrossTheWindow).get();
    ChaosWindow window = requireNonNull(evidence.window());
    assertThat(evidence.farSide().calls())
        .as("at it right before the window, and again behind it")
        .anyMatch(call -> call.at().isAfter(window.from().minusSeconds(5)))
        .anyMatch(call -> !call.at().isBefore(window.to()));
    ChaosInvariants.check(evidence);
  }
}
