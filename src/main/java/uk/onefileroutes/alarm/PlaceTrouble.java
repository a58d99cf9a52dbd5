package uk.onefileroutes.alarm;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.feed.Listings.Listing;
import uk.onefileroutes.feed.Place;
import uk.onefileroutes.feed.PlaceFailure;

/**
 * Where files come from or results go to: a drop folder or server that can't be listed, and what
 * SFTP servers refuse, or we refuse of them. While a server is away otherwise, neither key nor
 * login can be judged.
 */
public final class PlaceTrouble implements AlarmCheck {
  private final List<Feed> feeds;
  private final Listings listings;
  private final Function<String, Optional<Listing>> results;

  /**
   * @param listings the polls of a feed's drop folder
   * @param results the attempts at a feed's results place
   */
  public PlaceTrouble(
      List<Feed> feeds, Listings listings, Function<String, Optional<Listing>> results) {
    this.feeds = List.copyOf(feeds);
    this.listings = listings;
    this.results = results;
  }

  @Override
  public Set<AlarmCode> codes() {
    return Set.of(AlarmCode.SFTP_HOST_KEY, AlarmCode.SFTP_LOGIN, AlarmCode.FEED_UNREACHABLE);
  }

  @Override
  public void check(AlarmScan scan) {
    for (Feed feed : feeds) {
      Optional<Listing> polled = listings.of(feed.name());
      if (polled.map(Listing::refusal).isEmpty()) { // of a refusal its own alarm says more
        listings
            .unreachable(feed)
            .ifPresent(
                reason ->
                    scan.sees(
                        AlarmCode.FEED_UNREACHABLE,
                        feed.name(),
                        message(feed.name(), "its files can't be listed", reason)));
      }
      boolean isListed = feed.places().source() instanceof Place.Remote;
      if (isListed) {
        judge(scan, feed.name(), "files can't be fetched", polled);
      }
      if (feed.places().results() instanceof Place.Remote) {
        Optional<Listing> tried = results.apply(feed.name());
        // results may be rare: where the same server is listed all the time, that says enough
        if (tried.isPresent() || !isListed) {
          judge(scan, feed.name(), "results can't be returned", tried);
        }
      }
    }
  }

  private static void judge(AlarmScan scan, String feed, String what, Optional<Listing> tried) {
    if (tried.isEmpty()) {
      scan.cannotTell(AlarmCode.SFTP_HOST_KEY, feed);
      scan.cannotTell(AlarmCode.SFTP_LOGIN, feed);
      return;
    }
    Listing last = tried.get();
    PlaceFailure.Refusal refusal = last.refusal();
    if (refusal == PlaceFailure.Refusal.HOST_KEY) {
      scan.sees(AlarmCode.SFTP_HOST_KEY, feed, message(feed, what, last));
      scan.cannotTell(AlarmCode.SFTP_LOGIN, feed); // nothing is said to such a server
    } else if (refusal == PlaceFailure.Refusal.LOGIN) {
      scan.sees(AlarmCode.SFTP_LOGIN, feed, message(feed, what, last));
    } else if (last.isFailing()) {
      scan.cannotTell(AlarmCode.SFTP_HOST_KEY, feed);
      scan.cannotTell(AlarmCode.SFTP_LOGIN, feed);
    }
  }

  private static String message(String feed, String what, Listing last) {
    return message(feed, what, last.reason());
  }

  private static String message(String feed, String what, @Nullable String reason) {
    return "feed %s: %s: %s".formatted(feed, what, reason);
  }
}
