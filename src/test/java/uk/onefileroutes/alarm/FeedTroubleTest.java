package uk.onefileroutes.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.Trust;

/** When refused and held files are alarms. */
class FeedTroubleTest {
  private static final Instant NOON = Instant.parse("2026-06-18T12:00:00Z");

  private final Feed feed =
      Feed.read(
              "nord",
              Map.of("directory", "in", "results.directory", "out"),
              Trust.FOR_EVER,
              new ArrayList<>())
          .orElseThrow();
  private final List<FileEntry> files = new ArrayList<>();
  private Instant now = NOON;

  @Test
  void theNewestFileThatWasRefusedIsToldUntilALaterOneIsRead() {
    add(FileState.DONE);
    assertThat(seen()).isEmpty();
    add(FileState.REFUSED);
    assertThat(seen())
        .singleElement()
        .asString()
        .startsWith("FILE_REFUSED nord: file 2 of feed nord was refused: NO_HEADER. ")
        .doesNotContain("Learner");
    now = NOON.plusSeconds(7200);
    assertThat(seen()).hasSize(1);
    add(FileState.DELIVERING);
    assertThat(seen()).isEmpty();
  }

  @Test
  void aRefusedFileIsToldForAnHourThoughALaterOneIsRead() {
    add(FileState.REFUSED);
    add(FileState.DONE);
    now = NOON.plusSeconds(3599);
    assertThat(seen()).hasSize(1);
    now = NOON.plusSeconds(3600);
    assertThat(seen()).isEmpty();
  }

  @Test
  void threeInARowThatAreRefusedOrHeldAreABrokenFeed() {
    now = NOON.plusSeconds(7200);
    add(FileState.REFUSED);
    add(FileState.DONE);
    add(FileState.HELD);
    add(FileState.HELD);
    assertThat(seen()).isEmpty();
    add(FileState.HELD);
    assertThat(seen())
        .containsExactly(
            "FEED_BROKEN nord: the last 3 files of feed nord were refused or are held, the newest is file 5. Ask the sender what changed in the export, and look at the feed's keys");
    add(FileState.CANCELLED);
    assertThat(seen()).isEmpty();
  }

  private void add(FileState state) {
    boolean isRefused = state == FileState.REFUSED;
    long no = files.size() + 1L;
    files.add(
        0,
        new FileEntry(
            no,
            new FileEntry.Received("nord", "Learner Invented.csv", "0".repeat(64), "stored", null),
            new FileEntry.Standing(
                state,
                isRefused ? "NO_HEADER" : null,
                isRefused ? "It begins with Learner Invented." : null),
            new FileEntry.Times(NOON, null, isRefused ? NOON : null),
            false));
  }

  private List<String> seen() {
    AlarmScan scan = new AlarmScan();
    new FeedTrouble(List.of(feed), (name, most) -> files, () -> now).check(scan);
    return scan.seen().entrySet().stream()
        .map(
            alarm -> alarm.getKey().code() + " " + alarm.getKey().about() + ": " + alarm.getValue())
        .toList();
  }
}
