package uk.onefileroutes.management;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.derived.Parts;
import uk.onefileroutes.dryrun.PlanFile;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.Approvals;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.management.AuditTrail.AuditEntry;
import uk.onefileroutes.management.AuditTrail.Outcome;
import uk.onefileroutes.management.Operations.FileDone;
import uk.onefileroutes.management.Operations.ReleaseChoice;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.shown.Shown;
import uk.onefileroutes.users.Rights.Identity;
import uk.onefileroutes.users.Role;

/**
 * A release that looks at what the held file would send: by a plan, of a part, or by several
 * people.
 */
final class PlannedRelease {
  private final LedgerOperations operations;
  private final InstanceOperations.Plans plans;

  PlannedRelease(LedgerOperations operations, InstanceOperations.Plans plans) {
    this.operations = operations;
    this.plans = plans;
  }

  FileDone release(FileEntry held, ReleaseChoice choice) throws Refused {
    refuseWrong(choice);
    try {
      var kept =
          operations.kept(
              new AuditEntry(
                  "release", LedgerOperations.named(held) + choice, operations.standing(held.no())),
              () -> released(held, choice));
      return new FileDone(operations.changed(kept.message()), operations.fileNow(kept.result()));
    } catch (UncheckedIOException | LedgerException | IllegalStateException e) {
      throw new Refused(Code.FAILED, "It was not done: " + Causes.words(e));
    }
  }

  private static void refuseWrong(ReleaseChoice choice) throws Refused {
    if (choice.only() != null && !choice.only().equals(ReleaseChoice.ADDS)) {
      throw new Refused(
          Code.INVALID,
          "\"%s\" can't be released by itself; adds can.".formatted(Shown.line(choice.only())));
    }
    if (choice.first() != null && choice.first() < 1) {
      throw new Refused(Code.INVALID, "The number of assignments is one from 1 on.");
    }
  }

  /** With the number of the file that goes to delivery. */
  private Outcome<Long> released(FileEntry held, ReleaseChoice choice) throws ActionRefused {
    if (held.state() != FileState.HELD) {
      throw new ActionRefused(
          "File %d is %s; only a held file can be released."
              .formatted(held.no(), held.state().word()));
    }
    try {
      long begun = plans.parts().begin(held);
      return plans.dryRuns().planned(held, now -> released(held, begun, now, choice));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome<Long> released(FileEntry held, long begun, PlanFile now, ReleaseChoice choice)
      throws ActionRefused, IOException {
    String by = choice.plan() == null ? "" : " by plan " + choice.plan();
    if (choice.plan() != null) {
      refuseOther(held, choice.plan(), now);
    }
    Approvals.Standing approved = approved(held, now, choice);
    boolean mayLetGo =
        approved.needed() == 1 || operations.trail.caller().rights().has(Role.APPROVE);
    if (!approved.isApproved() || !mayLetGo) {
      return new Outcome<>(
          "approved the release of %s: %s; it stays held%s"
              .formatted(
                  LedgerOperations.named(held),
                  approved,
                  approved.isApproved()
                      ? " until somebody with the role approve releases it too"
                      : ""),
          approved.toString(),
          held.no());
    }
    by += approved.needed() == 1 ? "" : ", " + approved;
    if (choice.isWhole()) {
      FileEntry released = operations.store.actions().release(held.no());
      return new Outcome<>(
          "released " + LedgerOperations.named(released) + by,
          operations.standing(released.no()),
          released.no());
    }
    Parts.Part part =
        plans
            .parts()
            .accept(held, begun, now, new Parts.Selection(choice.only() != null, choice.first()));
    operations.store.approvals().clear(held.no());
    String made =
        "file %d, %s, with %,d %s"
            .formatted(
                part.file(),
                Shown.line(part.name()),
                part.rows(),
                part.rows() == 1 ? "assignment" : "assignments");
    return new Outcome<>(
        "released of %s%s: %s; the rest stays held"
            .formatted(LedgerOperations.named(held), by, made),
        made,
        part.file());
  }

  /** All must approve the same: what would be sent, and which part of it. */
  private Approvals.Standing approved(FileEntry held, PlanFile now, ReleaseChoice choice)
      throws ActionRefused {
    Caller caller = operations.trail.caller();
    String who = caller.who();
    if (operations.store.approvals().needed(held.no()) == 1) {
      return new Approvals.Standing(1, List.of(who));
    }
    if (caller.rights().identity() == Identity.SHARED) {
      throw new ActionRefused(
          ("Different people must approve the release of file %d, and nobody knows who uses the"
                  + " login %s. Log in as somebody of management.users.")
              .formatted(held.no(), Shown.line(who)));
    }
    ReleaseChoice part = new ReleaseChoice(null, choice.only(), choice.first());
    return operations
        .store
        .approvals()
        .approve(held.no(), who, now.digest() + part, operations.clock.instant());
  }

  /** Only what was reviewed goes. */
  private void refuseOther(FileEntry held, String digest, PlanFile now)
      throws ActionRefused, IOException {
    if (now.digest().equals(digest)) {
      return;
    }
    Optional<PlanFile> reviewed = plans.dryRuns().reviewed().find(digest);
    String difference =
        reviewed.isEmpty()
            ? "no plan with that digest is kept, so that the difference can't be told"
            : now.since(reviewed.get()).toString();
    throw new ActionRefused(
        "What file %d would send is not what was reviewed: %s. Look at `plan %d` again; its digest is %s now."
            .formatted(held.no(), difference, held.no(), now.digest()));
  }
}
