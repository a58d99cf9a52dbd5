package uk.onefileroutes.dryrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import uk.onefileroutes.dryrun.DryRun.Wanted;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.FeedFiles;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.DryRunRows;
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.table.UnreadableFile;

/**
 * Dry runs, as they are asked for. Nothing is sent, and afterwards the ledger is as it was.
 * Thread-safe; several may run at once.
 */
public final class DryRuns {
  private static final String ANSWERS = "answers";
  private static final Duration NOTES_KEPT = Duration.ofDays(30);
  private static final String NO_SHA256 = "0".repeat(64);

  private final Map<String, Feed> feeds;
  private final Path dataFolder;
  private final Path folder;
  private final ReviewedPlans reviewed;
  private final Ledger ledger;
  private final Supplier<ProducerTemplate> producer;
  private final InstantSource clock;

  /**
   * @param producer asked at each run: there is one only once Camel has started
   */
  public DryRuns(
      List<Feed> feeds,
      Path dataFolder,
      Ledger ledger,
      Supplier<ProducerTemplate> producer,
      InstantSource clock) {
    this.feeds = new LinkedHashMap<>();
    feeds.forEach(feed -> this.feeds.put(feed.name(), feed));
    this.dataFolder = dataFolder;
    this.folder = dataFolder.resolve("dryrun");
    this.reviewed = new ReviewedPlans(folder);
    this.ledger = ledger;
    this.producer = producer;
    this.clock = clock;
  }

  /** Deletes what earlier runs left, in the ledger too. For the start, before any run. */
  public void start() throws IOException {
    DryRunRows.deleteAll(ledger);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> left = Files.list(folder)) {
      for (Path each : left.toList()) {
        if (!Set.of(ANSWERS, ReviewedPlans.FOLDER).contains(each.getFileName().toString())) {
          DryRun.delete(each);
        }
      }
    }
    Instant old = clock.instant().minus(NOTES_KEPT);
    DryRun.deleteOlder(folder.resolve(ANSWERS), old);
    reviewed.deleteOlder(old);
  }

  /** Where it is noted which drops were answered, until their source is gone. */
  Path answers() {
    return folder.resolve(ANSWERS);
  }

  Optional<Feed> feed(String name) {
    return Optional.ofNullable(feeds.get(name));
  }

  /** A new folder, for one run. */
  Path newFolder() throws IOException {
    return Files.createDirectories(folder.resolve(UUID.randomUUID().toString()));
  }

  /**
   * Runs a file dry.
   *
   * @param file the absolute path of a file of this machine, or the number or name of one that the
   *     ledger knows and whose bytes are still there
   * @param feedName by whose columns and rules; empty: the ledger says it, or it is the only feed,
   *     or the only one that wants the name
   */
  public DryRunReport run(String file, String feedName, Wanted wanted) throws IOException {
    DryRun dryRun;
    Path place = newFolder();
    boolean isKept = false;
    try {
      dryRun = asked(file.strip(), feedName.strip(), place, wanted);
      try {
        DryRunReport report = run(dryRun);
        reviewed.keep(dryRun.plan());
        isKept = !wanted.isNothing();
        return report;
      } catch (UnreadableFile e) {
        return DryRunReport.refused(
            dryRun.file().name(),
            dryRun.no(),
            dryRun.feed().name(),
            String.valueOf(e.getMessage()));
      }
    } catch (ActionRefused e) {
      return DryRunReport.fault(file, String.valueOf(e.getMessage()));
    } finally {
      if (!isKept) {
        DryRun.delete(place);
      }
    }
  }

  /** What was reviewed, to be compared with. */
  public ReviewedPlans reviewed() {
    return reviewed;
  }

  /** Takes what a file would send now. */
  @FunctionalInterface
  public interface Taker<T> {
    T take(PlanFile now) throws ActionRefused, IOException;
  }

  /**
   * Runs a file dry that came in.
   *
   * @throws ActionRefused if it can't be planned
   */
  public <T> T planned(FileEntry file, Taker<T> taker) throws ActionRefused, IOException {
    Path place = newFolder();
    try {
      DryRun dryRun = asked(Long.toString(file.no()), "", place, Wanted.NOTHING);
      DryRunReport unused = run(dryRun);
      return taker.take(dryRun.plan());
    } catch (UnreadableFile e) {
      throw new ActionRefused(
          "File %d can't be read any more: %s".formatted(file.no(), e.getMessage()));
    } finally {
      DryRun.delete(place);
    }
  }

  /** Writes a file into an empty folder; returns its name. */
  @FunctionalInterface
  public interface Maker {
    String make(Path place) throws ActionRefused, IOException;
  }

  /**
   * Runs a file dry that would be made here, as if it had just been accepted.
   *
   * @throws ActionRefused if it can't be made
   */
  public DryRunReport run(String feedName, FileEntry.Origin origin, Maker maker)
      throws ActionRefused, IOException {
    Path place = newFolder();
    try {
      Path bytes = place.resolve("made");
      String name = maker.make(bytes);
      FileEntry entry =
          FileEntry.receiving(
              DryRunRows.UNKNOWN_FILE,
              new FileEntry.Received(feedName, name, NO_SHA256, bytes.toString(), null, origin),
              clock.instant());
      Feed feed = feeds.get(feedName);
      if (feed == null) {
        throw new ActionRefused("Files of feed %s are not run dry.".formatted(feedName));
      }
      return run(new DryRun(feed.reading(entry), entry, place, Wanted.NOTHING));
    } catch (UnreadableFile e) { // of our own making
      throw new IllegalStateException(e);
    } finally {
      DryRun.delete(place);
    }
  }

  /**
   * Runs a file dry that was copied into a folder of ours.
   *
   * @throws UnreadableFile if it would be refused as a whole
   */
  DryRunReport run(DryRun dryRun) throws UnreadableFile, IOException {
    Exchange exchange =
        producer.get().request("direct:dry-run", e -> e.getMessage().setBody(dryRun));
    Exception failure = exchange.getException();
    if (failure == null) {
      return exchange.getMessage().getBody(DryRunReport.class);
    }
    UnreadableFile unreadable = Causes.find(failure, UnreadableFile.class);
    if (unreadable != null) {
      throw unreadable;
    }
    IOException broken = Causes.find(failure, IOException.class);
    if (broken != null) {
      throw broken;
    }
    throw new IllegalStateException("The dry run failed: " + Causes.words(failure), failure);
  }

  /** A file of this machine, as if it had just been accepted. */
  DryRun of(Feed feed, String name, Path bytes, Path place, Wanted wanted) {
    FileEntry entry =
        FileEntry.receiving(
            DryRunRows.UNKNOWN_FILE,
            new FileEntry.Received(feed.name(), name, NO_SHA256, bytes.toString(), null),
            clock.instant());
    return new DryRun(feed, entry, place, wanted);
  }

  /**
   * A dry run that was asked for.
   *
   * @throws ActionRefused if there is no such file, or it is not said by which feed
   */
  DryRun asked(String file, String feedName, Path place, Wanted wanted) throws ActionRefused {
    Optional<Path> path = absolute(file);
    if (path.isPresent()) {
      if (!Files.isRegularFile(path.get()) || !Files.isReadable(path.get())) {
        throw new ActionRefused("There is no file " + file + ", or no right to read it.");
      }
      String name = path.get().getFileName().toString();
      return of(chosen(feedName, name), name, path.get(), place, wanted);
    }
    FileEntry entry = new FileActions(ledger).find(file);
    Feed feed = feeds.get(entry.feed());
    if (feed == null) {
      throw new ActionRefused("There is no feed %s any more.".formatted(entry.feed()));
    }
    if (!feedName.isEmpty() && !feedName.equals(feed.name())) {
      throw new ActionRefused(
          "File %d is of feed %s; only a file of the disk can be planned by another."
              .formatted(entry.no(), feed.name()));
    }
    if (!Files.exists(dataFolder.resolve(entry.stored()))) {
      throw new ActionRefused("The bytes of file %d are not there any more.".formatted(entry.no()));
    }
    return new DryRun(feed.reading(entry), entry, place, wanted);
  }

  private static Optional<Path> absolute(String file) {
    try {
      return Optional.of(Path.of(file)).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Feed chosen(String feedName, String name) throws ActionRefused {
    List<Feed> meant = FeedFiles.meant(feeds.values(), feedName, name);
    if (meant.size() == 1) {
      return meant.get(0);
    }
    if (!feedName.isEmpty()) {
      throw new ActionRefused(
          "There is no feed %s; there is %s.".formatted(feedName, names(feeds.values())));
    }
    throw new ActionRefused(
        "Say by which feed with --feed: %s."
            .formatted(names(meant.isEmpty() ? feeds.values() : meant)));
  }

  private static String names(Collection<Feed> feeds) {
    return feeds.stream().map(Feed::name).sorted().collect(Collectors.joining(", "));
  }
}
