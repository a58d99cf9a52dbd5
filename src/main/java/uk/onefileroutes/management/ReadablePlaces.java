package uk.onefileroutes.management;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Place;

/**
 * Which files may be read for a caller on the management port: what a feed reads anyway, and our
 * own copies of it. Thread-safe.
 */
public final class ReadablePlaces {
  private static final List<String> OURS = List.of("spool", "archive", "dryrun");

  private final List<Path> places;

  /**
   * @param dataFolder of which only the folders with copies of files are readable
   * @param feeds whose drop folders are
   */
  public ReadablePlaces(Path dataFolder, List<Feed> feeds) {
    List<Path> all = new ArrayList<>();
    OURS.forEach(name -> all.add(dataFolder.resolve(name)));
    for (Feed feed : feeds) {
      if (feed.places().source() instanceof Place.Folder folder) {
        all.add(folder.path());
      }
    }
    places = List.copyOf(all);
  }

  /**
   * The file itself, whatever links and {@code ..} lead to it; anything that is no absolute path is
   * as it was.
   *
   * @throws IllegalStateException if it lies elsewhere, or would if it were there
   */
  public String resolved(String file) {
    Optional<Path> path = absolute(file.strip());
    if (path.isEmpty()) {
      return file;
    }
    Path real = real(path.get());
    // the places are resolved now: a link may have been set since the start
    if (places.stream().map(ReadablePlaces::real).noneMatch(place -> isIn(place, real))) {
      throw new IllegalStateException(
          "The instance reads no file at "
              + file.strip()
              + ": only those in a feed's drop folder, in its spool and in its archive. Name one of"
              + " these, or plan it by the command on that machine");
    }
    return real.toString();
  }

  private static boolean isIn(Path place, Path file) {
    return file.startsWith(place) && !file.equals(place);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) { // not there, or not to be seen: as it would be
      return path.toAbsolutePath().normalize();
    }
  }

  private static Optional<Path> absolute(String file) {
    try {
      return Stream.of(Path.of(file)).filter(Path::isAbsolute).findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
