package uk.onefileroutes.plan;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.CentreDirectory;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.route.WorkIterator;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.stage.Stage;

/**
 * Which file is planned next: one at a time, in the order of their numbers. One that failed is
 * planned again after a while, and those behind it wait; one that waits for a directory holds up no
 * other. Thread-safe.
 */
public final class PlanningQueue {
  private static final Logger LOG = LoggerFactory.getLogger(PlanningQueue.class);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
  static final int MAX_INTERNAL_FAILURES = 3;

  private final Set<String> feeds;
  private final AcceptedFiles files;
  private final CentreDirectory directory;
  private final Runnable completeHalfDone;
  private final InstantSource clock;
  private final Stage stage;
  private final Map<Long, Integer> failures = new ConcurrentHashMap<>();
  private final Map<Long, Ticket> tickets = new ConcurrentHashMap<>(); // by file
  private volatile Instant notBefore = Instant.MIN;
  private volatile String lastFailure = "";
  private volatile boolean mayBeHalfDone;
  private volatile boolean stopping;

  /** What a file waits for: a reading of a centre that began after this was drawn. */
  private record Ticket(int organisation, long number) {}

  /**
   * @param feeds whose files are planned, by name
   * @param completeHalfDone completes what a failure interrupted: a file that is released or
   *     cancelled is not read again
   */
  PlanningQueue(
      Set<String> feeds,
      AcceptedFiles files,
      CentreDirectory directory,
      Runnable completeHalfDone,
      InstantSource clock) {
    this.feeds = Set.copyOf(feeds);
    this.files = files;
    this.directory = directory;
    this.completeHalfDone = completeHalfDone;
    this.clock = clock;
    this.stage = new Stage(Stage.Name.PLANNING, clock);
  }

  /** Whether files can be planned. */
  public Stage stage() {
    return stage;
  }

  /** The files to be read now, each after the one before it was. */
  public Iterator<@Nullable FileEntry> waiting() {
    return new WorkIterator<>(this::next);
  }

  /** The oldest file that waits to be read; null if none does, or one before it failed just now. */
  private @Nullable FileEntry next() {
    if (stopping || isWaiting()) {
      return null;
    }
    try {
      if (mayBeHalfDone) {
        completeHalfDone.run();
        mayBeHalfDone = false;
      }
      List<FileEntry> waiting = files.toRead(feeds);
      stage.succeededBut(waiting.stream().map(PlanningQueue::about).collect(Collectors.toSet()));
      return waiting.stream().filter(file -> !awaitsDirectory(file)).findFirst().orElse(null);
    } catch (RuntimeException e) {
      stage.failed("", e);
      throw e;
    }
  }

  private static String about(FileEntry file) {
    return "file " + file.no();
  }

  private boolean awaitsDirectory(FileEntry file) {
    Ticket ticket = tickets.get(file.no());
    return ticket != null && !directory.isAnswered(ticket.organisation(), ticket.number());
  }

  /** A wait that began in the future is one that the clock was put back in: it is over. */
  private boolean isWaiting() {
    Instant now = clock.instant();
    return now.isBefore(notBefore) && now.isAfter(notBefore.minus(TRY_AGAIN));
  }

  /** Whether the directory was read for this file: what it does not say is not there. */
  boolean hasAwaitedDirectory(FileEntry file) {
    return tickets.containsKey(file.no());
  }

  /** Whether our own code failed on a file so often that it must hold up the others no longer. */
  boolean hasFailedTooOften(FileEntry file) {
    return failures.getOrDefault(file.no(), 0) >= MAX_INTERNAL_FAILURES;
  }

  /** A file was held or released. */
  void done(FileEntry file) {
    failures.remove(file.no());
    tickets.remove(file.no());
    lastFailure = "";
  }

  /**
   * A file failed for a reason of ours; after a while it is planned again. Later files wait: order
   * counts.
   */
  public void failed(@Variable("file") FileEntry file, Exception cause) {
    if (cause instanceof CancellationException) {
      LOG.info(
          "File {}: reading ends with the process and begins again at the next start", file.no());
      return;
    }
    if (cause instanceof DirectoryAwaited awaited) {
      await(file, awaited);
      return;
    }
    stage.failed(about(file), cause);
    notBefore = clock.instant().plus(TRY_AGAIN);
    mayBeHalfDone = true;
    if (!(cause instanceof LedgerException) && !(cause instanceof IOException)) {
      failures.merge(file.no(), 1, Integer::sum);
    }
    String reason = file.no() + " " + cause;
    if (!reason.equals(lastFailure)) { // not each time while it lasts
      LOG.error(
          "File {} ({}) could not be planned and will be again every {} s until it can: {}",
          file.no(),
          SafeName.of(file.name()),
          TRY_AGAIN.toSeconds(),
          Causes.words(cause));
    }
    lastFailure = reason;
  }

  private void await(FileEntry file, DirectoryAwaited awaited) {
    int organisation = awaited.organisation();
    tickets.put(file.no(), new Ticket(organisation, directory.ask(organisation, awaited.titles())));
    String why = "Waits until the directory of organisation %d is read.".formatted(organisation);
    files.waits(file.no(), why);
    LOG.info("File {}: {}", file.no(), why);
  }

  /** Whether {@link #stop} was called. */
  public boolean isStopping() {
    return stopping;
  }

  /** Ends reading soon; what is not released yet is read again at the next start. */
  public void stop() {
    stopping = true;
  }
}
