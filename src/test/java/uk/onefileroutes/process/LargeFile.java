package uk.onefileroutes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

/**
 * Long to plan, short to deliver: many rows, all of which ask for the same few assignments. Only
 * the last row for each is sent.
 */
final class LargeFile {
  static final int LEARNERS = 100;
  private static final int ROWS = 20_000;
  private static final long HALF_PLANNED_BYTES = 300_000;

  String content() {
    return DataFolder.file(
        ROWS, i -> (1001 + i % LEARNERS) + ",assessor,additional," + (5001 + i % LEARNERS) + ",,");
  }

  /** Waits until the ledger holds a part of its rows. */
  void awaitBeingPlanned(DataFolder data, Bundle running) {
    data.awaitTaken("large.csv");
    long before = data.ledgerSize();
    await("rows in the ledger")
        .atMost(Bundle.PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> data.ledgerSize() > before + HALF_PLANNED_BYTES);
    assertThat(running.output()).doesNotContain("released");
  }

  void assertAnswered(List<String> results) {
    assertThat(results).hasSize(ROWS);
    assertThat(results.subList(0, ROWS - LEARNERS))
        .allMatch(line -> line.contains(",superseded,DUPLICATE_ROW,"));
    assertThat(results.subList(ROWS - LEARNERS, ROWS))
        .allMatch(line -> line.contains(",sent,SENT,"));
  }
}
