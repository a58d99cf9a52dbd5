package uk.onefileroutes.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ledger.NewFile;
import uk.onefileroutes.ledger.Trust;

class ExpectedFilesTest {
  @TempDir Path folder;
  private Ledger ledger;
  private AcceptedFiles files;
  private AlarmScan scan = new AlarmScan();
  private Instant now = Instant.parse("2026-11-19T12:00:00Z"); // a Thursday

  @BeforeEach
  void open() {
    ledger = Ledger.open(LedgerLogin.embedded(folder), "onefile");
    files = new AcceptedFiles(ledger);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void aFileThatDoesNotComeIsMissingUntilItComes() {
    ExpectedFiles expected = expected();
    accept("2026-11-20T06:00:00Z");
    assertThat(missing(expected, "2026-11-20T12:00:00Z")).isEmpty();
    assertThat(missing(expected, "2026-11-23T06:59:00Z")).as("Monday, in its grace").isEmpty();

    assertThat(missing(expected, "2026-11-23T07:00:00Z"))
        .containsExactly(
            "feed hr has no file since 2026-11-20T06:00; one was expected by 2026-11-23T07:00. Ask"
                + " its sender, or look at the drop folder");
    assertThat(missing(expected, "2026-11-23T09:00:00Z")).hasSize(1);

    accept("2026-11-23T09:30:00Z");
    assertThat(missing(expected, "2026-11-23T09:30:05Z")).isEmpty();
    assertThat(missing(expected, "2026-11-23T12:00:00Z")).isEmpty();

    assertThat(missing(expected, "2026-11-24T07:00:00Z"))
        .as("each deadline wants a file of its own")
        .hasSize(1);
  }

  @Test
  void aFeedThatWasJustSetUpIsNotLateYet() {
    ExpectedFiles expected = expected();
    assertThat(missing(expected, "2026-11-19T12:00:05Z")).isEmpty();
    assertThat(scan.isTold(new Alarm.Key(AlarmCode.FILE_MISSING, "hr")))
        .as("nor is it known that an alarm of an earlier run is over")
        .isFalse();

    assertThat(missing(expected, "2026-11-20T07:00:00Z")).hasSize(1);
  }

  @Test
  void aFeedMayHaveClocksOfItsOwn() {
    ExpectedFiles expected = expected(Map.of("expected.zone", "America/New_York"));
    accept("2026-11-20T06:00:00Z");
    assertThat(missing(expected, "2026-11-23T11:59:00Z")).isEmpty();
    assertThat(missing(expected, "2026-11-23T12:00:00Z"))
        .singleElement()
        .asString()
        .contains("since 2026-11-20T01:00", "by 2026-11-23T07:00");
  }

  private ExpectedFiles expected() {
    return expected(Map.of());
  }

  private ExpectedFiles expected(Map<String, String> more) {
    Map<String, String> keys = new HashMap<>(more);
    keys.putAll(
        Map.of(
            "directory", "hr",
            "results.directory", "results",
            "expected.days", "MON-FRI",
            "expected.by", "06:30",
            "expected.grace", "30m"));
    List<String> faults = new ArrayList<>();
    Feed feed = Feed.read("hr", keys, Trust.FOR_EVER, faults).orElseThrow();
    assertThat(faults).isEmpty();
    return new ExpectedFiles(List.of(feed), files, () -> now, ZoneId.of("Europe/London"));
  }

  private Collection<String> missing(ExpectedFiles expected, String at) {
    now = Instant.parse(at);
    scan = new AlarmScan();
    expected.check(scan);
    return scan.seen().values();
  }

  private void accept(String at) {
    Instant instant = Instant.parse(at);
    long unused =
        files.accept(
            new NewFile("hr", "export.csv", 1, "0".repeat(64), instant, "spool/1", instant));
  }
}
