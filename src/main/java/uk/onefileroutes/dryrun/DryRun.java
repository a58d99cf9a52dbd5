package uk.onefileroutes.dryrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.DryRunRows;
import uk.onefileroutes.ledger.FileEntry;

/** One file on its way through the route {@code dry-run}. Used by one thread. */
public final class DryRun {
  private final Feed feed;
  private final FileEntry file;
  private final Path folder;
  private final Wanted wanted;
  private @Nullable DryRunRows planned;

  /** What is to be written besides the report. */
  public record Wanted(boolean rows, boolean requests) {
    static final Wanted NOTHING = new Wanted(false, false);

    boolean isNothing() {
      return !rows && !requests;
    }
  }

  /**
   * @param folder for all that it writes
   */
  DryRun(Feed feed, FileEntry file, Path folder, Wanted wanted) {
    this.feed = feed;
    this.file = file;
    this.folder = folder;
    this.wanted = wanted;
  }

  Feed feed() {
    return feed;
  }

  FileEntry file() {
    return file;
  }

  /** Its number; null where the ledger does not know it. */
  @Nullable Long no() {
    return file.no() == DryRunRows.UNKNOWN_FILE ? null : file.no();
  }

  Path folder() {
    return folder;
  }

  Wanted wanted() {
    return wanted;
  }

  /** Where the results are written. */
  Path results() {
    return folder.resolve("rows");
  }

  /** Where the requests are written. */
  Path requests() {
    return folder.resolve("requests");
  }

  void in(DryRunRows begun) {
    planned = begun;
  }

  DryRunRows planned() {
    if (planned == null) {
      throw new IllegalStateException(this + " is not open");
    }
    return planned;
  }

  @Override
  public String toString() {
    return "dry run of " + file.name();
  }

  /** Deletes a folder and the files in it; one that is not there is fine. */
  public static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      List<Path> found;
      try (Stream<Path> files = Files.list(folder)) {
        found = files.toList();
      }
      for (Path file : found) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    }
  }
}
