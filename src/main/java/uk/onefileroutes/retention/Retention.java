package uk.onefileroutes.retention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Place;
import uk.onefileroutes.ledger.ExpiredData;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.shown.Causes;

/**
 * Deletes by age what was kept long enough. Each verb may run again, and at any time; what fails or
 * is cut off is done by the next run. Thread-safe.
 */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final List<String> INPUTS = List.of("archive", "refused");
  private static final String EXPLANATION = ".error.txt";

  private final Path dataFolder;
  private final Map<String, Path> results;
  private final ExpiredData ledger;
  private final Ages ages;
  private final InstantSource clock;

  /**
   * How long what is kept, counted from the end of its file.
   *
   * @param at when it is deleted each day; empty: only when asked for
   * @param archive inputs, in {@code archive/} and {@code refused/}
   * @param results answers in folders of this machine
   * @param rows rows of the ledger and what was sent for them; not shorter than {@code archive}
   * @param attempts what came of each call
   * @param audit what people did
   */
  public record Ages(
      Optional<LocalTime> at,
      Duration archive,
      Duration results,
      Duration rows,
      Duration attempts,
      Duration audit) {
    private static final Duration EVER = Duration.ofDays(36500);

    /** Everything is kept. */
    public static final Ages ALL = new Ages(Optional.empty(), EVER, EVER, EVER, EVER, EVER);
  }

  /** What was deleted: files, files, rows of so many files, calls, entries. */
  public record Purged(int inputs, int results, int rows, long attempts, long audit) {
    /** Whether there was anything. */
    boolean isNothing() {
      return equals(new Purged(0, 0, 0, 0, 0));
    }

    @Override
    public String toString() {
      return "%d inputs, %d answers, the assignments of %d files, %d attempts, %d entries of the audit"
          .formatted(inputs, results, rows, attempts, audit);
    }
  }

  public Retention(
      Path dataFolder, List<Feed> feeds, ExpiredData ledger, Ages ages, InstantSource clock) {
    this.dataFolder = dataFolder;
    this.results =
        feeds.stream()
            .filter(feed -> feed.places().results() instanceof Place.Folder)
            .collect(
                Collectors.toUnmodifiableMap(
                    Feed::name, feed -> ((Place.Folder) feed.places().results()).path()));
    this.ledger = ledger;
    this.ages = ages;
    this.clock = clock;
  }

  /** The nightly one, if there is to be one. */
  public void nightly() {
    if (ages.at().isEmpty()) {
      return;
    }
    try {
      Purged purged = purge();
      if (!purged.isNothing()) {
        LOG.info("RETENTION: deleted expired data: {}", purged);
      }
    } catch (IOException | LedgerException e) {
      LOG.error(
          "RETENTION: expired data could not be deleted: {}. It is tried again" + " the next night",
          Causes.words(e));
    }
  }

  /** Deletes now what is older than it is kept. */
  public synchronized Purged purge() throws IOException {
    Instant now = clock.instant();
    Instant inputsBefore = now.minus(ages.archive());
    ledger.forgetInputs(inputsBefore);
    int inputs = 0;
    Set<String> kept = ledger.keptInputs();
    for (String folder : INPUTS) {
      inputs += deleteInputs(dataFolder.resolve(folder), kept, inputsBefore);
    }
    int answers = deleteAnswers(now.minus(ages.results()));
    int rows = ledger.purgeRows(now.minus(ages.rows()));
    return new Purged(
        inputs,
        answers,
        rows,
        ledger.purgeAttempts(now.minus(ages.attempts())),
        ledger.purgeAudit(now.minus(ages.audit())));
  }

  /** Files that the ledger does not point at any more, or never did. */
  private int deleteInputs(Path folder, Set<String> kept, Instant before) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    int deleted = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(path -> isOld(path, before)).toList()) {
        String stored = dataFolder.relativize(file).toString().replace('\\', '/');
        boolean isText = stored.endsWith(EXPLANATION);
        String input =
            isText ? stored.substring(0, stored.length() - EXPLANATION.length()) : stored;
        if (!kept.contains(stored) && !kept.contains(input)) {
          // accounts share the folders: another's turn may have come first
          deleted += Files.deleteIfExists(file) && !isText ? 1 : 0;
        }
      }
    }
    return deleted;
  }

  private int deleteAnswers(Instant before) throws IOException {
    int deleted = 0;
    for (ExpiredData.Answered answer : ledger.answers(before)) {
      Path folder = results.get(answer.feed());
      if (folder != null) {
        deleted += deleteAnswer(folder, answer.resultsName(), before);
        deleted += deleteAnswer(folder, answer.rejectsName(), before);
      }
      ledger.forget(answer);
    }
    return deleted;
  }

  /** Somebody may have put a newer file there under its name. */
  private static int deleteAnswer(Path folder, @Nullable String name, Instant before)
      throws IOException {
    if (name == null) {
      return 0;
    }
    Path file = folder.resolve(name);
    if (!folder.equals(file.getParent()) || !isOld(file, before)) {
      return 0;
    }
    Files.delete(file);
    return 1;
  }

  private static boolean isOld(Path file, Instant before) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.getLastModifiedTime(file).toInstant().isBefore(before);
    } catch (IOException e) { // deleted by somebody else
      return false;
    }
  }
}
