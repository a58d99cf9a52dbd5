package uk.onefileroutes.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.feed.ResultsPlace;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.ReportSteps;
import uk.onefileroutes.ledger.ReportSteps.Announced;
import uk.onefileroutes.ledger.StoredRow;
import uk.onefileroutes.log.LogIds;
import uk.onefileroutes.stage.Stage;
import uk.onefileroutes.table.Table;
import uk.onefileroutes.table.UnreadableFile;

/**
 * The steps of {@code report-file}: which file is owed an answer, its results and rejects, and the
 * archive. May be interrupted anywhere: what was announced is finished under the same names.
 */
public final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
  static final String SPOOL = "spool";

  private final Map<String, Feed> feeds;
  private final Map<String, ResultsPlace> places;
  private final Path dataFolder;
  private final Store store;
  private final Schedule schedule;
  private final Attempts attempts;
  private final InputArchive archive;

  /** Where files and reports are kept. */
  public record Store(AcceptedFiles files, ReportSteps reports) {}

  /**
   * When answers are due.
   *
   * @param cutOff after this long a file gets an answer though rows are open
   * @param tryAgain after this long an answer that could not be written is tried again
   * @param isClosed whether Onefile is closed now: a cut-off waits for its end
   * @param zone of stamps in names and of the archive's months
   */
  public record Schedule(
      Duration cutOff,
      Duration tryAgain,
      BooleanSupplier isClosed,
      InstantSource clock,
      ZoneId zone) {}

  /**
   * @param places where each feed's answers go, by its name
   */
  public Reports(
      List<Feed> feeds,
      Map<String, ResultsPlace> places,
      Path dataFolder,
      Store store,
      Schedule schedule) {
    this.places = Map.copyOf(places);
    this.feeds = feeds.stream().collect(Collectors.toMap(Feed::name, feed -> feed));
    this.dataFolder = dataFolder;
    this.store = store;
    this.schedule = schedule;
    this.archive = new InputArchive(dataFolder, store.files());
    this.attempts = new Attempts(schedule.clock(), schedule.tryAgain());
  }

  /**
   * The files of a feed that are owed an answer now, oldest first. One whose answer could not be
   * written is left out for a while.
   */
  public List<FileEntry> due(@Variable("feed") String feed) {
    if (!mayBeThere(feed)) {
      return List.of();
    }
    Instant now = schedule.clock().instant();
    List<FileEntry> due = new ArrayList<>(store.reports().finished());
    due.addAll(store.reports().held());
    due.addAll(store.reports().refused());
    if (!schedule.isClosed().getAsBoolean()) {
      due.addAll(store.reports().overdue(now.minus(schedule.cutOff())));
    }
    due.removeIf(file -> !file.feed().equals(feed) || !attempts.mayTry(file));
    return due;
  }

  /** Whether a feed's results place may be there: if it is away, its other files wait too. */
  public boolean mayBeThere(@Variable("feed") String feed) {
    return attempts.mayTry(feed);
  }

  /**
   * Renders a file's answer into the spool and announces it.
   *
   * @return what is not in the feed's results place yet; nothing where a held file was released or
   *     cancelled meanwhile: its rows move, and a complete answer follows
   * @throws IllegalStateException if the answer does not add up: a row too many or too few, or
   *     other counts than the ledger's
   */
  public List<ReportFile> render(@Body FileEntry file, Exchange exchange)
      throws IOException, UnreadableFile {
    LogIds.ofFile(file.feed(), file.no()).during(exchange);
    try {
      return file.state() == FileState.REFUSED ? explained(file) : rendered(file);
    } catch (IllegalStateException e) {
      if (isHeldNoMore(file)) {
        return List.of();
      }
      throw e;
    }
  }

  private boolean isHeldNoMore(FileEntry file) {
    return file.state() == FileState.HELD
        && store.files().find(file.no()).map(FileEntry::state).orElse(null) != FileState.HELD;
  }

  private List<ReportFile> rendered(FileEntry file) throws IOException, UnreadableFile {
    Feed feed = Optional.ofNullable(feeds.get(file.feed())).orElseThrow().reading(file);
    Path results = dataFolder.resolve(SPOOL).resolve(file.no() + ".results");
    Path rejects = dataFolder.resolve(SPOOL).resolve(file.no() + ".rejects");
    Map<RowState, Long> tally = store.files().tally(file.no());
    ResultsWriter.Written written;
    try (Table table = Table.open(dataFolder.resolve(file.stored()), feed)) {
      written = new ResultsWriter(table).write(answers(file), results, rejects);
    }
    boolean isHeld = file.state() == FileState.HELD;
    boolean complete = !isHeld && tally.keySet().stream().allMatch(RowState::isFinal);
    check(file, written, tally);
    if (isHeldNoMore(file)) {
      return List.of();
    }
    RenderedAnswer answer =
        new RenderedAnswer(file, complete, results, written.rejects() > 0 ? rejects : null);
    return owed(answer);
  }

  /** Announces what of an answer is not in the results place yet. */
  private List<ReportFile> owed(RenderedAnswer answer) throws IOException {
    try (ResultsPlace.Look look = place(answer.file().feed()).look()) {
      return answer.missing(answer.announce(store.reports(), look, now()), look);
    }
  }

  /** Why a file was refused: its sender gets the text that lies beside it. */
  private List<ReportFile> explained(FileEntry file) throws IOException {
    Path text = dataFolder.resolve(Refusals.explanation(file.stored()));
    if (!Files.exists(text)) { // somebody cleared the folder
      text = dataFolder.resolve(SPOOL).resolve(file.no() + ".results");
      Files.writeString(text, file.code() + "\n\n" + file.message() + "\n");
    }
    return owed(new RenderedAnswer(file, true, text, null));
  }

  private ResultsPlace place(String feed) {
    return Optional.ofNullable(places.get(feed)).orElseThrow();
  }

  /** One of an answer's files is in its feed's results place. */
  public void returned(@Variable("report") ReportFile report) {
    Step.ANSWER_RETURNED.done();
    LOG.debug("{} is in the results place of feed {}", report.name(), report.feed());
  }

  /**
   * Notes that the answer is where it belongs. A complete one ends the file: its input goes to the
   * archive.
   */
  public void finish(@Variable("file") FileEntry file) throws IOException {
    Optional<Announced> unwritten = store.reports().unwritten(file.no());
    if (unwritten.isEmpty() && file.state() == FileState.HELD) {
      attempts.notOwed(file); // it is held no more
      return;
    }
    Announced announced = unwritten.orElseThrow();
    if (announced.complete()) {
      archive.add(file, now());
    }
    Feed feed = feeds.get(file.feed());
    boolean owesMail = feed != null && !feed.places().mailTo().isEmpty();
    store.reports().written(file.no(), announced, schedule.clock().instant(), owesMail);
    Files.deleteIfExists(dataFolder.resolve(SPOOL).resolve(file.no() + ".results"));
    Files.deleteIfExists(dataFolder.resolve(SPOOL).resolve(file.no() + ".rejects"));
    attempts.succeeded(file);
    if (file.state() == FileState.REFUSED) {
      LOG.debug("File {} was refused, its sender has {}", file.no(), announced.resultsName());
      return;
    }
    LOG.info(
        "File {} {}: {}, results in {}",
        file.no(),
        state(file, announced),
        RowState.words(store.files().tally(file.no())),
        announced.resultsName());
  }

  private static String state(FileEntry file, Announced announced) {
    if (file.state() == FileState.CANCELLED) {
      return "cancelled";
    }
    if (file.state() == FileState.HELD) {
      return "held";
    }
    return announced.complete() ? "done" : "not done at its cut-off";
  }

  /**
   * What {@code report-file} says of an answer that could not be written; it is tried again. Where
   * a remote place is at fault, that is said once, and the feed's other files wait too.
   */
  public void failed(@Variable("file") FileEntry file, Exception cause) {
    attempts.failed(file, cause);
  }

  /** The attempts at a feed's results place; empty where there was none since the start. */
  public Optional<Listings.Listing> attempts(String feed) {
    return attempts.of(feed);
  }

  /** Whether results can be written. */
  public Stage stage() {
    return attempts.stage();
  }

  private Iterator<RowAnswer> answers(FileEntry file) {
    Iterator<StoredRow> rows = store.reports().rows(file.no());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public RowAnswer next() {
        return Sentences.answer(rows.next(), file);
      }
    };
  }

  /** Rows in = sum of states: once as lines, once as the ledger counted them. */
  private static void check(
      FileEntry file, ResultsWriter.Written written, Map<RowState, Long> tally) {
    long lines = written.states().values().stream().mapToLong(Long::longValue).sum();
    long counted = tally.values().stream().mapToLong(Long::longValue).sum();
    if (lines != written.rows() || counted < written.rows()) {
      throw new IllegalStateException(
          "file %d has %d rows, its results %d lines, the ledger counts %d assignments"
              .formatted(file.no(), written.rows(), lines, counted));
    }
  }

  private LocalDateTime now() {
    return LocalDateTime.ofInstant(schedule.clock().instant(), schedule.zone());
  }
}
