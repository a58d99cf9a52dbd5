package uk.onefileroutes.receive;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.feed.Place;
import uk.onefileroutes.feed.PlaceFailure;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.stage.Stage;

/**
 * Which files in a drop folder are wanted and complete. Blocks nobody. A file that no feed takes is
 * said after a while; what leads out of the drop folder, or has no readable name, is never wanted,
 * and said at once. For the thread that polls.
 *
 * @param <T> what the endpoint's files are
 */
public final class ReadyFilter<T> implements GenericFileFilter<T>, PollListener {
  private static final Logger LOG = LoggerFactory.getLogger(ReadyFilter.class);
  private static final int MAX_FILES = 10_000;
  private static final char REPLACEMENT = '\ufffd';
  private static final String NO_RIGHT =
      "there is no right to read it; have it written so that the user of this process may";

  private final Feed.Places places;
  private final Neighbours neighbours;
  private final QuietFiles quiet;
  private final WaitingFiles waiting;
  private final Set<String> said = new HashSet<>();
  private final @Nullable DropFolder local;
  private @Nullable DropFolder listed;
  private @Nullable Markers markers;

  /**
   * @param all feeds; several may have the same drop folder
   * @param listings told of files that wait for too long
   * @param ticker nanoseconds, of which only differences mean anything
   */
  public ReadyFilter(
      Feed feed, List<Feed> all, Listings listings, InstantSource clock, LongSupplier ticker) {
    this.places = feed.places();
    this.neighbours = Neighbours.of(feed, all);
    this.quiet = new QuietFiles(places.waits().quiet(), ticker);
    this.waiting = new WaitingFiles(feed, listings, clock);
    this.local =
        places.source() instanceof Place.Folder folder ? new LocalFolder(folder.path()) : null;
  }

  @Override
  public void begin() {
    quiet.begin();
    waiting.begin();
    markers = null;
    listed = null;
    if (local != null) {
      listed(local); // before Camel's listing: what had its marker by then is complete in that
    }
  }

  /** What the files are listed from that will be asked for; of a remote place. */
  public void listed(DropFolder folder) {
    listed = folder;
    markers = neighbours.useMarkers() ? new Markers(folder.names()) : null;
  }

  @Override
  public void failed(String name, String reason) {
    waiting.addSaid(name, reason);
  }

  @Override
  public void end() {
    quiet.end();
    waiting.end();
  }

  /** What marks a file as complete, by the listing of this poll. */
  public List<String> markersOf(String name) {
    return markers == null || places.ready() != Feed.Ready.DONE ? List.of() : markers.of(name);
  }

  /** Whether a file that was accepted is still what it was then, as far as that matters. */
  boolean isStill(String name, long bytes, long modified) {
    return places.ready() != Feed.Ready.STABLE || quiet.isStill(name, bytes, modified);
  }

  @Override
  public boolean accept(GenericFile<T> file) {
    String name = file.getFileNameOnly();
    if (file.isDirectory() || SideFiles.contain(name)) {
      return false;
    }
    if (markers != null && Markers.isOne(name)) {
      return waitsUnless(
          markers.isBesideItsFile(name),
          name,
          () -> "it is the marker of a file that is not there");
    }
    // a listing with a slash lies; no pattern matches across it, and it is said all the same
    if (!places.includes(name) && name.indexOf('/') < 0) {
      return waitsUnless(neighbours.take(name) || isLikeAMarker(name), name, this::fitsNoPattern);
    }
    String danger = danger(file);
    if (danger != null) {
      sayOnce(file, danger);
      waiting.addSaid(name, danger);
      return false;
    }
    if (listed != null && listed.isForbidden(name)) {
      return waitsUnless(false, name, () -> NO_RIGHT);
    }
    return switch (places.ready()) {
      case RENAME -> true;
      case DONE -> isMarked(name);
      case STABLE -> isQuiet(file);
    };
  }

  private String fitsNoPattern() {
    return "its name fits no pattern of include (%s); rename it, or add a pattern"
        .formatted(String.join(", ", places.include()));
  }

  private boolean isLikeAMarker(String name) {
    return markers != null && markers.isBesideItsFile(name);
  }

  private boolean waitsUnless(boolean isExplained, String name, Supplier<String> reason) {
    if (!isExplained) {
      waiting.add(name, reason);
    }
    return false;
  }

  private boolean isMarked(String name) {
    Markers now = markers;
    if (now == null) {
      return false; // a remote folder that was not listed
    }
    if (!now.of(name).isEmpty()) {
      return true;
    }
    return waitsUnless(
        now.isBesideItsFile(name),
        name,
        () ->
            "its marker %s.done is missing%s"
                .formatted(
                    SafeName.of(name),
                    now.lookalike(name)
                        .map(other -> "; " + SafeName.of(other) + " lies there, rename that")
                        .orElse("")));
  }

  private boolean isQuiet(GenericFile<T> file) {
    String name = file.getFileNameOnly();
    DropFolder folder = listed;
    if (folder == null) {
      return false;
    }
    try {
      return quiet.contain(
          name,
          file.getFileLength(),
          file.getLastModified(),
          () -> folder.ending(name, file.getFileLength()));
    } catch (AccessDeniedException e) {
      return waitsUnless(false, name, () -> NO_RIGHT);
    } catch (NoSuchFileException e) {
      return false; // gone since it was listed
    } catch (IOException e) {
      return waitsUnless(false, name, () -> "it can't be read: " + Stage.reason(e));
    } catch (PlaceFailure e) {
      if (e.isAway()) {
        throw e;
      }
      return waitsUnless(false, name, () -> String.valueOf(e.getMessage()));
    }
  }

  /** Why reading or removing it would reach beyond the drop folder; null where it would not. */
  private static @Nullable String danger(GenericFile<?> file) {
    String name = file.getFileNameOnly();
    if (name.indexOf('\\') >= 0 || name.indexOf('/') >= 0) {
      // Camel takes \ for / on every system: another file would be removed in its place
      return "its name reads as a path";
    }
    if (name.indexOf(REPLACEMENT) >= 0) {
      // decoding lost the bytes of its name: by what is left it is not found, or is another file
      return "its name can't be read, as it is not UTF-8";
    }
    return file.getFile() instanceof File local ? danger(local.toPath()) : null;
  }

  private static @Nullable String danger(Path file) {
    boolean isLink = Files.isSymbolicLink(file);
    try {
      if (isLink && !file.toRealPath().startsWith(file.resolveSibling("").toRealPath())) {
        return "it is a link that leads out of the drop folder";
      }
      // a pipe would hold up the feed for ever, a device never ends
      return Files.readAttributes(file, BasicFileAttributes.class).isOther()
          ? "it is no ordinary file"
          : null;
    } catch (IOException e) {
      return isLink ? "it is a link that leads nowhere" : null; // what else is wrong, reading says
    }
  }

  private void sayOnce(GenericFile<T> file, String danger) {
    if (said.size() >= MAX_FILES) {
      said.clear();
    }
    if (said.add(file.getFileNameOnly() + ": " + danger)) {
      LOG.warn(
          "{} in {} is left alone: {}; remove it, or drop the file itself under a plain name",
          SafeName.of(file.getFileNameOnly()),
          places.source(),
          danger);
    }
  }
}
