package uk.onefileroutes.alarm;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uk.onefileroutes.feed.Expected;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.AcceptedFiles;

/**
 * Whether a feed's file is there by its time. A file counts that was accepted since the deadline
 * before. Thread-safe.
 */
public final class ExpectedFiles implements AlarmCheck {
  private final List<Feed> feeds;
  private final AcceptedFiles files;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Instant since;
  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private final Map<String, Late> late = new ConcurrentHashMap<>();

  /** A file that came too late was for this deadline, and for none after it. */
  private record Late(Instant deadline, Instant cameAt) {
    Instant countsFrom(Instant before, Instant current) {
      return current.isAfter(deadline) && cameAt.isAfter(before) ? cameAt : before;
    }
  }

  /**
   * @param zone whose clocks deadlines are on, where the feed does not say
   */
  public ExpectedFiles(List<Feed> feeds, AcceptedFiles files, InstantSource clock, ZoneId zone) {
    this.feeds = List.copyOf(feeds);
    this.files = files;
    this.clock = clock;
    this.zone = zone;
    this.since = clock.instant();
  }

  @Override
  public Set<AlarmCode> codes() {
    return Set.of(AlarmCode.FILE_MISSING);
  }

  @Override
  public void check(AlarmScan scan) {
    for (Feed feed : feeds) {
      if (feed.expected() != null) {
        check(scan, feed.name(), feed.expected());
      }
    }
  }

  private void check(AlarmScan scan, String feed, Expected expected) {
    ZoneId clocks = expected.zoneOr(zone);
    Instant deadline = expected.lastDeadline(clock.instant(), clocks);
    Instant before = expected.lastDeadline(deadline.minusMillis(1), clocks);
    Optional<Instant> last = files.lastAccepted(feed);
    if (last.isEmpty() && !deadline.isAfter(since)) {
      // of a feed that never had a file, deadlines before this start say nothing
      scan.cannotTell(AlarmCode.FILE_MISSING, feed);
      return;
    }
    Late lateOne = late.get(feed);
    Instant counts = lateOne == null ? before : lateOne.countsFrom(before, deadline);
    if (last.filter(at -> at.isAfter(counts)).isEmpty()) {
      boolean unused = missing.add(feed);
      scan.sees(
          AlarmCode.FILE_MISSING,
          feed,
          "feed %s has no file since %s; one was expected by %s. Ask its sender, or look at the drop folder"
              .formatted(
                  feed,
                  last.map(at -> at.atZone(clocks).toLocalDateTime().withNano(0).toString())
                      .orElse("it was set up"),
                  deadline.atZone(clocks).toLocalDateTime()));
    } else if (missing.remove(feed)) {
      late.put(feed, new Late(deadline, last.orElseThrow()));
    }
  }
}
