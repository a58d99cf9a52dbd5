package uk.onefileroutes.plan;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Assignment;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.Judge;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.assignment.Verdict;
import uk.onefileroutes.feed.PlanRules;
import uk.onefileroutes.ledger.Contradictions;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.FileFigures;
import uk.onefileroutes.ledger.NewRow;
import uk.onefileroutes.ledger.PlannedRows;
import uk.onefileroutes.ledger.SlotDecision;
import uk.onefileroutes.ledger.SlotFigures;
import uk.onefileroutes.ledger.Trust;
import uk.onefileroutes.onefile.Request;
import uk.onefileroutes.table.FilledColumns;
import uk.onefileroutes.table.Table;

/**
 * One file being planned: its open table, how its rows are judged, and the chunk that is not stored
 * yet. Used by one thread.
 */
public final class Plan implements Iterable<RequestedAssignment>, Closeable {
  private static final int CHUNK = 500;

  private final FileEntry file;
  private final Table table;
  private final Meaning meaning;
  private final Store store;
  private final BooleanSupplier isStopping;
  private final Figures figures = new Figures();
  private final List<NewRow> chunk = new ArrayList<>(CHUNK);
  private final Set<String> said = new HashSet<>();
  private long saidOf;

  /**
   * How it is found out what a row means, and whether that may be.
   *
   * @param zone whose days rows name
   */
  record Meaning(References references, Judge judge, ZoneId zone) {}

  /** Where its rows are stored. */
  interface Store {
    /** Stores the next ones; see {@link PlannedRows#store}. */
    SlotFigures store(List<NewRow> rows, SlotDecision.Rule rule, Instant at);
  }

  /**
   * @param isStopping whether the process wants to end: then reading ends too, and begins again at
   *     the next start
   */
  Plan(FileEntry file, Table table, Meaning meaning, Store store, BooleanSupplier isStopping) {
    this.file = file;
    this.table = table;
    this.meaning = meaning;
    this.store = store;
    this.isStopping = isStopping;
  }

  FileEntry file() {
    return file;
  }

  /** What someone should know who wonders about the file. */
  List<String> warnings() {
    return table.warnings();
  }

  /** What someone should know about its rows, as far as they were read. */
  public List<String> notes() {
    return table.notes();
  }

  /**
   * What the file asks for, read while iterating, with what the directory says of it.
   *
   * <p>Iterating throws {@link CancellationException} once the process is stopping, and {@link
   * DirectoryAwaited} where the directory has to be read first.
   */
  @Override
  public Iterator<RequestedAssignment> iterator() {
    Iterator<RequestedAssignment> asked = table.assignments();
    return new Iterator<>() {
      private Iterator<RequestedAssignment> ahead = Collections.emptyIterator();
      private boolean ended; // also by a failure: Camel's split asks once more behind its end

      @Override
      public boolean hasNext() {
        if (ended) {
          return false;
        }
        ended = true;
        if (isStopping.getAsBoolean()) {
          throw new CancellationException("the process is stopping");
        }
        ended = !(ahead.hasNext() || asked.hasNext());
        return !ended;
      }

      @Override
      public RequestedAssignment next() {
        ended = true;
        if (!ahead.hasNext()) { // one question to the directory for many rows
          List<RequestedAssignment> some = new ArrayList<>(CHUNK);
          while (some.size() < CHUNK && asked.hasNext()) {
            some.add(asked.next());
          }
          ahead = meaning.references().resolve(some).iterator();
        }
        RequestedAssignment next = ahead.next();
        ended = false;
        return next;
      }
    };
  }

  Verdict judge(RequestedAssignment asked) {
    return meaning.judge().judge(asked);
  }

  /** Adds a judged row; true if the chunk is full and wants to be stored. */
  boolean add(Verdict verdict, @Nullable Request request) {
    figures.add(verdict);
    if (verdict.row() != saidOf) {
      saidOf = verdict.row();
      said.clear();
    }
    chunk.add(row(verdict, request));
    return chunk.size() >= CHUNK;
  }

  /** Stores the rows that are not stored yet. */
  void storeChunk(Trust trust, Instant at) {
    List<NewRow> taken = List.copyOf(chunk);
    chunk.clear();
    figures.add(store.store(taken, new SlotRule(trust, at), at));
  }

  /**
   * Deals with rows that ask for different people in one slot, once all are stored.
   *
   * @return a sentence about them; empty where there are none, or each says it itself
   */
  String settle(Contradictions contradictions, PlanRules.Contradiction rule, Instant at) {
    return switch (rule) {
      case LAST -> FigureWords.contradictions(contradictions.find());
      case INVALID -> {
        figures.add(contradictions.refuse(at));
        yield "";
      }
    };
  }

  /**
   * What the file was found to be, as far as it was read and stored.
   *
   * @param snapshot what the feed's files name
   */
  ReadFigures figures(PlanRules.Snapshot snapshot) {
    FilledColumns filled = table.filled();
    return figures.read(
        new FileFigures(
            snapshot == PlanRules.Snapshot.FULL && !table.isRejects(),
            !table.isLastLineOpen(),
            filled.rows(),
            filled.byName()));
  }

  /** How often which fault was found, as far as it was read. */
  Map<Code, Long> faults() {
    return figures.faults();
  }

  @Override
  public void close() throws IOException {
    table.close();
  }

  @Override
  public String toString() {
    return "plan of file " + file.no();
  }

  private NewRow row(Verdict verdict, @Nullable Request request) {
    if (verdict instanceof Verdict.Valid valid && request != null) {
      String warning = valid.warning().isEmpty() ? null : valid.warning();
      return NewRow.planned(valid.row(), valid.part(), warning, ask(valid, request));
    }
    if (verdict instanceof Verdict.Ignored ignored) {
      return NewRow.ignored(ignored.row(), ignored.part(), ignored.code().name());
    }
    if (verdict instanceof Verdict.Invalid invalid) {
      List<Fault> faults = invalid.faults();
      return NewRow.invalid(
          invalid.row(),
          invalid.part(),
          faults.stream()
              .map(fault -> fault.code().name())
              .distinct()
              .collect(Collectors.joining(";")),
          said(faults),
          invalid.learner());
    }
    throw new IllegalStateException("row " + verdict.row() + " passed no enricher");
  }

  /** The sentences; of those that are the row's only what none of its parts said before. */
  private @Nullable String said(List<Fault> faults) {
    String sentences =
        faults.stream()
            .filter(fault -> !fault.isOfRow() || said.add(fault.message()))
            .map(Fault::message)
            .collect(Collectors.joining(" "));
    return sentences.isEmpty() ? null : sentences;
  }

  private NewRow.Ask ask(Verdict.Valid valid, Request request) {
    Assignment assignment = valid.assignment();
    LocalDate from = valid.from();
    return new NewRow.Ask(
        assignment.learner(),
        assignment.slot(),
        assignment.assignee(),
        assignment.kind().word(),
        request.path(),
        request.payload(),
        assignment.role().word(),
        from == null ? null : new NewRow.Day(from, from.atStartOfDay(meaning.zone()).toInstant()));
  }
}
