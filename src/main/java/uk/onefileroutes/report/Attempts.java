package uk.onefileroutes.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.feed.PlaceFailure;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.stage.Stage;

/**
 * When answers that could not be written are tried again, and what the log says of it: each reason
 * once while it lasts, and when a remote place that was at fault works again. Thread-safe.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final InstantSource clock;
  private final Duration tryAgain;
  private final Stage stage;
  private final Map<Long, Instant> notBefore = new ConcurrentHashMap<>();
  private final Map<Long, String> said = new ConcurrentHashMap<>();
  private final Map<String, Away> away = new ConcurrentHashMap<>();
  private final Map<String, Listings.Listing> tries = new ConcurrentHashMap<>();

  /** A results place that is at fault. */
  private record Away(String reason, Instant again) {}

  Attempts(InstantSource clock, Duration tryAgain) {
    this.clock = clock;
    this.tryAgain = tryAgain;
    this.stage = new Stage(Stage.Name.RESULTS, clock);
  }

  /** Whether results can be written. */
  Stage stage() {
    return stage;
  }

  private static String about(FileEntry file) {
    return "file " + file.no();
  }

  private static String aboutFeed(FileEntry file) {
    return "feed " + file.feed();
  }

  boolean mayTry(FileEntry file) {
    return isOver(notBefore.getOrDefault(file.no(), Instant.MIN));
  }

  /** Whether a feed's results place may work. */
  boolean mayTry(String feed) {
    Away known = away.get(feed);
    return known == null || isOver(known.again());
  }

  /** Further ahead than any wait is one that the clock was put back in. */
  private boolean isOver(Instant again) {
    Instant now = clock.instant();
    return !again.isAfter(now) || again.isAfter(now.plus(tryAgain.multipliedBy(2)));
  }

  /** The attempts at a feed's results place; empty where there was none yet. */
  Optional<Listings.Listing> of(String feed) {
    return Optional.ofNullable(tries.get(feed));
  }

  void succeeded(FileEntry file) {
    Listings.Listing tried = tries.get(file.feed());
    tries.put(file.feed(), Listings.Listing.succeeded(tried, clock.instant()));
    notOwed(file);
    stage.succeeded(aboutFeed(file));
    if (away.remove(file.feed()) != null) {
      LOG.info("Feed {}: its results can be written again", file.feed());
    }
  }

  /** No answer is owed any more, or not this one. */
  void notOwed(FileEntry file) {
    notBefore.remove(file.no());
    said.remove(file.no());
    stage.succeeded(about(file));
  }

  void failed(FileEntry file, Exception cause) {
    Instant again = clock.instant().plus(tryAgain);
    if (!(cause instanceof PlaceFailure place)) {
      notBefore.put(file.no(), again);
      stage.failed(about(file), Stage.Cause.of(cause), withoutName(file, Stage.reason(cause)));
      String why = Causes.words(cause);
      if (!why.equals(said.put(file.no(), why))) { // not at each attempt
        LOG.error(
            "File {}: its answer could not be written, tried again every {} s until it is: {}",
            file.no(),
            tryAgain.toMillis() / 1000.0,
            why);
      }
      return;
    }
    if (!place.isAway()) {
      // it may be this file only: the next attempt is another file's, if there is one
      notBefore.put(file.no(), again.plus(tryAgain));
    }
    String reason = String.valueOf(place.getMessage());
    tries.put(
        file.feed(),
        Listings.Listing.failed(tries.get(file.feed()), clock.instant(), reason, place.refusal()));
    stage.failed(
        aboutFeed(file),
        place.refusal() == null ? Stage.Cause.OTHER : Stage.Cause.SERVER_REFUSAL,
        reason);
    Away before = away.put(file.feed(), new Away(reason, again));
    if (before == null || !before.reason().equals(reason)) {
      LOG.error(
          "Feed {}: its results can't be written, tried again every {} s until the log says that"
              + " it works: {}",
          file.feed(),
          tryAgain.toMillis() / 1000.0,
          reason);
    }
  }

  /** Alarms reach people whose business no file's name is. */
  private static String withoutName(FileEntry file, String reason) {
    String name = SafeName.ofAnswer(file.name());
    int dot = name.indexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return stem.length() > 2 ? reason.replace(stem, "...") : reason; // else words are cut
  }
}
