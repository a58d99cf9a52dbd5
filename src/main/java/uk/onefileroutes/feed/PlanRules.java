package uk.onefileroutes.feed;

import uk.onefileroutes.ledger.Trust;

/**
 * What the keys {@code plan.} say, of a feed or for all feeds.
 *
 * @param trust how far it is trusted that Onefile still holds what was sent
 * @param holding what holds a file for a person
 * @param snapshot what each file of the feed names
 * @param contradiction what becomes of rows of one file that contradict each other
 * @param approvals how many people must approve that a held file is released
 */
public record PlanRules(
    Trust trust, Holding holding, Snapshot snapshot, Contradiction contradiction, int approvals) {
  /** What holds where nothing else is said. */
  public static final PlanRules DEFAULT = new PlanRules(Trust.FOR_EVER, Holding.DEFAULT);

  /** What a file of a feed names. */
  public enum Snapshot {
    /** All that is assigned: what it does not name is gone. */
    FULL,
    /** Some of it, such as what has changed: nothing is gone with it. */
    PARTIAL
  }

  /** What becomes of rows that ask for different people in one slot. */
  public enum Contradiction {
    /** The last row counts; those before it give way to it. */
    LAST,
    /** They are all invalid. */
    INVALID
  }

  /** The rules of a feed whose files name all there is. */
  public PlanRules(Trust trust, Holding holding) {
    this(trust, holding, Snapshot.FULL, Contradiction.LAST, 1);
  }

  /** The same with the first file of each feed held, or not. */
  public PlanRules withFirstFileHeld(boolean isHeld) {
    return new PlanRules(trust, holding.withFirstFile(isHeld), snapshot, contradiction, approvals);
  }

  /** The same for files that name this. */
  PlanRules with(Snapshot other) {
    return new PlanRules(trust, holding, other, contradiction, approvals);
  }
}
