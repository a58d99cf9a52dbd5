package uk.onefileroutes.verification;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.ledger.Slots;
import uk.onefileroutes.ledger.Slots.Amount;
import uk.onefileroutes.ledger.Slots.OfLearner;
import uk.onefileroutes.ledger.SlotsOf;
import uk.onefileroutes.onefile.UserDefaults;

/**
 * Compares what the ledger says with an export of Onefile, learner by learner. Changes nothing and
 * calls nobody. For one thread.
 */
public final class ExportComparison {
  private final Tallying found = new Tallying(OnDrift.REPORT);
  private final String export;
  private final Instant startedAt;
  private long learners;

  /**
   * @param export its name, as people know it
   */
  public ExportComparison(String export, Instant startedAt) {
    this.export = export;
    this.startedAt = startedAt;
  }

  /**
   * Compares a learner's default slots.
   *
   * @param said what the export says; null: it has no such user
   */
  public void add(long learner, OfLearner held, @Nullable UserDefaults said) {
    learners++;
    if (said == null) {
      found.notFound(learner, "not in the export");
    } else {
      List<?> unused = found.compare(learner, held, held, said::said);
      found.read();
    }
  }

  /** What it found, in the form of every comparison. */
  public Report report(Instant endedAt) {
    return found.report(
        new Report.Run(
            "done",
            SlotsOf.all() + " against " + export,
            "report",
            startedAt.toString(),
            endedAt.toString(),
            null),
        new Amount(learners, learners, 0));
  }

  /** The slot as it is compared. */
  public static Slots.Held held(String slot, @Nullable Long assignee, @Nullable Long keptFor) {
    return new Slots.Held(
        slot, assignee == null ? Slots.Held.NOBODY : assignee, Instant.EPOCH, keptFor);
  }
}
