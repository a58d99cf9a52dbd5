package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.LogLines;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerFiles;
import uk.onefileroutes.ledger.LedgerPlace;
import uk.onefileroutes.ledger.NewFile;
import uk.onefileroutes.ledger.Trust;

class ExpectedFilesTest {
  @TempDir Path folder;
  private Ledger ledger;
  private LedgerFiles files;
  private LogLines log;
  private Instant now = Instant.parse("2026-11-19T12:00:00Z"); // a Thursday

  @BeforeEach
  void open() {
    ledger = Ledger.open(LedgerPlace.embedded(folder), "onefile");
    files = new LedgerFiles(ledger);
    log = LogLines.open();
  }

  @AfterEach
  void close() {
    log.close();
    ledger.close();
  }

  @Test
  void aFileThatDoesNotComeIsSaidOnceAndSoIsItsComing() {
    ExpectedFiles expected = expected();
    accept("2026-11-20T06:00:00Z");
    look(expected, "2026-11-20T12:00:00Z");
    look(expected, "2026-11-23T06:59:00Z"); // Monday, in its grace
    assertThat(expected.missing()).isEmpty();

    look(expected, "2026-11-23T07:00:00Z");
    look(expected, "2026-11-23T09:00:00Z");
    assertThat(expected.missing()).containsExactly("hr");
    assertThat(log.with("EXPECTED", "feed hr"))
        .containsExactly(
            "WARN EXPECTED: feed hr has no file since 2026-11-20T06:00; one was expected by"
                + " 2026-11-23T07:00. Ask its sender, or look at the drop folder");

    accept("2026-11-23T09:30:00Z");
    look(expected, "2026-11-23T09:30:05Z");
    look(expected, "2026-11-23T12:00:00Z");
    assertThat(expected.missing()).isEmpty();
    assertThat(log.with("EXPECTED", "is there now")).hasSize(1);

    look(expected, "2026-11-24T07:00:00Z"); // each deadline wants a file of its own
    assertThat(expected.missing()).containsExactly("hr");
  }

  @Test
  void aFeedThatWasJustSetUpIsNotLateYet() {
    ExpectedFiles expected = expected();
    look(expected, "2026-11-19T12:00:05Z");
    assertThat(expected.missing()).isEmpty();

    look(expected, "2026-11-20T07:00:00Z");
    assertThat(expected.missing()).containsExactly("hr");
  }

  private ExpectedFiles expected() {
    List<String> faults = new ArrayList<>();
    Feed feed =
        Feed.read(
                "hr",
                Map.of(
                    "directory", "hr",
                    "results.directory", "results",
                    "expected.days", "MON-FRI",
                    "expected.by", "06:30",
                    "expected.grace", "30m"),
                Trust.FOR_EVER,
                faults)
            .orElseThrow();
    return new ExpectedFiles(List.of(feed), files, () -> now, ZoneId.of("Europe/London"));
  }

  private void look(ExpectedFiles expected, String at) {
    now = Instant.parse(at);
    expected.look();
  }

  private void accept(String at) {
    Instant instant = Instant.parse(at);
    long unused =
        files.accept(
            new NewFile("hr", "export.csv", 1, "0".repeat(64), instant, "spool/1", instant));
  }
}
