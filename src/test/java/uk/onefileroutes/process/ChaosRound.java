package uk.onefileroutes.process;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a round went.
 *
 * @param failure what it broke; null: nothing
 */
record ChaosRound(ChaosEvidence evidence, Duration took, @Nullable ChaosFailure failure) {
  long seed() {
    return evidence.script().seed();
  }

  /** How many rows were in the files of its script. */
  int rows() {
    return evidence.script().files().stream().mapToInt(file -> file.rows().size()).sum();
  }

  int calls() {
    return evidence.farSide().calls().size();
  }

  int kills() {
    return evidence.runs().kills().size();
  }

  boolean isRed() {
    return failure != null;
  }

  /** Fails where the round did. */
  void check() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public String toString() {
    return "seed %d %s: %d rows, %d calls, %d kills, %d s"
        .formatted(seed(), isRed() ? "RED" : "green", rows(), calls(), kills(), took.toSeconds());
  }
}
