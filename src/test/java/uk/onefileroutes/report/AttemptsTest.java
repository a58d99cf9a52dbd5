package uk.onefileroutes.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.testing.LogLines;

class AttemptsTest {
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final FileEntry FILE =
      FileEntry.receiving(
          4_711,
          new FileEntry.Received("inbox", "export.csv", "0".repeat(64), "spool/gone", null),
          Instant.EPOCH);

  private Instant now = Instant.parse("2026-03-31T12:00:00Z");
  private final Attempts attempts = new Attempts(() -> now, AGAIN);

  @Test
  void aFileThatFailsIsTriedOnForEverAndEachReasonIsSaidOnce() {
    try (LogLines log = LogLines.open()) {
      for (int i = 0; i < 5; i++) {
        fail(new NoSuchFileException("spool/gone"));
      }
      assertThat(log.with("ERROR", "File 4711", "spool/gone", "every 30.0 s")).hasSize(1);
      fail(new IOException("Cannot store", new IOException("no room")));
      assertThat(log.with("ERROR", "File 4711")).hasSize(2);
      assertThat(log.with("ERROR", "File 4711", "no room")).hasSize(1);

      attempts.succeeded(FILE);
      fail(new NoSuchFileException("spool/gone"));
      assertThat(log.with("ERROR", "File 4711")).as("it began again").hasSize(3);
    }
  }

  private void fail(Exception cause) {
    assertThat(attempts.mayTry(FILE)).isTrue();
    attempts.failed(FILE, cause);
    assertThat(attempts.mayTry(FILE)).isFalse();
    now = now.plus(AGAIN);
  }
}
