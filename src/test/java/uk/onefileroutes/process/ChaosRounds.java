package uk.onefileroutes.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Plays rounds and says which. */
final class ChaosRounds {
  private ChaosRounds() {}

  /** Plays one round and checks it; says its seed first. */
  static void play(long seed, Path folder) throws IOException, InterruptedException {
    ChaosScript script = ChaosScript.of(seed);
    say("seed %d: %d files, %s".formatted(seed, script.files().size(), script.settings()));
    long start = System.nanoTime();
    ChaosEvidence evidence = ChaosPlay.play(script, null, folder);
    ChaosInvariants.check(evidence);
    say(
        "seed %d: %d rows, %d calls, %d kills, %d s"
            .formatted(
                seed,
                evidence.rows().size(),
                evidence.farSide().calls().size(),
                evidence.kills().size(),
                Duration.ofNanos(System.nanoTime() - start).toSeconds()));
  }

  private static void say(String line) {
    System.out.println("Chaos, " + line);
  }
}
