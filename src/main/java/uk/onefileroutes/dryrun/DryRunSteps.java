package uk.onefileroutes.dryrun;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.DryRunRows;
import uk.onefileroutes.ledger.GoneSlots;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.plan.Judgement;
import uk.onefileroutes.plan.Plan;
import uk.onefileroutes.plan.Planner;
import uk.onefileroutes.report.DryRunResults;
import uk.onefileroutes.route.ExchangeEnd;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.table.UnreadableFile;

/** The steps of the route {@code dry-run}. Thread-safe; several files may be on their way. */
public final class DryRunSteps {
  /** How many changes, faults and slots a report lists. */
  public static final int LISTED = 20;

  private static final Logger LOG = LoggerFactory.getLogger(DryRunSteps.class);

  private final Path dataFolder;
  private final Ledger ledger;
  private final Planner planner;
  private final Calls calls;
  private final InstantSource clock;

  /**
   * How long calls to Onefile take.
   *
   * @param waiting how many requests wait to be sent
   * @param finish when so many calls would be made, from now on
   */
  public record Calls(LongSupplier waiting, LongFunction<Optional<Instant>> finish) {}

  public DryRunSteps(
      Path dataFolder, Ledger ledger, Planner planner, Calls calls, InstantSource clock) {
    this.dataFolder = dataFolder;
    this.ledger = ledger;
    this.planner = planner;
    this.calls = calls;
    this.clock = clock;
  }

  /** Opens a file from its beginning; its rows are deleted when the exchange ends. */
  public Plan open(@Body DryRun dryRun, Exchange exchange) throws UnreadableFile, IOException {
    DryRunRows rows = DryRunRows.begin(ledger, dryRun.file());
    dryRun.in(rows);
    ExchangeEnd.of(exchange, () -> delete(dryRun));
    return planner.openDryRun(dryRun.file(), rows, exchange);
  }

  /** A process that wants to end does not wait for it: the next start deletes them too. */
  private void delete(DryRun dryRun) {
    if (planner.queue().isStopping()) {
      return;
    }
    try {
      dryRun.planned().close();
    } catch (LedgerException e) {
      LOG.warn(
          "{}: its rows could not be deleted from the ledger, and are when this process starts"
              + " again: {}",
          dryRun,
          Causes.words(e));
    }
  }

  /** Judges what was read, writes what is wanted, and says what would happen. */
  public DryRunReport summarise(@Variable("dryRun") DryRun dryRun, @Variable("plan") Plan plan)
      throws UnreadableFile, IOException {
    DryRunRows rows = dryRun.planned();
    Planner.DryJudgement judged = planner.judgeDryRun(plan, rows, LISTED);
    Judgement judgement = judged.judgement();
    rows.giveWay(clock.instant());
    boolean isHeld = judgement.isHeld() && !dryRun.file().isReleasedByPerson();
    DryRunRows.Sent sent = rows.sent();
    GoneSlots.Gone gone = judged.gone();
    if (dryRun.wanted().rows()) {
      Path bytes = dataFolder.resolve(dryRun.file().stored());
      DryRunResults.write(bytes, dryRun.feed(), rows.all(), dryRun.results());
    }
    if (dryRun.wanted().requests()) {
      writeRequests(rows, dryRun.requests());
    }
    dryRun.judged();
    return new DryRunReport(
        new DryRunReport.About(dryRun.file().name(), dryRun.no(), dryRun.feed().name()),
        DryRunReport.NotDone.NONE,
        new DryRunReport.Planned(
            words(rows.tally()),
            new DryRunReport.Sent(
                sent.adds(), sent.changes(), sent.repeats(), dryRun.written(rows.planned())),
            new DryRunReport.Gone(gone.slots(), gone.lastFile()),
            rows.codes(RowState.INVALID),
            rows.codes(RowState.IGNORED)),
        isHeld
            ? new DryRunReport.Hold(
                judgement.codes(), why(judgement.why(), plan.notes(), judged.contradictions()))
            : DryRunReport.Hold.NONE,
        calls(sent.adds() + sent.changes() + sent.repeats()),
        lists(rows, gone),
        new DryRunReport.Outputs(
            dryRun.wanted().rows() ? dryRun.results().toString() : null,
            dryRun.wanted().requests() ? dryRun.requests().toString() : null));
  }

  private static String why(String reasons, List<String> notes, String contradictions) {
    return String.join(" ", reasons, String.join(" ", notes), contradictions).strip();
  }

  private DryRunReport.Calls calls(long amount) {
    long before = calls.waiting().getAsLong();
    Instant now = clock.instant();
    @Nullable Instant finish =
        amount == 0 ? now : calls.finish().apply(before + amount).orElse(null);
    return new DryRunReport.Calls(
        amount,
        before,
        finish == null ? null : (Math.max(0, Duration.between(now, finish).toSeconds()) + 59) / 60,
        finish == null ? null : finish.toString());
  }

  private static DryRunReport.Lists lists(DryRunRows rows, GoneSlots.Gone gone) {
    return new DryRunReport.Lists(
        rows.changes(LISTED).stream().map(DryRunSteps::change).flatMap(Optional::stream).toList(),
        rows.invalid(LISTED).stream()
            .map(
                same ->
                    new DryRunReport.Invalid(same.row(), same.rows(), same.codes(), same.message()))
            .toList(),
        gone.first().stream()
            .map(slot -> new DryRunReport.GoneSlot(slot.learner(), slot.slot(), slot.assignee()))
            .toList());
  }

  private static Optional<DryRunReport.Change> change(DryRunRows.PlannedRow planned) {
    DryRunRows.Ask ask = planned.ask();
    return ask == null || ask.held() == null
        ? Optional.empty()
        : Optional.of(
            new DryRunReport.Change(
                planned.row().row(), ask.learner(), ask.slot(), ask.held(), ask.assignee()));
  }

  private static Map<String, Long> words(Map<RowState, Long> tally) {
    Map<String, Long> words = new LinkedHashMap<>();
    tally.forEach((state, amount) -> words.put(state.word(), amount));
    return words;
  }

  private static void writeRequests(DryRunRows rows, Path place) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(place)) {
      rows.eachRequest(
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
