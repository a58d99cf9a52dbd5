package uk.onefileroutes.retention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.PersonErasure;
import uk.onefileroutes.table.RowEraser;
import uk.onefileroutes.table.UnreadableFile;

/**
 * Removes one learner from the ledger and the archive. Rows that name the learner are found by the
 * Onefile id that they were understood as. May run again; thread-safe.
 */
public final class Erasure {
  private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);

  /** Where {@code dryrun} keeps what was reviewed. */
  private static final String REVIEWED_PLANS = "dryrun/plans";

  private final Path dataFolder;
  private final List<Feed> feeds;
  private final AcceptedFiles files;
  private final PersonErasure ledger;
  private final InstantSource clock;

  /**
   * What was done.
   *
   * @param rows rows that named the learner
   * @param emptied archived files in which these rows were emptied
   * @param deleted archived files that were deleted whole, for their format
   */
  public record Erased(int rows, int emptied, int deleted) {}

  public Erasure(
      Path dataFolder,
      List<Feed> feeds,
      AcceptedFiles files,
      PersonErasure ledger,
      InstantSource clock) {
    this.dataFolder = dataFolder;
    this.feeds = List.copyOf(feeds);
    this.files = files;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Removes a learner: first from the archive, for afterwards nobody knows any more where to look.
   *
   * @throws ActionRefused if a file that names the learner is not done
   * @throws IOException if the archive can't be written; what is left is done by the next call
   */
  public synchronized Erased erase(long learner) throws ActionRefused, IOException {
    Map<Long, Set<Long>> found = ledger.rowsOf(learner);
    int emptied = 0;
    int deleted = 0;
    int rows = 0;
    for (Map.Entry<Long, Set<Long>> each : found.entrySet()) {
      rows += each.getValue().size();
      FileEntry file = files.find(each.getKey()).orElseThrow();
      if (!file.stored().isEmpty() && Files.exists(dataFolder.resolve(file.stored()))) {
        boolean isKept = empty(file, each.getValue());
        emptied += isKept ? 1 : 0;
        deleted += isKept ? 0 : 1;
      }
    }
    ledger.erase(learner, clock.instant());
    deleteReviewedPlans();
    return new Erased(rows, emptied, deleted);
  }

  /** They name learners, and what is lost is only how a file differs from one of them. */
  private void deleteReviewedPlans() throws IOException {
    Path plans = dataFolder.resolve(REVIEWED_PLANS);
    if (Files.isDirectory(plans)) {
      try (Stream<Path> all = Files.list(plans)) {
        for (Path plan : all.toList()) {
          Files.deleteIfExists(plan);
        }
      }
    }
  }

  /** Whether the file is still there, without the rows. */
  private boolean empty(FileEntry file, Set<Long> rows) throws IOException {
    Path archived = dataFolder.resolve(file.stored());
    Path copy = archived.resolveSibling("." + archived.getFileName() + ".part");
    Optional<Feed> feed =
        feeds.stream()
            .filter(each -> each.name().equals(file.feed()))
            .findFirst()
            .map(each -> each.reading(file));
    try {
      if (feed.isPresent() && RowEraser.copyWithout(rows, archived, feed.get(), copy)) {
        Files.setLastModifiedTime(copy, Files.getLastModifiedTime(archived)); // its age counts
        Files.move(copy, archived, StandardCopyOption.ATOMIC_MOVE);
        return true;
      }
    } catch (UnreadableFile e) {
      LOG.warn("The archived file {} can't be read any more; it is deleted whole", file.no());
    } finally {
      Files.deleteIfExists(copy);
    }
    // first the ledger: a retry without the bytes could not be answered
    files.storedAt(file.no(), "");
    Files.deleteIfExists(archived);
    return false;
  }
}
