package uk.onefileroutes.receive;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.SafeName;

/**
 * Which files in a drop folder are wanted and complete. Under the rule {@code stable} a file is
 * complete once it has the same size and modification time across two polls: compared with what we
 * saw, never with the clock of the machine that wrote it. Blocks nobody. What leads out of the drop
 * folder, or has no readable name, is never wanted, and said once. Thread-safe.
 *
 * @param <T> what the endpoint's files are
 */
public final class ReadyFilter<T> implements GenericFileFilter<T> {
  private static final Logger LOG = LoggerFactory.getLogger(ReadyFilter.class);
  private static final Set<String> UNFINISHED = Set.of(".part", ".tmp", ".filepart");
  private static final Set<String> LITTER = Set.of("thumbs.db", "desktop.ini");
  private static final int MAX_FILES = 10_000;
  private static final char REPLACEMENT = '\ufffd';

  private final Feed.Places places;
  private final InstantSource clock;
  private final Map<String, Seen> seen = new HashMap<>();
  private final Set<String> said = new HashSet<>();

  private record Seen(long bytes, long modified, long atMs) {}

  public ReadyFilter(Feed.Places places, InstantSource clock) {
    this.places = places;
    this.clock = clock;
  }

  @Override
  public boolean accept(GenericFile<T> file) {
    String name = file.getFileNameOnly();
    // a listing with a slash lies; no pattern matches across it, and it is said all the same
    boolean isWanted = places.includes(name) || name.indexOf('/') >= 0;
    if (file.isDirectory() || isUnfinishedOrLitter(name) || !isWanted) {
      return false;
    }
    String danger = danger(file);
    if (danger != null) {
      sayOnce(file, danger);
      return false;
    }
    return places.ready() != Feed.Ready.STABLE || isStable(file);
  }

  private boolean isUnfinishedOrLitter(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean marker = places.ready() == Feed.Ready.DONE && lower.endsWith(".done");
    return marker
        || name.startsWith(".")
        || LITTER.contains(lower)
        || UNFINISHED.stream().anyMatch(lower::endsWith);
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

  private synchronized void sayOnce(GenericFile<T> file, String danger) {
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

  private synchronized boolean isStable(GenericFile<T> file) {
    long now = clock.millis();
    Seen current = new Seen(file.getFileLength(), file.getLastModified(), now);
    Seen before = seen.get(file.getAbsoluteFilePath());
    // half a poll: the same poll may ask more than once; and the clock may be put back in between
    boolean stable =
        before != null
            && before.bytes == current.bytes
            && before.modified == current.modified
            && Math.abs(now - before.atMs) >= places.poll().toMillis() / 2;
    if (stable) {
      seen.remove(file.getAbsoluteFilePath());
      return true;
    }
    if (before == null || before.bytes != current.bytes || before.modified != current.modified) {
      forgetOld(now);
      seen.put(file.getAbsoluteFilePath(), current);
    }
    return false;
  }

  /** Files that vanished before they were complete would be remembered for ever. */
  private void forgetOld(long now) {
    if (seen.size() >= MAX_FILES) {
      seen.values().removeIf(current -> now - current.atMs > 10 * places.poll().toMillis());
    }
  }
}
