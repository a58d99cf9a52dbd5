package uk.onefileroutes.alarm;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.FileEntry;

/**
 * What the sender of a feed must fix: its newest file was refused, or several in a row were refused
 * or are held.
 */
public final class FeedTrouble implements AlarmCheck {
  private static final int IN_A_ROW = 3;
  private static final int LOOKED_AT = 20;
  // a refused file is told although the next one comes at once and is right
  private static final Duration AT_LEAST = Duration.ofHours(1);

  private final List<Feed> feeds;
  private final Files files;
  private final InstantSource clock;

  /**
   * Of these feeds.
   *
   * @param files that were read or refused, newest first
   */
  public FeedTrouble(List<Feed> feeds, Files files, InstantSource clock) {
    this.feeds = List.copyOf(feeds);
    this.files = files;
    this.clock = clock;
  }

  /** The newest files of a feed. */
  @FunctionalInterface
  public interface Files {
    List<FileEntry> newest(String feed, int most);
  }

  @Override
  public Set<AlarmCode> codes() {
    return Set.of(AlarmCode.FILE_REFUSED, AlarmCode.FEED_BROKEN);
  }

  @Override
  public void check(AlarmScan scan) {
    for (Feed feed : feeds) {
      List<FileEntry> newest = files.newest(feed.name(), LOOKED_AT);
      refused(newest, clock.instant())
          .ifPresent(file -> scan.sees(AlarmCode.FILE_REFUSED, feed.name(), refused(file)));
      if (isBroken(newest)) {
        scan.sees(
            AlarmCode.FEED_BROKEN,
            feed.name(),
            "the last %d files of feed %s were refused or are held, the newest is file %d. Ask the sender what changed in the export, and look at the feed's keys"
                .formatted(IN_A_ROW, feed.name(), newest.get(0).no()));
      }
    }
  }

  /** The refused file that somebody must know of; empty where there is none. */
  static Optional<FileEntry> refused(List<FileEntry> newestFirst, Instant now) {
    for (int i = 0; i < newestFirst.size(); i++) {
      FileEntry file = newestFirst.get(i);
      if (file.state() == FileState.REFUSED && (i == 0 || isYoung(file, now))) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** Whether the last files all were refused or are held. */
  static boolean isBroken(List<FileEntry> newestFirst) {
    return newestFirst.size() >= IN_A_ROW
        && newestFirst.stream()
            .limit(IN_A_ROW)
            .allMatch(file -> file.state() == FileState.REFUSED || file.state() == FileState.HELD);
  }

  private static boolean isYoung(FileEntry file, Instant now) {
    Instant at = file.doneAt() == null ? file.acceptedAt() : file.doneAt();
    return at.plus(AT_LEAST).isAfter(now);
  }

  /** Without its name, which may be a person's, and without its message, which may have a cell. */
  private static String refused(FileEntry file) {
    return "file %d of feed %s was refused: %s. Nothing of it was sent. The status page, `status %d` and the text beside it in refused/ say why; the sender has that text too"
        .formatted(file.no(), file.feed(), file.code(), file.no());
  }
}
