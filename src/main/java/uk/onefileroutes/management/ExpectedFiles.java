package uk.onefileroutes.management;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.feed.Expected;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.LedgerFiles;

/**
 * Says when a feed's file is not there by its time: once when that begins, once when it is over. A
 * file counts that was accepted since the deadline before. Thread-safe.
 */
public final class ExpectedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ExpectedFiles.class);

  private final List<Feed> feeds;
  private final LedgerFiles files;
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
   * @param zone whose clocks deadlines are on
   */
  public ExpectedFiles(List<Feed> feeds, LedgerFiles files, InstantSource clock, ZoneId zone) {
    this.feeds = List.copyOf(feeds);
    this.files = files;
    this.clock = clock;
    this.zone = zone;
    this.since = clock.instant();
  }

  /** Looks. */
  public void look() {
    for (Feed feed : feeds) {
      if (feed.expected() != null) {
        look(feed.name(), feed.expected());
      }
    }
  }

  /** The feeds whose file is not there though its time has passed. */
  public Set<String> missing() {
    return Set.copyOf(missing);
  }

  private void look(String feed, Expected expected) {
    Instant deadline = expected.lastDeadline(clock.instant(), zone);
    Instant before = expected.lastDeadline(deadline.minusMillis(1), zone);
    Optional<Instant> last = files.lastAccepted(feed);
    // of a feed that never had a file, deadlines before this start say nothing
    Late lateOne = late.get(feed);
    Instant counts = lateOne == null ? before : lateOne.countsFrom(before, deadline);
    boolean isMissing =
        last.map(at -> !at.isAfter(counts)).orElseGet(() -> deadline.isAfter(since));
    if (isMissing && missing.add(feed)) {
      LOG.warn(
          "EXPECTED: feed {} has no file since {}; one was expected by {}. Ask its sender, or look at"
              + " the drop folder",
          feed,
          last.map(at -> at.atZone(zone).toLocalDateTime().withNano(0).toString())
              .orElse("it was set up"),
          deadline.atZone(zone).toLocalDateTime());
    } else if (!isMissing && missing.remove(feed)) {
      late.put(feed, new Late(deadline, last.orElseThrow()));
      LOG.info("EXPECTED: the file of feed {} is there now", feed);
    }
  }
}
