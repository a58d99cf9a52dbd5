package uk.onefileroutes.management;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Listings;

/** Not ready while a feed's place could not be looked into for some polls. */
public final class FeedsHealth extends AbstractHealthCheck {
  private final List<Feed> feeds;
  private final Listings listings;

  public FeedsHealth(List<Feed> feeds, Listings listings) {
    super("onefile", "feeds");
    this.feeds = List.copyOf(feeds);
    this.listings = listings;
  }

  @Override
  public boolean isLiveness() {
    return false; // a restart cures no server
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Map<String, String> late = new LinkedHashMap<>();
    for (Feed feed : feeds) {
      listings.unreachable(feed).ifPresent(reason -> late.put(feed.name(), reason));
    }
    late.forEach((feed, reason) -> builder.detail("feed." + feed, reason));
    if (late.isEmpty()) {
      builder.up();
    } else {
      builder.message("Not looked into for a while: " + List.copyOf(late.keySet())).down();
    }
  }
}
