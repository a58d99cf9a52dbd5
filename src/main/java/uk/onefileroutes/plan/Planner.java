package uk.onefileroutes.plan;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.assignment.Asked;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.Judge;
import uk.onefileroutes.assignment.RowCounts;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.assignment.Verdict;
import uk.onefileroutes.assignment.Vocabulary;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.PlanRules;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.CentreDirectory;
import uk.onefileroutes.ledger.DryRunRows;
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.GoneSlots;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.PlannedRows;
import uk.onefileroutes.ledger.Releases;
import uk.onefileroutes.log.LogIds;
import uk.onefileroutes.onefile.Request;
import uk.onefileroutes.stage.Stage;
import uk.onefileroutes.stage.WorkIterator;
import uk.onefileroutes.table.Table;
import uk.onefileroutes.table.UnreadableFile;

/**
 * The steps of {@code plan-file} and {@code plan-row}. A file that is not planned to its end, for
 * whatever reason, is planned again from its beginning: until it is released, nothing of it counts.
 * One file at a time, in the order of their numbers.
 */
public final class Planner {
  private static final Logger LOG = LoggerFactory.getLogger(Planner.class);

  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
  private static final int POISONOUS = 3;

  private final Map<String, Feed> feeds;
  private final Path dataFolder;
  private final Store store;
  private final RowCounts counts;
  private final InstantSource clock;
  private final Stage stage;
  private final Map<Long, Integer> failures = new ConcurrentHashMap<>();
  private final Map<Long, Ticket> tickets = new ConcurrentHashMap<>(); // by file
  private volatile Instant notBefore = Instant.MIN;
  private volatile String lastFailure = "";
  private volatile boolean mayBeHalfDone;
  private volatile boolean stopping;

  /** Where files and rows are kept, and what they are compared with. */
  public record Store(
      AcceptedFiles files,
      PlannedRows rows,
      Releases releases,
      FileActions actions,
      GoneSlots gone,
      CentreDirectory directory) {}

  /** What a file waits for: a reading of a centre that began after this was drawn. */
  private record Ticket(int organisation, long number) {}

  /**
   * @param counts told of the faults of each file that was read to its end
   */
  public Planner(
      List<Feed> feeds, Path dataFolder, Store store, RowCounts counts, InstantSource clock) {
    this.counts = counts;
    this.feeds = feeds.stream().collect(Collectors.toMap(Feed::name, feed -> feed));
    this.dataFolder = dataFolder;
    this.store = store;
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

  /**
   * The oldest file that waits to be read; null if none does, or one before it has failed just now.
   * One that waits for the directory holds up no other.
   */
  private @Nullable FileEntry next() {
    if (stopping || isWaiting()) {
      return null;
    }
    try {
      if (mayBeHalfDone) { // a file that is released or cancelled is not read again
        completeHalfDone();
        mayBeHalfDone = false;
      }
      List<FileEntry> waiting = store.files().toRead(feeds.keySet());
      stage.succeededBut(waiting.stream().map(Planner::about).collect(Collectors.toSet()));
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
    return ticket != null && !store.directory().isAnswered(ticket.organisation(), ticket.number());
  }

  /** A wait that began in the future is one that the clock was put back in: it is over. */
  private boolean isWaiting() {
    Instant now = clock.instant();
    return now.isBefore(notBefore) && now.isAfter(notBefore.minus(TRY_AGAIN));
  }

  /**
   * Opens a file from its beginning. What an interrupted attempt stored of it is deleted.
   *
   * @throws UnreadableFile if the file as a whole must be refused
   */
  public Plan open(@Body FileEntry file, Exchange exchange) throws UnreadableFile, IOException {
    LogIds.ofFile(file.feed(), file.no()).during(exchange);
    refusePoisonous(file);
    store.rows().begin(file.no());
    References.Misses misses =
        tickets.containsKey(file.no()) ? References.Misses.COUNT : References.Misses.ARE_AWAITED;
    Plan plan =
        opened(
            file,
            (rows, rule, at) -> store.rows().store(file.no(), rows, rule, at),
            misses,
            exchange);
    plan.warnings().forEach(warning -> LOG.info("File {}: {}", file.no(), warning));
    return plan;
  }

  /**
   * Opens a file from its beginning, for a dry run.
   *
   * @param rows where its rows go
   * @throws UnreadableFile if the file as a whole would be refused
   */
  public Plan openDryRun(FileEntry file, DryRunRows rows, Exchange exchange)
      throws UnreadableFile, IOException {
    return opened(file, rows::store, References.Misses.ARE_TOLD, exchange);
  }

  private Plan opened(FileEntry file, Plan.Store rows, References.Misses misses, Exchange exchange)
      throws UnreadableFile, IOException {
    Feed feed = Optional.ofNullable(feeds.get(file.feed())).orElseThrow();
    Vocabulary words = new Vocabulary(feed.mapping().kinds(), feed.mapping().roles());
    try {
      Table table = Table.open(dataFolder.resolve(file.stored()), feed);
      References references =
          new References(store.directory(), feed.mapping().organisation(), words, misses);
      Plan.Meaning meaning = new Plan.Meaning(references, new Judge(words));
      Plan plan = new Plan(file, table, meaning, rows, () -> stopping);
      exchange.getExchangeExtension().addOnCompletion(closing(plan));
      return plan;
    } catch (NoSuchFileException e) {
      throw new UnreadableFile(
          FileCode.NOT_READABLE, "Its bytes are gone from the spool.", 0, "Drop the file again.");
    }
  }

  /** Judges what one row asks for. */
  public Verdict judge(@Body Asked asked, @Variable("plan") Plan plan) {
    return plan.judge(asked);
  }

  /** Takes a judged row; stores it together with those around it. */
  public void store(
      @Body Verdict verdict,
      @Variable("request") @Nullable Request request,
      @Variable("plan") Plan plan) {
    if (plan.add(verdict, request)) {
      storeChunk(plan);
    }
  }

  private void storeChunk(Plan plan) {
    plan.storeChunk(rules(plan).trust(), clock.instant());
  }

  private PlanRules rules(Plan plan) {
    return Optional.ofNullable(feeds.get(plan.file().feed())).orElseThrow().rules();
  }

  /**
   * Stores what is left and judges the file: it is held for a person, or released in one
   * transaction; then its learners get in line.
   */
  public void release(@Body Plan plan) {
    storeChunk(plan);
    long no = plan.file().no();
    String gone = store.gone().with(plan.file(), 0).sentence();
    if (isHeld(plan, gone)) {
      plan.faults().forEach(counts::add);
      failures.remove(no);
      tickets.remove(no);
      lastFailure = "";
      return;
    }
    switch (store.releases().release(no, gone.isEmpty() ? null : gone, clock.instant())) {
      case RELEASED -> {
        if (!plan.file().isReleasedByPerson()) { // counted when it was held
          plan.faults().forEach(counts::add);
        }
        failures.remove(no);
        tickets.remove(no);
        lastFailure = "";
        LOG.info("File {} released: {}", no, RowState.words(store.files().tally(no)));
        if (!gone.isEmpty()) {
          LOG.info("File {}: {} Nothing is done about that", no, gone);
        }
        store.releases().lineUp(no);
      }
      case READ_AGAIN ->
          LOG.info(
              "File {}: something it was compared with has changed meanwhile; planning again", no);
      case CANCELLED ->
          LOG.info("File {} was cancelled: {}", no, RowState.words(store.files().tally(no)));
    }
  }

  /** Holds a file where it must be; one that a person released is not judged again. */
  private boolean isHeld(Plan plan, String gone) {
    FileEntry file = plan.file();
    if (file.isReleasedByPerson()) {
      return false;
    }
    Judgement judgement =
        plan.judgement(rules(plan).holding(), !store.files().hasPredecessor(file));
    String message = judgement.message(file.no(), gone);
    if (!judgement.isHeld()
        || !store.actions().hold(file.no(), judgement.codes(), message, clock.instant())) {
      return false;
    }
    LOG.info("File {} ({}) is held: {}", file.no(), SafeName.of(file.name()), message);
    return true;
  }

  /**
   * Stores what is left of a dry run, and says what would hold the file.
   *
   * @param isFirst whether no file of its feed was released before
   */
  public Judgement judgeDryRun(Plan plan, boolean isFirst) {
    storeChunk(plan);
    return plan.judgement(rules(plan).holding(), isFirst);
  }

  /**
   * Completes what a crash, or a failure of the ledger, interrupted: cancels, and releases whose
   * learners have no lines yet. For the start too; may run again.
   */
  public void completeHalfDone() {
    store.actions().completeCancels(clock.instant());
    store.files().in(FileState.DELIVERING).forEach(file -> store.releases().lineUp(file.no()));
  }

  /**
   * A file failed for a reason of ours; after a while it is planned again. Later files wait: order
   * counts.
   */
  public void failed(@Variable("file") FileEntry file, Exception cause) {
    if (cause instanceof CancellationException) {
      LOG.info(
          "File {}: reading ends with the process and begins anew at the next start", file.no());
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
          cause.toString());
    }
    lastFailure = reason;
  }

  private void await(FileEntry file, DirectoryAwaited awaited) {
    int organisation = awaited.organisation();
    tickets.put(
        file.no(), new Ticket(organisation, store.directory().ask(organisation, awaited.titles())));
    String why = "Waits until the directory of organisation %d is read.".formatted(organisation);
    store.files().waits(file.no(), why);
    LOG.info("File {}: {}", file.no(), why);
  }

  /** Whether {@link #stop} was called. */
  public boolean isStopping() {
    return stopping;
  }

  /** Ends reading soon; what is not released yet is read anew at the next start. */
  public void stop() {
    stopping = true;
  }

  /** A file on which our own code fails again and again must not hold up all others for ever. */
  private void refusePoisonous(FileEntry file) throws UnreadableFile {
    if (failures.getOrDefault(file.no(), 0) >= POISONOUS) {
      throw new UnreadableFile(
          FileCode.NOT_READABLE,
          "Reading it failed " + POISONOUS + " times for a reason that is not the sender's.",
          0,
          "Give the file and the log of that time to whoever maintains this installation.");
    }
  }

  private static Synchronization closing(Plan plan) {
    return new SynchronizationAdapter() {
      @Override
      public void onDone(Exchange exchange) {
        try {
          plan.close();
        } catch (IOException e) {
          LOG.warn("{}: could not be closed: {}", plan, e.toString());
        }
      }
    };
  }
}
