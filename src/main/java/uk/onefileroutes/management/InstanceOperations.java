package uk.onefileroutes.management;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import uk.onefileroutes.alarm.Alarms;
import uk.onefileroutes.delivery.AccountGuard;
import uk.onefileroutes.derived.Parts;
import uk.onefileroutes.derived.Undone;
import uk.onefileroutes.derived.Undos;
import uk.onefileroutes.dryrun.DryRun;
import uk.onefileroutes.dryrun.DryRunReport;
import uk.onefileroutes.dryrun.DryRuns;
import uk.onefileroutes.dryrun.ExportComparison;
import uk.onefileroutes.dryrun.ExportDifference;
import uk.onefileroutes.feed.Column;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.Slots.Amount;
import uk.onefileroutes.ledger.SlotsOf;
import uk.onefileroutes.management.AuditTrail.AuditEntry;
import uk.onefileroutes.management.AuditTrail.Kept;
import uk.onefileroutes.management.AuditTrail.Outcome;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.retention.Erasure;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.shown.Shown;
import uk.onefileroutes.verification.Report;
import uk.onefileroutes.verification.Verification;

/** Every verb, within a running instance. Thread-safe. */
public final class InstanceOperations extends LedgerOperations {
  private final Running running;

  /** What only a running instance has. */
  public record Running(
      AccountGuard guard,
      Check check,
      Verification verification,
      Erasure erasure,
      Alarms alarms,
      Plans plans) {}

  /**
   * What it has for files that are planned.
   *
   * @param places which files a dry run may read for its caller
   * @param rows enters a row as a file of the feed {@code apply}; returns the file's number
   */
  public record Plans(
      DryRuns dryRuns,
      ReadablePlaces places,
      Undos undos,
      Parts parts,
      ToLongFunction<Map<Column, String>> rows) {}

  /**
   * @param ledger what a stopped instance can do too
   */
  public InstanceOperations(LedgerOperations ledger, Running running) {
    super(ledger);
    this.running = running;
  }

  @Override
  public List<Check.Finding> check() {
    return running.check().run();
  }

  @Override
  public DryRunReport plan(String file, String feed, PlanOutputs outputs) throws Refused {
    try {
      return running
          .plans()
          .dryRuns()
          .run(
              running.plans().places().resolved(file),
              feed,
              new DryRun.Wanted(outputs.rows(), outputs.requests()));
    } catch (IOException | IllegalStateException e) {
      throw new Refused(Code.FAILED, "The file can't be planned: " + Causes.words(e));
    }
  }

  @Override
  public ExportDifference compare(String file, String against, String feed) throws Refused {
    ReadablePlaces places = running.plans().places();
    try {
      return new ExportComparison(running.plans().dryRuns())
          .of(places.resolved(file), places.resolved(against), feed);
    } catch (IOException | IllegalStateException e) {
      throw new Refused(Code.FAILED, "The files can't be compared: " + Causes.words(e));
    }
  }

  @Override
  public FileDone release(String file, ReleaseChoice choice) throws Refused {
    return choice.isAll() && store.approvals().needed(found(file).no()) == 1
        ? super.release(file, choice)
        : new PlannedRelease(this, running.plans()).release(found(file), choice);
  }

  @Override
  public Undo undo(String file, boolean isDryRun) throws Refused {
    FileEntry undone = found(file);
    try {
      return isDryRun ? wouldUndo(undone) : undone(undone);
    } catch (UncheckedIOException | LedgerException | IllegalStateException e) {
      throw new Refused(Code.FAILED, "It was not done: " + Causes.words(e));
    }
  }

  private Undo undone(FileEntry file) throws Refused {
    Kept<Undone> kept =
        kept(
            new AuditEntry("undo", named(file), standing(file.no())),
            () -> {
              try {
                Undone undone = running.plans().undos().undo(file);
                String by = "file %d, %s".formatted(undone.file(), Shown.line(undone.name()));
                return new Outcome<>(
                    "undid %s by %s: %s".formatted(named(file), by, undone.slots()), by, undone);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Undone undone = kept.result();
    return new Undo(
        kept.message(),
        undone.slots(),
        undone.stays(),
        fileNow(Objects.requireNonNull(undone.file())),
        null);
  }

  private Undo wouldUndo(FileEntry file) throws Refused {
    Undone[] undone = new Undone[1];
    try {
      DryRunReport plan =
          running
              .plans()
              .dryRuns()
              .run(
                  file.feed(),
                  new FileEntry.Origin(FileEntry.Made.UNDO, file.no()),
                  place -> {
                    undone[0] = running.plans().undos().rehearse(file, place);
                    return undone[0].name();
                  });
      return new Undo(
          "Would undo %s: %s.".formatted(named(file), undone[0].slots()),
          undone[0].slots(),
          undone[0].stays(),
          null,
          plan);
    } catch (ActionRefused e) {
      throw Refused.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public DeliveryDone pause(String why) throws Refused {
    if (why.isBlank()) {
      throw new Refused(Code.INVALID, "Say why, for the person on the next shift.");
    }
    return delivery(
        "pause", "paused delivery: " + why.strip(), () -> running.guard().pauseByHand(why.strip()));
  }

  @Override
  public DeliveryDone resume() throws Refused {
    return delivery("resume", "resumed delivery", running.guard()::resumeByHand);
  }

  private DeliveryDone delivery(String verb, String sentence, Runnable action) throws Refused {
    AccountGuard guard = running.guard();
    String message =
        kept(
                new AuditEntry(verb, "delivery", guard.standing()),
                () -> {
                  action.run();
                  return Outcome.of(sentence, guard.standing());
                })
            .message();
    return new DeliveryDone(message, status.pace());
  }

  @Override
  public Applied apply(WantedAssignment wanted) throws Refused {
    Map<Column, String> row = WantedRow.of(wanted);
    String asked = WantedRow.words(row);
    try {
      Kept<Long> kept =
          kept(
              new AuditEntry("apply", asked, backlog()),
              () -> {
                long file = running.plans().rows().applyAsLong(row);
                return new Outcome<>(
                    "asked for %s, file %d".formatted(asked, file), "file " + file, file);
              });
      return new Applied(kept.message(), kept.result());
    } catch (IllegalStateException | LedgerException e) {
      throw new Refused(Code.FAILED, Causes.words(e));
    }
  }

  @Override
  public VerificationBegun verify(SlotChoice slots) throws Refused {
    SlotsOf which = chosen(slots);
    Kept<Long> kept =
        kept(
            new AuditEntry("verify", ("slots " + which).strip(), verification().run().state()),
            () -> {
              Amount amount = running.verification().start(which);
              return new Outcome<>(
                  "began to verify the slots %s: %d learners, at least %d calls"
                      .formatted(which, amount.learners(), amount.readings()),
                  verification().run().state(),
                  amount.learners());
            });
    return new VerificationBegun(kept.message(), kept.result());
  }

  @Override
  public Report verification() {
    return running.verification().report();
  }

  @Override
  public Erased erase(String learner) throws Refused {
    long id = Objects.requireNonNull(learner(learner));
    try {
      Kept<Erasure.Erased> kept =
          kept(new AuditEntry("erase", "learner " + id, "kept, if known"), () -> erased(id));
      Erasure.Erased erased = kept.result();
      return new Erased(kept.message(), id, erased.rows(), erased.emptied(), erased.deleted());
    } catch (UncheckedIOException | LedgerException e) {
      throw new Refused(
          Code.FAILED, "It was not done, or not wholly; ask for it again: " + Causes.words(e));
    }
  }

  private Outcome<Erasure.Erased> erased(long learner) throws ActionRefused {
    try {
      Erasure.Erased erased = running.erasure().erase(learner);
      return new Outcome<>(
          "erased learner %d: %d assignments; of archived files %d had rows emptied, %d were deleted"
              .formatted(learner, erased.rows(), erased.emptied(), erased.deleted()),
          "not known",
          erased);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public NoticesSent testAlarms() throws Refused {
    Kept<List<String>> kept =
        kept(
            new AuditEntry("test-alarms", "the channels", "nothing of a test is owed"),
            () -> {
              List<String> channels =
                  running.alarms().test().stream().map(channel -> channel.word()).toList();
              if (channels.isEmpty()) {
                throw new ActionRefused(
                    "Nobody would be told: set alarm.mail.to or alarm.webhook.url, and restart.");
              }
              String to = String.join(" and ", channels);
              return new Outcome<>(
                  "sent a test notice by " + to, "a notice is owed by " + to, channels);
            });
    return new NoticesSent(kept.message(), kept.result());
  }
}
