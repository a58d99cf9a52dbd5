package uk.onefileroutes.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.table.Ending;

/** When a file counts as quiet, by the second. */
class QuietFilesTest {
  private static final String NAME = "export.csv";

  private long nanos = Long.MAX_VALUE - 1; // near its overflow, as it may be
  private int readings;

  @ParameterizedTest
  @CsvSource({
    "20s, 100, WHOLE, 20",
    "20s, 100, OPEN, 80",
    "20s, 0, WHOLE, 600",
    "10m, 0, WHOLE, 2400",
    "1s, 0, WHOLE, 600",
    "5s, 100, OPEN, 20"
  })
  void aFileIsTakenAfterItsTime(String quiet, long bytes, Ending ending, int seconds)
      throws Exception {
    QuietFiles files = new QuietFiles(Duration.parse("PT" + quiet), () -> nanos);
    assertThat(takenAfter(files, bytes, ending)).isEqualTo(seconds);
    assertThat(readings).as("its ending is read once").isLessThanOrEqualTo(1);
  }

  @Test
  void evenWithoutATimeItTakesTwoPolls() throws Exception {
    QuietFiles files = new QuietFiles(Duration.ZERO, () -> nanos);
    files.begin();
    assertThat(contain(files, 100, 1, Ending.WHOLE)).isFalse();
    assertThat(contain(files, 100, 1, Ending.WHOLE)).as("the same poll asks again").isFalse();
    files.begin();
    assertThat(contain(files, 100, 1, Ending.WHOLE)).isTrue();
    files.begin();
    assertThat(contain(files, 100, 1, Ending.WHOLE)).as("and at each further one").isTrue();
  }

  @Test
  void whatChangesBeginsAgain() throws Exception {
    QuietFiles files = new QuietFiles(Duration.ofSeconds(20), () -> nanos);
    for (int second = 0; second < 100; second += 5) {
      files.begin();
      boolean isSize = second % 2 == 0;
      assertThat(contain(files, isSize ? second : 50, isSize ? 1 : second, Ending.WHOLE)).isFalse();
      assertThat(files.isStill(NAME, 1000, 1)).isFalse();
      pass(5);
    }
    assertThat(takenAfter(files, 200, Ending.WHOLE)).isEqualTo(20);
    assertThat(files.isStill(NAME, 200, 1)).isTrue();
    assertThat(files.isStill(NAME, 201, 1)).isFalse();
  }

  /** The clock of the writer says nothing: a copy may have last year's. */
  @Test
  void whatWasGoneBeginsAgainThoughItComesBackTheSame() throws Exception {
    QuietFiles files = new QuietFiles(Duration.ofSeconds(20), () -> nanos);
    assertThat(takenAfter(files, 200, Ending.WHOLE)).isEqualTo(20);
    files.begin();
    files.end();
    assertThat(takenAfter(files, 200, Ending.WHOLE)).isEqualTo(20);
  }

  private int takenAfter(QuietFiles files, long bytes, Ending ending) throws IOException {
    for (int second = 0; second < 5000; second++) {
      files.begin();
      if (contain(files, bytes, 1, ending)) {
        return second;
      }
      files.end();
      pass(1);
    }
    throw new AssertionError("never");
  }

  private boolean contain(QuietFiles files, long bytes, long modified, Ending ending)
      throws IOException {
    return files.contain(
        NAME,
        bytes,
        modified,
        () -> {
          readings++;
          return ending;
        });
  }

  private void pass(int seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }
}
