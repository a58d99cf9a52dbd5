package uk.onefileroutes.plan;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.Judge;
import uk.onefileroutes.assignment.RequestedAssignment;
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
import uk.onefileroutes.ledger.FileComparison;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.FileFacts;
import uk.onefileroutes.ledger.GoneSlots;
import uk.onefileroutes.ledger.PlannedRows;
import uk.onefileroutes.ledger.Releases;
import uk.onefileroutes.log.LogIds;
import uk.onefileroutes.onefile.Request;
import uk.onefileroutes.route.ExchangeEnd;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.table.Table;
import uk.onefileroutes.table.UnreadableFile;

/**
 * The steps of {@code plan-file} and {@code plan-row}. A file that is not planned to its end, for
 * whatever reason, is planned again from its beginning: until it is released, nothing of it counts.
 */
public final class Planner {
  private static final Logger LOG = LoggerFactory.getLogger(Planner.class);

  private final Map<String, Feed> feeds;
  private final Path dataFolder;
  private final Store store;
  private final RowCounts counts;
  private final Clock clock;
  private final PlanningQueue queue;

  /** Where files and rows are kept, and what they are compared with. */
  public record Store(
      AcceptedFiles files,
      PlannedRows rows,
      Releases releases,
      FileActions actions,
      FileComparison comparison,
      CentreDirectory directory) {}

  /**
   * @param counts told of the faults of each file that was read to its end
   * @param clock in the zone whose days rows name
   */
  public Planner(List<Feed> feeds, Path dataFolder, Store store, RowCounts counts, Clock clock) {
    this.counts = counts;
    this.feeds = feeds.stream().collect(Collectors.toMap(Feed::name, feed -> feed));
    this.dataFolder = dataFolder;
    this.store = store;
    this.clock = clock;
    this.queue =
        new PlanningQueue(
            this.feeds.keySet(), store.files(), store.directory(), this::completeHalfDone, clock);
  }

  /** Which file is next. */
  public PlanningQueue queue() {
    return queue;
  }

  /**
   * Opens a file from its beginning. What an interrupted attempt stored of it is deleted.
   *
   * @throws UnreadableFile if the file as a whole must be refused
   */
  public Plan open(@Body FileEntry file, Exchange exchange) throws UnreadableFile, IOException {
    LogIds.ofFile(file.feed(), file.no()).during(exchange);
    refuseAfterFailures(file);
    store.rows().begin(file.no());
    References.Unresolved unresolved =
        queue.hasAwaitedDirectory(file)
            ? References.Unresolved.INVALID
            : References.Unresolved.AWAIT_DIRECTORY;
    Plan plan =
        opened(
            file,
            (rows, rule, at) -> store.rows().store(file.no(), rows, rule, at),
            unresolved,
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
    return opened(file, rows::store, References.Unresolved.INVALID_AT_ONCE, exchange);
  }

  private Plan opened(
      FileEntry file, Plan.Store rows, References.Unresolved unresolved, Exchange exchange)
      throws UnreadableFile, IOException {
    Feed feed = feed(file);
    Vocabulary words = feed.mapping().words();
    try {
      Table table = Table.open(dataFolder.resolve(file.stored()), feed);
      References references =
          new References(store.directory(), feed.mapping().organisation(), words, unresolved);
      Plan.Meaning meaning = new Plan.Meaning(references, new Judge(words), clock.getZone());
      Plan plan = new Plan(file, table, meaning, rows, queue::isStopping);
      ExchangeEnd.of(exchange, () -> close(plan));
      return plan;
    } catch (NoSuchFileException e) {
      throw new UnreadableFile(
          FileCode.NOT_READABLE, "Its bytes are gone from the spool.", 0, "Drop the file again.");
    }
  }

  /** Judges what one row asks for. */
  public Verdict judge(@Body RequestedAssignment asked, @Variable("plan") Plan plan) {
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
    return feed(plan.file()).rules();
  }

  private Feed feed(FileEntry file) {
    return Optional.ofNullable(feeds.get(file.feed())).orElseThrow().reading(file);
  }

  /**
   * Stores what is left and judges the file: it is held for a person, or released in one
   * transaction; then its learners get in line.
   */
  public void release(@Body Plan plan) {
    storeChunk(plan);
    FileEntry file = plan.file();
    long no = file.no();
    PlanRules rules = rules(plan);
    String contradictions =
        plan.settle(store.rows().contradictions(no), rules.contradiction(), clock.instant());
    ReadFigures read = plan.figures(rules.snapshot());
    store.comparison().keep(no, read.kept());
    FileFacts facts = store.comparison().with(file, read.kept().isSnapshot());
    boolean isFirst = !store.files().hasPredecessor(file);
    Judgement judgement = FileJudge.judge(read, facts, isFirst, rules.holding());
    List<String> notes =
        Stream.of(plan.notes(), List.of(contradictions), judgement.notes())
            .flatMap(List::stream)
            .filter(note -> !note.isEmpty())
            .toList();
    notes.forEach(note -> LOG.info("File {}: {}", no, note));
    if (isHeld(file, judgement, notes)) {
      plan.faults().forEach(counts::add);
      queue.done(file);
      return;
    }
    String further = String.join(" ", notes);
    switch (store.releases().release(no, further.isEmpty() ? null : further, clock.instant())) {
      case RELEASED -> {
        if (!file.isReleasedByPerson()) { // counted when it was held
          plan.faults().forEach(counts::add);
        }
        queue.done(file);
        LOG.info("File {} released: {}", no, RowState.words(store.files().tally(no)));
        store.releases().queueLearners(no);
      }
      case READ_AGAIN ->
          LOG.info(
              "File {}: something it was compared with has changed meanwhile; planning again", no);
      case CANCELLED ->
          LOG.info("File {} was cancelled: {}", no, RowState.words(store.files().tally(no)));
    }
  }

  /** Holds a file where it must be; one that a person released is not judged again. */
  private boolean isHeld(FileEntry file, Judgement judgement, List<String> notes) {
    if (file.isReleasedByPerson() || !judgement.isHeld()) {
      return false;
    }
    long toSend = store.files().tally(file.no()).getOrDefault(RowState.PLANNED, 0L);
    long adds = store.comparison().adds(file.no());
    int approvals = feed(file).rules().approvals();
    List<String> further =
        approvals == 1
            ? notes
            : Stream.concat(
                    notes.stream(),
                    Stream.of("%d people must approve its release.".formatted(approvals)))
                .toList();
    String message = judgement.message(file.no(), toSend, adds, further);
    if (!store.actions().hold(file.no(), judgement.codes(), message, approvals, clock.instant())) {
      return false;
    }
    LOG.info("File {} ({}) is held: {}", file.no(), SafeName.of(file.name()), message);
    return true;
  }

  /**
   * What became of a dry run.
   *
   * @param contradictions a sentence about rows that contradict each other; often empty
   * @param gone with what is not named any more, by name
   */
  public record DryJudgement(Judgement judgement, String contradictions, GoneSlots.Gone gone) {}

  /**
   * Stores what is left of a dry run, and says what would hold the file.
   *
   * @param listed how many of what is gone are wanted by name
   */
  public DryJudgement judgeDryRun(Plan plan, DryRunRows rows, int listed) {
    storeChunk(plan);
    PlanRules rules = rules(plan);
    String contradictions =
        plan.settle(rows.contradictions(), rules.contradiction(), clock.instant());
    ReadFigures read = plan.figures(rules.snapshot());
    FileFacts facts = rows.facts(read.kept().isSnapshot(), listed);
    return new DryJudgement(
        FileJudge.judge(read, facts, rows.isFirst(), rules.holding()),
        contradictions,
        facts.gone());
  }

  /**
   * Completes what a crash, or a failure of the ledger, interrupted: cancels, and releases whose
   * learners have no lines yet. For the start too; may run again.
   */
  public void completeHalfDone() {
    store.actions().completeCancels(clock.instant());
    store
        .files()
        .in(FileState.DELIVERING)
        .forEach(file -> store.releases().queueLearners(file.no()));
  }

  /** A file on which our own code fails again and again must not hold up all others for ever. */
  private void refuseAfterFailures(FileEntry file) throws UnreadableFile {
    if (queue.hasFailedTooOften(file)) {
      throw new UnreadableFile(
          FileCode.NOT_READABLE,
          "Reading it failed "
              + PlanningQueue.MAX_INTERNAL_FAILURES
              + " times for a reason that is not the sender's.",
          0,
          "Give the file and the log of that time to the people who maintain this installation.");
    }
  }

  private static void close(Plan plan) {
    try {
      plan.close();
    } catch (IOException e) {
      LOG.warn("{}: could not be closed: {}", plan, Causes.words(e));
    }
  }
}
