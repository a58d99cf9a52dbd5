package uk.onefileroutes.receive;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.feed.PlaceFailure;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.log.LogIds;
import uk.onefileroutes.stage.Stage;

/**
 * Watches the polls of one drop folder: notes each, and says in the log when it begins to fail,
 * when the reason changes, and when it is over; never at each poll. While a remote place fails it
 * is polled less and less often, down to once a minute. For one consumer's thread.
 */
public final class PollWatch implements PollingConsumerPollStrategy, ExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PollWatch.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final Feed feed;
  private final Listings listings;
  private final Function<Throwable, String> reasons;
  private final PollListener listener;
  private final Stage intake;
  private final LogIds ids;
  // what was said of single files, at the last poll and at this one
  private Set<String> saidBefore = new HashSet<>();
  private Set<String> said = new HashSet<>();
  private boolean wasCut;
  private int intakeFailures; // before this poll
  private int cleanPolls;
  private int failures;
  private long pollsToSkip;

  /**
   * @param reasons the sentence in an exception that is not one of a remote place
   * @param listener if it fails as a poll begins, so does the poll
   * @param intake told when a poll ended in which every file could be accepted, or was gone
   */
  public PollWatch(
      Feed feed,
      Listings listings,
      Function<Throwable, String> reasons,
      PollListener listener,
      Stage intake) {
    this.feed = feed;
    this.listings = listings;
    this.reasons = reasons;
    this.listener = listener;
    this.intake = intake;
    this.ids = LogIds.ofFeed(feed.name());
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    if (pollsToSkip > 0) {
      pollsToSkip--;
      return false;
    }
    wasCut = false;
    intakeFailures = intake.failures(Intake.aboutFeed(feed.name()));
    saidBefore = said;
    said = new HashSet<>();
    ids.enter(); // the poll runs on this thread
    listener.begin();
    return true;
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    if (!wasCut) { // in the middle of its files: said already
      listener.end();
      failures = 0;
      noteIntake();
      Optional<Listings.Listing> before = listings.succeeded(feed.name());
      if (before.filter(last -> last.isFailing() && last.refusal() == null).isPresent()) {
        LOG.info("Feed {}: {} works again", feed.name(), feed.places().source());
      }
    }
    ids.leave();
  }

  /** A file that failed may be passed over by the next poll, where it changed meanwhile. */
  private void noteIntake() {
    boolean isClean = intake.failures(Intake.aboutFeed(feed.name())) == intakeFailures;
    cleanPolls = isClean ? cleanPolls + 1 : 0;
    if (cleanPolls > 1) {
      intake.succeeded(Intake.aboutFeed(feed.name()));
    }
  }

  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
    if (PlaceFailure.in(cause) != null) {
      // servers lock out who fails to log in every few seconds
      long most = LONGEST_WAIT.dividedBy(feed.places().poll());
      pollsToSkip = Math.min(most, (1L << Math.min(failures, 30)) - 1);
      failures++;
    }
    said.addAll(saidBefore); // nothing was seen of them
    ids.around(() -> failed(cause));
    ids.leave();
    return false; // the next poll comes soon enough
  }

  private String sentence(Throwable cause) {
    PlaceFailure place = PlaceFailure.in(cause);
    return place == null ? reasons.apply(cause) : String.valueOf(place.getMessage());
  }

  private void failed(Throwable cause) {
    PlaceFailure place = PlaceFailure.in(cause);
    PlaceFailure.Refusal refusal = place == null ? null : place.refusal();
    String reason = sentence(cause);
    Optional<Listings.Listing> before = listings.failed(feed.name(), reason, refusal);
    // what keeps us out is an alarm, and said by it
    if (refusal == null && before.filter(listing -> reason.equals(listing.reason())).isEmpty()) {
      LOG.warn(
          "Feed {}: trouble with {}, tried again until the log says that it works: {}",
          feed.name(),
          feed.places().source(),
          reason);
    }
  }

  @Override
  public void handleException(Throwable exception) {
    handleException("", exception);
  }

  @Override
  public void handleException(String message, Throwable exception) {
    // a poll that failed, which rollback has seen
  }

  @Override
  public void handleException(String message, @Nullable Exchange exchange, Throwable exception) {
    PlaceFailure place = PlaceFailure.in(exception);
    if (place != null && place.isAway()) {
      if (!wasCut) {
        failed(exception);
      }
      wasCut = true;
      said.addAll(saidBefore);
    } else {
      String file =
          exchange == null
              ? "a file"
              : SafeName.of(String.valueOf(exchange.getIn().getHeader(Exchange.FILE_NAME_ONLY)));
      String reason = sentence(exception);
      if (Stage.Cause.of(exception) == Stage.Cause.LEDGER) { // can't note that it is gone
        intake.failed(Intake.aboutFeed(feed.name()), exception);
      }
      if (exchange != null) {
        listener.failed(
            String.valueOf(exchange.getIn().getHeader(Exchange.FILE_NAME_ONLY)), reason);
      }
      if (said.add(file + ": " + reason) && !saidBefore.contains(file + ": " + reason)) {
        LOG.error(
            "Feed {}: {} could not be accepted or moved away, and will be tried again until it is:"
                + " {}",
            feed.name(),
            file,
            reason);
      }
    }
  }
}
