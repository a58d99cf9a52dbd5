package uk.onefileroutes.dryrun;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Variable;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.dryrun.DryRun.Wanted;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.FeedFiles;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.GoneSlots;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.ScratchLedger;
import uk.onefileroutes.plan.Judgement;
import uk.onefileroutes.plan.Plan;
import uk.onefileroutes.plan.Planner;
import uk.onefileroutes.report.DryRunResults;
import uk.onefileroutes.table.UnreadableFile;

/**
 * Dry runs, and the steps of the route {@code dry-run}. Nothing is sent, and the ledger stays as it
 * is. Thread-safe; several may run at once.
 */
public final class DryRuns {
  /** How many changes, faults and slots a report lists. */
  public static final int LISTED = 20;

  private static final Logger LOG = LoggerFactory.getLogger(DryRuns.class);
  private static final String ANSWERS = "answers";
  private static final Duration ANSWERS_KEPT = Duration.ofDays(30);
  private static final String NO_SHA256 = "0".repeat(64);

  private final Map<String, Feed> feeds;
  private final Path dataFolder;
  private final Path folder;
  private final Ledger known;
  private final Planner planner;
  private final Around around;

  /**
   * What is around it.
   *
   * @param producer asked at each run: there is one only once Camel has started
   * @param backlog how many requests wait to be sent
   * @param finish when so many calls would be made, from now on
   */
  public record Around(
      Supplier<ProducerTemplate> producer,
      LongSupplier backlog,
      LongFunction<Optional<Instant>> finish,
      InstantSource clock) {}

  /**
   * @param known the ledger that counts
   */
  public DryRuns(List<Feed> feeds, Path dataFolder, Ledger known, Planner planner, Around around) {
    this.feeds = new LinkedHashMap<>();
    feeds.forEach(feed -> this.feeds.put(feed.name(), feed));
    this.dataFolder = dataFolder;
    this.folder = dataFolder.resolve("dryrun");
    this.known = known;
    this.planner = planner;
    this.around = around;
  }

  /** Deletes what earlier runs left. For the start. */
  public void start() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> left = Files.list(folder)) {
      for (Path each : left.toList()) {
        if (!each.getFileName().toString().equals(ANSWERS)) {
          DryRun.delete(each);
        }
      }
    }
    Path answers = folder.resolve(ANSWERS);
    if (Files.isDirectory(answers)) {
      Instant old = around.clock().instant().minus(ANSWERS_KEPT);
      try (Stream<Path> left = Files.list(answers)) {
        for (Path each : left.toList()) {
          if (Files.getLastModifiedTime(each).toInstant().isBefore(old)) {
            Files.deleteIfExists(each);
          }
        }
      }
    }
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

  /**
   * Runs a file dry that was copied into a folder of ours.
   *
   * @throws UnreadableFile if it would be refused as a whole
   */
  DryRunReport run(DryRun dryRun) throws UnreadableFile, IOException {
    Exchange exchange =
        around.producer().get().request("direct:dry-run", e -> e.getMessage().setBody(dryRun));
    if (exchange.getException() == null) {
      return exchange.getMessage().getBody(DryRunReport.class);
    }
    for (Throwable e = exchange.getException(); e != null; e = e.getCause()) {
      if (e instanceof UnreadableFile unreadable) {
        throw unreadable;
      }
      if (e instanceof IOException broken) {
        throw broken;
      }
    }
    throw new IllegalStateException(
        "The dry run failed: " + exchange.getException().getMessage(), exchange.getException());
  }

  /** A file of this machine, as if it had just been accepted. */
  DryRun of(Feed feed, String name, Path bytes, Path place, Wanted wanted) {
    FileEntry entry =
        new FileEntry(
            ScratchLedger.UNKNOWN_FILE,
            feed.name(),
            name,
            NO_SHA256,
            bytes.toString(),
            null,
            FileState.RECEIVING,
            null,
            null,
            around.clock().instant(),
            null,
            null,
            false);
    return new DryRun(feed, entry, place, wanted);
  }

  private DryRun asked(String file, String feedName, Path place, Wanted wanted)
      throws ActionRefused {
    Optional<Path> path = absolute(file);
    if (path.isPresent()) {
      if (!Files.isRegularFile(path.get()) || !Files.isReadable(path.get())) {
        throw new ActionRefused("There is no file " + file + ", or no right to read it.");
      }
      String name = path.get().getFileName().toString();
      return of(chosen(feedName, name), name, path.get(), place, wanted);
    }
    FileEntry entry = new FileActions(known).find(file);
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
    return new DryRun(feed, entry, place, wanted);
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

  // --- the steps of the route

  /** Opens a file from its beginning, with a scratch ledger that ends with the exchange. */
  public Plan open(@Body DryRun dryRun, Exchange exchange) throws UnreadableFile, IOException {
    ScratchLedger scratch = ScratchLedger.open(dryRun.folder(), known, dryRun.file());
    dryRun.in(scratch);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                try {
                  scratch.close();
                } catch (IOException e) {
                  LOG.warn("{}: its ledger could not be deleted: {}", dryRun, e.toString());
                }
              }
            });
    return planner.openElsewhere(dryRun.file(), scratch.rows(), exchange);
  }

  /** Judges what was read, writes what is wanted, and says what would happen. */
  public DryRunReport summarise(@Variable("dryRun") DryRun dryRun, @Variable("plan") Plan plan)
      throws UnreadableFile, IOException {
    ScratchLedger scratch = dryRun.scratch();
    Judgement judgement = planner.judgeElsewhere(plan, scratch.isFirst());
    scratch.giveWay(around.clock().instant());
    boolean isHeld = judgement.isHeld() && !dryRun.file().isReleasedByPerson();
    ScratchLedger.Sent sent = scratch.sent();
    GoneSlots.Gone gone = scratch.gone(LISTED);
    if (dryRun.wanted().rows()) {
      Path bytes = dataFolder.resolve(dryRun.file().stored());
      DryRunResults.write(bytes, dryRun.feed(), scratch.all(), dryRun.rows());
    }
    if (dryRun.wanted().requests()) {
      writeRequests(scratch, dryRun.requests());
    }
    return new DryRunReport(
        dryRun.file().name(),
        dryRun.no(),
        dryRun.feed().name(),
        null,
        null,
        words(scratch.tally()),
        new DryRunReport.Sent(sent.adds(), sent.changes(), sent.repeats()),
        new DryRunReport.Gone(gone.slots(), gone.lastFile()),
        scratch.codes(RowState.INVALID),
        scratch.codes(RowState.IGNORED),
        isHeld ? judgement.codes() : null,
        isHeld ? judgement.why() : null,
        calls(sent.adds() + sent.changes() + sent.repeats()),
        lists(scratch, gone),
        new DryRunReport.Outputs(
            dryRun.wanted().rows() ? dryRun.rows().toString() : null,
            dryRun.wanted().requests() ? dryRun.requests().toString() : null));
  }

  private DryRunReport.Calls calls(long amount) {
    long before = around.backlog().getAsLong();
    Instant now = around.clock().instant();
    @Nullable Instant finish =
        amount == 0 ? now : around.finish().apply(before + amount).orElse(null);
    return new DryRunReport.Calls(
        amount,
        before,
        finish == null ? null : (Math.max(0, Duration.between(now, finish).toSeconds()) + 59) / 60,
        finish == null ? null : finish.toString());
  }

  private static DryRunReport.Lists lists(ScratchLedger scratch, GoneSlots.Gone gone) {
    return new DryRunReport.Lists(
        scratch.changes(LISTED).stream()
            .map(
                row ->
                    new DryRunReport.Change(
                        row.row(),
                        row.learner(),
                        String.valueOf(row.slot()),
                        orZero(row.held()),
                        orZero(row.assignee())))
            .toList(),
        scratch.invalid(LISTED).stream()
            .map(
                row ->
                    new DryRunReport.Invalid(
                        row.row(), String.valueOf(row.codes()), String.valueOf(row.message())))
            .toList(),
        gone.first().stream()
            .map(slot -> new DryRunReport.GoneSlot(slot.learner(), slot.slot(), slot.assignee()))
            .toList());
  }

  private static long orZero(@Nullable Long id) {
    return id == null ? 0 : id;
  }

  private static Map<String, Long> words(Map<RowState, Long> tally) {
    Map<String, Long> words = new LinkedHashMap<>();
    tally.forEach((state, amount) -> words.put(state.word(), amount));
    return words;
  }

  private static void writeRequests(ScratchLedger scratch, Path place) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(place)) {
      scratch.eachRequest(
          line -> {
            try {
              writer.write(line);
              writer.newLine();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
