package uk.onefileroutes.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When the drop folder of each feed was last looked into, what went wrong, and what waits there.
 * Thread-safe.
 */
public final class Listings {
  private static final int POLLS = 5;
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Instant since;
  private final Map<String, Listing> listings = new ConcurrentHashMap<>();
  private final Map<String, List<Waiting>> waiting = new ConcurrentHashMap<>();

  /**
   * The polls of one drop folder.
   *
   * @param lastSuccess null: never since the start
   * @param lastFailure null: never since the start
   * @param reason why the last poll failed, as a sentence; null where it didn't
   * @param refusal what keeps us out; null where nothing does, or it may pass by itself
   */
  public record Listing(
      @Nullable Instant lastSuccess,
      @Nullable Instant lastFailure,
      @Nullable String reason,
      PlaceFailure.@Nullable Refusal refusal) {
    /** The poll after this one, which succeeded. */
    public static Listing succeeded(@Nullable Listing before, Instant now) {
      return new Listing(now, before == null ? null : before.lastFailure, null, null);
    }

    /** The poll after this one, which failed. */
    public static Listing failed(
        @Nullable Listing before,
        Instant now,
        String reason,
        PlaceFailure.@Nullable Refusal refusal) {
      return new Listing(before == null ? null : before.lastSuccess, now, reason, refusal);
    }

    /** Whether the last poll failed. */
    public boolean isFailing() {
      return reason != null;
    }
  }

  /**
   * A file that lies in a drop folder for long, and that no feed takes.
   *
   * @param since when it was first seen
   * @param reason the likely cause, with the remedy
   */
  public record Waiting(String name, Instant since, String reason) {}

  public Listings(InstantSource clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  /**
   * Why a feed's place counts as unreachable: it was not listed for five polls, and for a minute at
   * least, since the start where it never was.
   *
   * @return empty where it was
   */
  public Optional<String> unreachable(Feed feed) {
    Duration some = feed.places().poll().multipliedBy(POLLS);
    Duration bound = some.compareTo(SHORTEST) < 0 ? SHORTEST : some;
    Listing listing = listings.get(feed.name());
    Instant last = listing == null ? null : listing.lastSuccess();
    if (Duration.between(last == null ? since : last, clock.instant()).compareTo(bound) <= 0) {
      return Optional.empty();
    }
    String reason = listing == null ? null : listing.reason();
    return Optional.of(reason == null ? "no poll ended since" : reason);
  }

  /** The polls of a feed's drop folder; empty where none was done yet. */
  public Optional<Listing> of(String feed) {
    return Optional.ofNullable(listings.get(feed));
  }

  /** Files that wait for too long in a feed's drop folder, those first that came first. */
  public List<Waiting> waiting(String feed) {
    return waiting.getOrDefault(feed, List.of());
  }

  /** Notes which files wait for too long. */
  public void waiting(String feed, List<Waiting> files) {
    waiting.put(feed, List.copyOf(files));
  }

  /** Notes a poll that succeeded; returns what was known before. */
  public Optional<Listing> succeeded(String feed) {
    Instant now = clock.instant();
    Listing before = listings.get(feed);
    listings.put(feed, Listing.succeeded(before, now));
    return Optional.ofNullable(before);
  }

  /** Notes a poll that failed; returns what was known before. */
  public Optional<Listing> failed(
      String feed, String reason, PlaceFailure.@Nullable Refusal refusal) {
    Instant now = clock.instant();
    Listing before = listings.get(feed);
    listings.put(feed, Listing.failed(before, now, reason, refusal));
    return Optional.ofNullable(before);
  }
}
