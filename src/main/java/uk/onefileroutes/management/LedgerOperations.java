package uk.onefileroutes.management;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.assignment.Slot;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.Approvals;
import uk.onefileroutes.ledger.AttemptLog;
import uk.onefileroutes.ledger.AuditLog;
import uk.onefileroutes.ledger.Backlog;
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.ledger.FileActions.Cancelled;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.Leavers;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.RetryOf;
import uk.onefileroutes.ledger.Slots;
import uk.onefileroutes.ledger.SlotsOf;
import uk.onefileroutes.management.AuditControl.EntryNow;
import uk.onefileroutes.management.AuditTrail.AuditEntry;
import uk.onefileroutes.management.AuditTrail.Kept;
import uk.onefileroutes.management.AuditTrail.Outcome;
import uk.onefileroutes.management.Histories.FileDetails;
import uk.onefileroutes.management.Histories.RowNow;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Status.FileNow;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.shown.Shown;

/**
 * What the ledger alone can answer and do: all of it where no instance runs, and the foundation of
 * {@link InstanceOperations} where one does. Thread-safe.
 */
public class LedgerOperations implements Operations {
  private static final int MAX_AUDIT_ENTRIES = 10_000;
  private static final int HELD_PAGE = 1000;
  private static final Set<Kind> DEFAULTS = Set.of(Kind.DEFAULT);

  final StatusReader status;
  final Store store;
  final AuditTrail trail;

  private final BackupTaker backups;
  final InstantSource clock;

  /** What the ledger has for it. */
  public record Store(
      FileActions actions,
      Slots slots,
      AttemptLog history,
      AuditLog audit,
      Leavers leavers,
      Approvals approvals) {}

  public LedgerOperations(
      StatusReader status,
      Store store,
      BackupTaker backups,
      InstantSource clock,
      AuditTrail trail) {
    this.status = status;
    this.store = store;
    this.backups = backups;
    this.clock = clock;
    this.trail = trail;
  }

  LedgerOperations(LedgerOperations same) {
    this(same.status, same.store, same.backups, same.clock, same.trail);
  }

  @Override
  public final Status status() {
    return status.read();
  }

  @Override
  public final FileDetails details(String file) throws Refused {
    return new Histories(store.history()).of(fileNow(found(file).no()));
  }

  @Override
  public final List<RowNow> history(String file, long row) throws Refused {
    long no = found(file).no();
    List<RowNow> rows = new Histories(store.history()).row(no, row);
    if (rows.isEmpty()) {
      throw new Refused(Code.NOT_FOUND, "File %d has no row %d.".formatted(no, row));
    }
    return rows;
  }

  @Override
  public final List<HeldDefaults> held(long after) {
    return store.slots().learners(SlotsOf.all(), DEFAULTS, after, HELD_PAGE).stream()
        .map(this::held)
        .toList();
  }

  private HeldDefaults held(Long learner) {
    Slots.OfLearner defaults = store.slots().of(SlotsOf.all(), learner, DEFAULTS);
    return new HeldDefaults(
        learner,
        defaults.isSending(),
        defaults.held().stream()
            .map(
                held ->
                    new HeldDefaults.HeldNow(
                        held.slot(), held.isNobody() ? null : held.assignee(), held.keptFor()))
            .toList());
  }

  @Override
  public final AppliedNow applied(String file) throws Refused {
    long no = found(file).no();
    PaceNow pace = status.pace();
    return new Histories(store.history())
        .applied(fileNow(no), pace == null || pace.isOpen() ? null : pace.admission().reason());
  }

  @Override
  public FileDone release(String file, ReleaseChoice choice) throws Refused {
    if (!choice.isAll()) {
      throw Refused.notRunning(
          "No instance runs; start it, for only a running one looks at what a file would send.");
    }
    FileEntry held = found(file);
    if (store.approvals().needed(held.no()) > 1) {
      throw Refused.notRunning(
          "No instance runs; start it, for %d people must approve the release of file %d, and only a running one knows what they approve."
              .formatted(store.approvals().needed(held.no()), held.no()));
    }
    String message =
        kept(
                new AuditEntry("release", named(held), standing(held.no())),
                () -> {
                  FileEntry released = store.actions().release(held.no());
                  return Outcome.of("released " + named(released), standing(released.no()));
                })
            .message();
    return new FileDone(changed(message), fileNow(held.no()));
  }

  @Override
  public final FileDone cancel(String file) throws Refused {
    FileEntry entry = found(file);
    String message =
        kept(
                new AuditEntry("cancel", named(entry), standing(entry.no())),
                () -> {
                  Cancelled cancelled = store.actions().cancel(entry.no(), clock.instant());
                  return Outcome.of(
                      "cancelled %s: %s"
                          .formatted(
                              named(cancelled.file()),
                              cancelled.isStillRead()
                                  ? "it is still being read, and nothing of it will be sent"
                                  : RowState.words(cancelled.tally())),
                      standing(entry.no()));
                })
            .message();
    return new FileDone(changed(message), fileNow(entry.no()));
  }

  @Override
  public final Retried retry(RowChoice rows) throws Refused {
    RetryOf which =
        new RetryOf(
            rows.file() == null ? null : found(rows.file()).no(),
            rows.code() == null ? null : rows.code().strip(),
            learner(rows.learner()));
    Kept<FileActions.Retried> kept =
        kept(
            new AuditEntry("retry", ("assignments" + which).strip(), backlog()),
            () -> {
              FileActions.Retried retried = store.actions().retry(which, clock.instant());
              return new Outcome<>(
                  retried.why() != null
                      ? AuditTrail.asPart(retried.why())
                      : "asked to retry assignments%s: %d sent again, %d superseded by newer ones"
                          .formatted(which, retried.retried(), retried.superseded()),
                  backlog(),
                  retried);
            });
    return new Retried(
        changed(kept.message()), kept.result().retried(), kept.result().superseded());
  }

  @Override
  public final Forgotten forget(SlotChoice slots) throws Refused {
    SlotsOf which = chosen(slots);
    Kept<Long> kept =
        kept(
            new AuditEntry("forget", ("slots " + which).strip(), "some or none known"),
            () -> {
              long forgotten = store.slots().forget(which);
              return new Outcome<>(
                  forgotten == 0
                      ? "no slot %s was known; nothing is forgotten".formatted(which)
                      : "forgot what %d slots %s hold; the next file that names them sends them"
                          .formatted(forgotten, which),
                  "none known, %d were".formatted(forgotten),
                  forgotten);
            });
    return new Forgotten(changed(kept.message()), kept.result());
  }

  @Override
  public final List<LeftAssignment> leavers() {
    return store.leavers().slots().stream().map(LedgerOperations::left).toList();
  }

  private static LeftAssignment left(Leavers.LeftSlot left) {
    Slot slot = Slot.of(left.slot());
    return new LeftAssignment(
        left.learner(),
        slot.kind(),
        Objects.requireNonNullElse(slot.role(), ""),
        slot.standard(),
        slot.unit(),
        left.leaver());
  }

  @Override
  public final BackedUp backup() throws Refused {
    try {
      Kept<Path> kept =
          kept(
              new AuditEntry("backup", "the ledger", "backups are made each night"),
              () -> {
                try {
                  Path made = backups.take();
                  return new Outcome<>("backed up the ledger to " + made, made + " exists", made);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      return new BackedUp(kept.message(), kept.result().toString());
    } catch (UncheckedIOException | LedgerException e) {
      throw new Refused(Code.FAILED, "The ledger could not be backed up: " + Causes.words(e));
    }
  }

  @Override
  public final List<EntryNow> audit(int most) throws Refused {
    if (most < 1 || most > MAX_AUDIT_ENTRIES) {
      throw new Refused(
          Code.INVALID, "The number of entries is one from 1 to %d.".formatted(MAX_AUDIT_ENTRIES));
    }
    return store.audit().newest(most).stream().map(EntryNow::of).toList();
  }

  // --- for the verbs of a running instance too

  final FileEntry found(String file) throws Refused {
    try {
      return store.actions().find(file);
    } catch (ActionRefused e) {
      throw Refused.of(e);
    }
  }

  final SlotsOf chosen(SlotChoice slots) throws Refused {
    return new SlotsOf(
        slots.file() == null ? null : found(slots.file()).no(), learner(slots.learner()));
  }

  final <T> Kept<T> kept(AuditEntry entry, AuditTrail.Action<T> action) throws Refused {
    try {
      return trail.keep(entry, action);
    } catch (ActionRefused e) {
      throw Refused.of(e);
    }
  }

  /** A Onefile id as a person writes it; null if none is given. */
  static @Nullable Long learner(@Nullable String text) throws Refused {
    if (text == null) {
      return null;
    }
    if (!text.strip().matches("[1-9][0-9]{0,9}")) {
      throw new Refused(Code.INVALID, "\"" + text + "\" is not a Onefile id.");
    }
    return Long.valueOf(text.strip());
  }

  final String changed(String message) {
    return status.isRunning() ? message : message + " It takes effect when an instance starts.";
  }

  final FileNow fileNow(long no) throws Refused {
    return status
        .file(no)
        .orElseThrow(() -> new Refused(Code.NOT_FOUND, "There is no file " + no + "."));
  }

  static String named(FileEntry file) {
    return "file %d, %s".formatted(file.no(), Shown.line(file.name()));
  }

  /** How a file stands, for the audit. */
  final String standing(long no) {
    return status
        .file(no)
        .map(
            file ->
                (file.stand().state() + " " + Objects.requireNonNullElse(file.stand().code(), ""))
                        .strip()
                    + file.counts().rows().entrySet().stream()
                        .map(rows -> ", %d %s".formatted(rows.getValue(), rows.getKey()))
                        .collect(Collectors.joining()))
        .orElse("");
  }

  final String backlog() {
    Backlog backlog = status.counts();
    return "%d assignments blocked, %d requests open".formatted(backlog.blocked(), backlog.open());
  }
}
