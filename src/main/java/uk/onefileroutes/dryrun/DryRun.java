package uk.onefileroutes.dryrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.DryRunRows;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.table.UnreadableFile;

/** One file on its way through the route {@code dry-run}. Used by one thread. */
public final class DryRun {
  private final Feed feed;
  private final FileEntry file;
  private final Path folder;
  private final Wanted wanted;
  private @Nullable DryRunRows planned;
  private @Nullable PlanFile plan;
  private Look look = rows -> {};

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

  /** What is done with its rows before they are deleted. */
  @FunctionalInterface
  interface Look {
    void at(DryRunRows rows) throws UnreadableFile, IOException;
  }

  void lookAt(Look another) {
    look = another;
  }

  /** Lets look at its rows who wants to. */
  void judged() throws UnreadableFile, IOException {
    look.at(planned());
  }

  /** Writes down what would be sent; returns the digest over it. */
  String written(Iterator<DryRunRows.PlannedRow> rows) throws IOException {
    plan = PlanFile.write(rows, folder.resolve("plan"));
    return plan.digest();
  }

  /** What would be sent, once that was summarised. */
  PlanFile plan() {
    if (plan == null) {
      throw new IllegalStateException(this + " was not summarised");
    }
    return plan;
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

  /** Deletes the files of a folder that are older; one that is not there is fine. */
  static void deleteOlder(Path folder, Instant old) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> left = Files.list(folder)) {
        for (Path each : left.toList()) {
          if (Files.getLastModifiedTime(each).toInstant().isBefore(old)) {
            Files.deleteIfExists(each);
          }
        }
      }
    }
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
