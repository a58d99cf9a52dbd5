package uk.onefileroutes.receive;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Place;

/**
 * The feeds that take files from one drop folder: what one leaves may be another's. Immutable.
 *
 * @param all of them, the feed itself too
 * @param isFirst whether it speaks for them, of what none of them takes
 */
record Neighbours(List<Feed> all, boolean isFirst) {
  Neighbours {
    all = List.copyOf(all);
  }

  /** Those of a feed. */
  static Neighbours of(Feed feed, List<Feed> feeds) {
    List<Feed> all =
        feeds.stream()
            .filter(other -> isSame(other.places().source(), feed.places().source()))
            .sorted(Comparator.comparing(Feed::name))
            .toList();
    return new Neighbours(all, all.get(0).name().equals(feed.name()));
  }

  private static boolean isSame(Place one, Place other) {
    if (one instanceof Place.Remote remote && other instanceof Place.Remote second) {
      return remote.server().host().equalsIgnoreCase(second.server().host())
          && remote.server().port() == second.server().port()
          && remote.server().login().user().equals(second.server().login().user())
          && remote.directory().equals(second.directory());
    }
    return one instanceof Place.Folder folder
        && other instanceof Place.Folder second
        && absolute(folder.path()).equals(absolute(second.path()));
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** Whether a file that the feed doesn't want is another's, or another speaks of it. */
  boolean take(String name) {
    return !isFirst || all.stream().anyMatch(feed -> feed.places().includes(name));
  }

  /** Whether markers lie in the folder. */
  boolean useMarkers() {
    return all.stream().anyMatch(feed -> feed.places().ready() == Feed.Ready.DONE);
  }
}
