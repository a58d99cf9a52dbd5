package uk.onefileroutes.management;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.feed.Listings.Listing;

/** Not ready while a feed's place could not be looked into for some polls. */
public final class FeedsHealth extends AbstractHealthCheck {
  private static final int POLLS = 5;
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private final List<Feed> feeds;
  private final Listings listings;
  private final InstantSource clock;
  private final Instant since;

  public FeedsHealth(List<Feed> feeds, Listings listings, InstantSource clock) {
    super("onefile", "feeds");
    this.feeds = List.copyOf(feeds);
    this.listings = listings;
    this.clock = clock;
    this.since = clock.instant();
  }

  @Override
  public boolean isLiveness() {
    return false; // a restart cures no server
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Instant now = clock.instant();
    List<Feed> late = feeds.stream().filter(feed -> isLate(feed, now)).toList();
    late.forEach(feed -> builder.detail("feed." + feed.name(), reason(feed)));
    if (late.isEmpty()) {
      builder.up();
    } else {
      builder
          .message("Not looked into for a while: " + late.stream().map(Feed::name).toList())
          .down();
    }
  }

  private boolean isLate(Feed feed, Instant now) {
    Duration some = feed.places().poll().multipliedBy(POLLS);
    Instant last = listings.of(feed.name()).map(Listing::lastSuccess).orElse(since);
    return Duration.between(last, now).compareTo(some.compareTo(SHORTEST) < 0 ? SHORTEST : some)
        > 0;
  }

  private String reason(Feed feed) {
    Optional<Listing> listing = listings.of(feed.name());
    @Nullable String reason = listing.isEmpty() ? null : listing.get().reason();
    return reason == null ? "no look ended since" : reason;
  }
}
