package uk.onefileroutes.feed;

import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the looks into one drop folder: notes each, and says in the log when it begins to fail,
 * when the reason changes, and when it is over; never at each look. For one consumer's thread.
 */
public final class PollWatch implements PollingConsumerPollStrategy, ExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PollWatch.class);

  private final Feed feed;
  private final Listings listings;
  private final Function<Throwable, String> reasons;
  private final Runnable beforeLook;
  private boolean wasCut;

  /**
   * @param reasons the sentence in an exception that is not one of a remote place
   * @param beforeLook what must be done first, at each look; if it fails, so does the look
   */
  public PollWatch(
      Feed feed, Listings listings, Function<Throwable, String> reasons, Runnable beforeLook) {
    this.feed = feed;
    this.listings = listings;
    this.reasons = reasons;
    this.beforeLook = beforeLook;
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    wasCut = false;
    beforeLook.run();
    return true;
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    if (wasCut) {
      return; // in the middle of its files: said already
    }
    Optional<Listings.Listing> before = listings.succeeded(feed.name());
    if (before.filter(Listings.Listing::isFailing).isPresent()) {
      LOG.info("Feed {}: {} works again", feed.name(), feed.places().source());
    }
  }

  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
    failed(sentence(cause));
    return false; // the next look comes soon enough
  }

  private String sentence(Throwable cause) {
    PlaceFailure place = PlaceFailure.in(cause);
    return place == null ? reasons.apply(cause) : String.valueOf(place.getMessage());
  }

  private void failed(String reason) {
    Optional<Listings.Listing> before = listings.failed(feed.name(), reason);
    if (before.filter(listing -> reason.equals(listing.reason())).isEmpty()) {
      LOG.warn(
          "Feed {}: trouble with {}: {}. Trying again every {} s; the log says when it works again",
          feed.name(),
          feed.places().source(),
          reason,
          feed.places().poll().toMillis() / 1000.0);
    }
  }

  @Override
  public void handleException(Throwable exception) {
    handleException("", exception);
  }

  @Override
  public void handleException(String message, Throwable exception) {
    // a look that failed, which rollback has seen
  }

  @Override
  public void handleException(String message, @Nullable Exchange exchange, Throwable exception) {
    PlaceFailure place = PlaceFailure.in(exception);
    if (place != null && place.isAway()) {
      if (!wasCut) {
        failed(sentence(exception));
      }
      wasCut = true;
    } else {
      LOG.error(
          "Feed {}: {} could not be taken in or moved away, and will be tried again: {}",
          feed.name(),
          exchange == null
              ? "a file"
              : SafeName.of(String.valueOf(exchange.getIn().getHeader(Exchange.FILE_NAME_ONLY))),
          sentence(exception));
    }
  }
}
