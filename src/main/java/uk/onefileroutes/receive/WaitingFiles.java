package uk.onefileroutes.receive;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.feed.SafeName;

/**
 * Files that lie in a drop folder and are not taken: since when and why. What lies there for too
 * long is said once, and stands in the status until it is gone or taken. For the thread that polls.
 */
final class WaitingFiles {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingFiles.class);
  private static final int MAX_SAID_AT_ONCE = 10; // of a folder that is full of other files

  private final Feed feed;
  private final Listings listings;
  private final InstantSource clock;
  private final Map<String, Waiting> waiting = new HashMap<>();
  private int poll;

  /** One of them; the sentence is made once it is needed. */
  private static final class Waiting {
    private final Instant since;
    private int seenAt;
    private Supplier<String> reason;
    private @Nullable String said;

    Waiting(Instant since, int seenAt, Supplier<String> reason) {
      this.since = since;
      this.seenAt = seenAt;
      this.reason = reason;
    }
  }

  WaitingFiles(Feed feed, Listings listings, InstantSource clock) {
    this.feed = feed;
    this.listings = listings;
    this.clock = clock;
  }

  /** A poll begins. */
  void begin() {
    poll++;
  }

  /** This poll doesn't take a file. */
  void add(String name, Supplier<String> reason) {
    Waiting before = waiting.get(name);
    if (before == null) {
      waiting.put(name, new Waiting(clock.instant(), poll, reason));
    } else {
      before.seenAt = poll;
      before.reason = reason;
    }
  }

  /** The same, where it was said already; its reason stands in the status as soon. */
  void addSaid(String name, String reason) {
    add(name, () -> reason);
    Waiting added = waiting.get(name);
    if (added != null) {
      added.said = reason;
    }
  }

  /** A poll has seen all there is. */
  void end() {
    waiting.values().removeIf(file -> file.seenAt != poll);
    Duration patience = feed.places().waits().warning();
    Instant now = clock.instant();
    List<Map.Entry<String, Waiting>> due =
        waiting.entrySet().stream()
            .filter(file -> !now.isBefore(file.getValue().since.plus(patience)))
            .sorted(Map.Entry.comparingByKey())
            .toList();
    List<Map.Entry<String, Waiting>> unsaid = new ArrayList<>();
    for (Map.Entry<String, Waiting> file : due) {
      Waiting value = file.getValue();
      if (value.said == null) {
        value.said = value.reason.get();
        unsaid.add(file);
      }
    }
    say(unsaid);
    listings.waiting(
        feed.name(),
        due.stream()
            .map(
                file ->
                    new Listings.Waiting(
                        file.getKey(), file.getValue().since, String.valueOf(file.getValue().said)))
            .sorted(Comparator.comparing(Listings.Waiting::since))
            .toList());
  }

  private void say(List<Map.Entry<String, Waiting>> files) {
    for (Map.Entry<String, Waiting> file :
        files.subList(0, Math.min(files.size(), MAX_SAID_AT_ONCE))) {
      LOG.warn(
          "Feed {}: {} in {} waits and is not taken: {}",
          feed.name(),
          SafeName.of(file.getKey()),
          feed.places().source(),
          String.valueOf(file.getValue().said));
    }
    if (files.size() > MAX_SAID_AT_ONCE) {
      LOG.warn(
          "Feed {}: {} more files in {} wait and are not taken; status has the first of them",
          feed.name(),
          files.size() - MAX_SAID_AT_ONCE,
          feed.places().source());
    }
  }
}
