package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.ledger.Trust;

class FeedsHealthTest {
  private Instant now = Instant.parse("2026-11-22T09:00:00Z");
  private final Feed feed =
      Feed.read(
              "inbox",
              Map.of("directory", "in", "results.directory", "out", "poll", "30s"),
              Trust.FOR_EVER,
              new ArrayList<>())
          .orElseThrow();
  private final Listings listings = new Listings(() -> now);
  private final FeedsHealth health = new FeedsHealth(List.of(feed), listings);

  private HealthCheck.Result ask() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.start();
      health.setCamelContext(camel);
      return health.call(Map.of());
    }
  }

  @Test
  void aFeedThatNobodyLookedIntoForFivePollsIsNotReady() throws Exception {
    now = now.plus(Duration.ofSeconds(150));
    assertThat(ask().getState()).isEqualTo(HealthCheck.State.UP);

    now = now.plus(Duration.ofSeconds(1));
    HealthCheck.Result result = ask();
    assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
    assertThat(result.getMessage()).hasValueSatisfying(text -> assertThat(text).contains("inbox"));
    assertThat(result.getDetails()).containsEntry("feed.inbox", "no poll ended since");
  }
}
