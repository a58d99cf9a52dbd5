package uk.onefileroutes.alarm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.feed.Expected;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.FileProgress;
import uk.onefileroutes.ledger.Overview;

/**
 * Whether what is left to send will be done in time. A file's deadline is its report's cut-off, at
 * which its sender gets an answer with open rows, or the time by which its feed's next file is
 * expected, whichever comes first. Files are reckoned one behind the other, oldest first.
 */
public final class BacklogDeadline implements AlarmCheck {
  private final Overview overview;
  private final Map<String, Feed> feeds;
  private final LongFunction<Optional<Instant>> finish;
  private final Duration cutOff;
  private final Clock clock;

  /**
   * @param finish when that many requests will be sent, through plan and windows
   * @param cutOff after acceptance
   * @param clock on its zone's clocks deadlines are
   */
  public BacklogDeadline(
      Overview overview,
      List<Feed> feeds,
      LongFunction<Optional<Instant>> finish,
      Duration cutOff,
      Clock clock) {
    this.overview = overview;
    this.feeds = feeds.stream().collect(Collectors.toMap(Feed::name, Function.identity()));
    this.finish = finish;
    this.cutOff = cutOff;
    this.clock = clock;
  }

  @Override
  public Set<AlarmCode> codes() {
    return Set.of(AlarmCode.BACKLOG);
  }

  @Override
  public void check(AlarmScan scan) {
    List<FileProgress> open =
        overview.files(0).stream()
            .filter(each -> each.file().state() == FileState.DELIVERING && open(each) > 0)
            .sorted(Comparator.comparingLong(each -> each.file().no()))
            .toList();
    long requests = 0;
    for (FileProgress each : open) {
      requests += open(each);
      Instant deadline = deadline(each);
      Optional<Instant> done = finish.apply(requests);
      // paused for good by a person, who knows: late only once it is
      if (done.orElse(clock.instant()).isAfter(deadline)) {
        scan.sees(AlarmCode.BACKLOG, message(each, deadline, done.orElse(null)));
        return;
      }
    }
  }

  private String message(FileProgress late, Instant deadline, @Nullable Instant done) {
    return "file %d of feed %s has %d open requests and will be done %s, its deadline is %s. Raise the pace, shorten closed windows, or cancel what need not be sent"
        .formatted(
            late.file().no(),
            late.file().feed(),
            open(late),
            done == null ? "at no time that is known" : "at " + LocalTimes.of(done, zone()),
            LocalTimes.of(deadline, zone()));
  }

  private Instant deadline(FileProgress progress) {
    Instant accepted = progress.file().acceptedAt();
    Instant cut = accepted.plus(cutOff);
    Feed feed = feeds.get(progress.file().feed());
    if (feed == null || feed.expected() == null) {
      return cut;
    }
    Expected expected = feed.expected();
    Instant next = nextAfter(accepted, expected, expected.zoneOr(clock.getZone()));
    return next.isBefore(cut) ? next : cut;
  }

  /**
   * A file that comes a little before a deadline is there for it, one a little behind is late for
   * it: the deadline of the next one is that behind the nearest.
   */
  static Instant nextAfter(Instant accepted, Expected expected, ZoneId clocks) {
    Instant before = expected.lastDeadline(accepted, clocks);
    Instant behind = expected.nextDeadline(accepted, clocks);
    boolean isLate =
        Duration.between(before, accepted).compareTo(Duration.between(accepted, behind)) < 0;
    return isLate ? behind : expected.nextDeadline(behind, clocks);
  }

  private ZoneId zone() {
    return clock.getZone();
  }

  /** Requests that may be sent now; of those that wait for their day nobody can be late. */
  private long open(FileProgress progress) {
    long all = notFinal(progress);
    return all == 0 ? 0 : all - overview.notYet(progress.file().no());
  }

  private static long notFinal(FileProgress progress) {
    return progress.tally().entrySet().stream()
        .filter(entry -> !entry.getKey().isFinal())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
