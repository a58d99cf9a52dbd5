package uk.onefileroutes.management;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.derived.Undone;
import uk.onefileroutes.dryrun.DryRunReport;
import uk.onefileroutes.dryrun.ExportDifference;
import uk.onefileroutes.management.AuditControl.EntryNow;
import uk.onefileroutes.management.Histories.FileDetails;
import uk.onefileroutes.management.Histories.RowNow;
import uk.onefileroutes.management.Status.FileNow;
import uk.onefileroutes.verification.Report;

/**
 * The list of what a person can ask and tell, a method for each verb. The MBeans, the commands and
 * the status page all go through it: in the process itself, or over the management port by {@link
 * OperationsControl}. So each name is there once, and arguments and answers are what Jackson can
 * write and read again.
 *
 * <p>A verb that an implementation can't do is refused as {@code NOT_RUNNING}. Each may be called
 * by several threads at once, and again: what is done already is refused, or changes nothing.
 * Whatever changes something is kept in the audit, with who asked.
 */
public interface Operations {
  /** Everything that the command {@code status} shows. */
  default Status status() throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /** A file by its number or name, and its first assignments that need a person. */
  default FileDetails details(String file) throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /** What was tried for a row of a file. */
  default List<RowNow> history(String file, long row) throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /**
   * Lets a held file, or a part of it, go to delivery; of a part the answer has the file that is
   * made of it, and the rest stays held.
   */
  default FileDone release(String file, ReleaseChoice choice) throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /** Sends nothing more of a file. May take minutes for a large one. */
  default FileDone cancel(String file) throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /**
   * Gives the slots that a file changed back what they held before, by a file made for it that is
   * planned, held and sent as any.
   *
   * @param isDryRun whether it is only said what would happen
   */
  default Undo undo(String file, boolean isDryRun) throws Refused {
    throw Refused.notRunning(
        "No instance runs; start it, for the file that undoes another is read by its feed.");
  }

  /** Sends assignments again that were given up or refused. */
  default Retried retry(RowChoice rows) throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /** Forgets what slots hold, so that the next file sends them. */
  default Forgotten forget(SlotChoice slots) throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /**
   * What assignees held who left Onefile, and nobody is known to hold since: who left, then the
   * slots, then the learners.
   */
  default List<LeftAssignment> leavers() throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /** Makes a backup of the embedded ledger now. */
  default BackedUp backup() throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /** So many of the newest audit entries, newest first; at most 10000. */
  default List<EntryNow> audit(int most) throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /** Looks whether everything is there; takes as long as the time-outs of what is asked. */
  default List<Check.Finding> check() throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /**
   * What would happen with a file; sends nothing and records nothing.
   *
   * @param file the absolute path of a file, or the number or name of one that came in
   * @param feed by whose columns and rules; empty: the only one that wants the file
   */
  default DryRunReport plan(String file, String feed, PlanOutputs outputs) throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /**
   * How an export differs from another one of its feed; sends nothing and records nothing.
   *
   * @param file as of {@link #plan}; what is new
   * @param against the same; what was before
   */
  default ExportDifference compare(String file, String against, String feed) throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /** Sends nothing until resumed, also after a restart. */
  default DeliveryDone pause(String why) throws Refused {
    throw Refused.notRunning("No instance runs; nothing is sent.");
  }

  /** Ends a pause by hand, and the wait after an outage or a refused login. */
  default DeliveryDone resume() throws Refused {
    throw Refused.notRunning("No instance runs; nothing is sent.");
  }

  /**
   * Makes one assignment now, as a file of one row of the feed {@code apply} would: by the same
   * routes, ledger, pace and results. Returns once that file is accepted; {@link #applied} says
   * what becomes of it.
   */
  default Applied apply(WantedAssignment wanted) throws Refused {
    throw Refused.notRunning("No instance runs; nothing is sent.");
  }

  /** How an assignment stands that {@link #apply} was asked for; by the number of its file. */
  default AppliedNow applied(String file) throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /**
   * What the ledger says of the default assessors and employers of the next learners, at most a
   * thousand, by their ids.
   *
   * @param after the last learner of the page before; 0 for the first
   */
  default List<HeldDefaults> held(long after) throws Refused {
    throw Refused.notRunning(NO_INSTANCE);
  }

  /** Begins to compare slots with what Onefile says; returns at once. */
  default VerificationBegun verify(SlotChoice slots) throws Refused {
    throw Refused.notRunning("No instance runs; only a running one can ask Onefile.");
  }

  /** How the comparison stands, or how the last one ended. */
  default Report verification() throws Refused {
    throw Refused.notRunning("No instance runs; only a running one can ask Onefile.");
  }

  /** Removes a learner from ledger and archive, by the Onefile id; this can't be undone. */
  default Erased erase(String learner) throws Refused {
    throw Refused.notRunning(
        "No instance runs; start it, for the archive is read by the feeds of its configuration.");
  }

  /** Sends a test notice by each channel; whether it was delivered, the log says. */
  default NoticesSent testAlarms() throws Refused {
    throw Refused.notRunning("No instance runs, and only one that runs sends notices.");
  }

  /** Why a verb without a sentence of its own is refused. */
  String NO_INSTANCE = "No instance runs.";

  /**
   * Which rows; at most one of the three is set, none means all that are blocked.
   *
   * @param file its number or name
   * @param code such as {@code NOT_FOUND}
   * @param learner a Onefile id
   */
  record RowChoice(@Nullable String file, @Nullable String code, @Nullable String learner) {
    public static final RowChoice ALL_BLOCKED = new RowChoice(null, null, null);

    public static RowChoice file(String file) {
      return new RowChoice(file, null, null);
    }

    public static RowChoice code(String code) {
      return new RowChoice(null, code, null);
    }

    public static RowChoice learner(String learner) {
      return new RowChoice(null, null, learner);
    }
  }

  /**
   * What of a held file is released.
   *
   * @param plan only if the file would send just that: the digest that a dry run showed; null:
   *     however it is judged
   * @param only {@code adds}: what is not known to replace anybody; null: changes too
   * @param first so many assignments, in the order of the file; null: all
   */
  record ReleaseChoice(@Nullable String plan, @Nullable String only, @Nullable Long first) {
    public static final ReleaseChoice ALL = new ReleaseChoice(null, null, null);
    public static final String ADDS = "adds";

    /** Whether it needs no look at what the file would send. */
    boolean isAll() {
      return equals(ALL);
    }

    /** Whether nothing stays held. */
    boolean isWhole() {
      return only == null && first == null;
    }

    @Override
    public String toString() {
      return (plan == null ? "" : " by plan " + plan)
          + (only == null ? "" : ", only " + only)
          + (first == null ? "" : ", the first " + first);
    }
  }

  /**
   * Which slots; at most one of the two is set, none means all.
   *
   * @param file those that this file names; its number or name
   * @param learner those of a learner; the Onefile id
   */
  record SlotChoice(@Nullable String file, @Nullable String learner) {
    public static final SlotChoice ALL = new SlotChoice(null, null);

    public static SlotChoice file(String file) {
      return new SlotChoice(file, null);
    }

    public static SlotChoice learner(String learner) {
      return new SlotChoice(null, learner);
    }
  }

  /**
   * What a dry run writes into files besides, whose names its report has.
   *
   * @param rows the input with what would become of each row
   * @param requests each request as it would be sent
   */
  record PlanOutputs(boolean rows, boolean requests) {
    public static final PlanOutputs NONE = new PlanOutputs(false, false);
  }

  /**
   * An assignment whose assignee left.
   *
   * @param standard of a learning aim only
   * @param unit of a unit summary only
   */
  record LeftAssignment(
      long learner,
      String kind,
      String role,
      @Nullable String standard,
      @Nullable String unit,
      long leftAssignee) {}

  /** What came of a verb that changes something. */
  sealed interface Done {
    /** A sentence that says what was done. */
    String message();
  }

  /** Something was done with a file, which stands like this now. */
  record FileDone(String message, FileNow file) implements Done {}

  /**
   * A file was undone, or would be.
   *
   * @param slots how many get back what they held, and how many don't
   * @param stays the first of these, at most 20 that are kept and 20 that can't be given back
   * @param file the file that does it; null in a dry run
   * @param plan what would happen with that file; null unless in a dry run
   */
  record Undo(
      String message,
      Undone.Counts slots,
      List<Undone.Stays> stays,
      @Nullable FileNow file,
      @Nullable DryRunReport plan)
      implements Done {}

  /**
   * Rows were asked to be sent again.
   *
   * @param superseded those in whose place a newer row is sent
   */
  record Retried(String message, long retried, long superseded) implements Done {}

  /** What so many slots hold was forgotten. */
  record Forgotten(String message, long slots) implements Done {}

  /** The ledger was backed up into this file. */
  record BackedUp(String message, String file) implements Done {}

  /** Delivery was paused or resumed; the pace is like this now. */
  record DeliveryDone(String message, @Nullable PaceNow pace) implements Done {}

  /** An assignment is on its way, as the only row of this file. */
  record Applied(String message, long file) implements Done {}

  /** So many learners are being read. */
  record VerificationBegun(String message, long learners) implements Done {}

  /**
   * A learner was erased.
   *
   * @param rows of the ledger that lost what they knew
   * @param filesEmptied archived files whose rows of the learner were emptied
   * @param filesDeleted archived files that were deleted
   */
  record Erased(String message, long learner, long rows, int filesEmptied, int filesDeleted)
      implements Done {}

  /** A test notice is on its way by these channels. */
  record NoticesSent(String message, List<String> channels) implements Done {}
}
