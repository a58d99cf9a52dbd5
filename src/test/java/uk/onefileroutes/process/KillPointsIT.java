package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.durable.Step;

/**
 * The process ends as by {@code kill -9} right behind each commit and each move of a file; on
 * several data folders at once, each of which takes its share of the steps.
 */
class KillPointsIT {
  private static final int FOLDERS = 3;

  @TempDir Path folder;

  @Test
  void killedBehindEachStepItLosesNothingAndDoesNothingTwice() throws Exception {
    // each of these has a second place: the archive, its spool copy, the results behind the rejects
    List<Step> twice = List.of(Step.BYTES_NOTED, Step.SPOOL_CLEARED, Step.ANSWER_RETURNED);
    Set<Step> hit = EnumSet.noneOf(Step.class);
    ExecutorService walkers = Executors.newFixedThreadPool(FOLDERS);
    try {
      List<Future<Set<Step>>> walks = new ArrayList<>();
      for (int i = 0; i < FOLDERS; i++) {
        int share = i;
        walks.add(walkers.submit(() -> walk(share, twice.get(share))));
      }
      for (Future<Set<Step>> walk : walks) {
        hit.addAll(walk.get());
      }
    } finally {
      walkers.shutdownNow();
    }
    assertThat(hit).isEqualTo(EnumSet.allOf(Step.class));
  }

  private Set<Step> walk(int share, Step twice) throws Exception {
    Step[] all = Step.values();
    List<Step> steps =
        IntStream.range(0, all.length)
            .filter(i -> i % FOLDERS == share)
            .mapToObj(i -> all[i])
            .toList();
    try (KillPoints points = new KillPoints(folder.resolve("folder-" + share))) {
      Set<Step> hit = points.killedBehind(steps);
      points.killedBehindTheSecond(twice);
      points.finishAndCheck();
      return hit;
    }
  }
}
