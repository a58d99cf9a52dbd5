package uk.onefileroutes.feed;

import uk.onefileroutes.ledger.Trust;

/**
 * What the keys {@code plan.} say, of a feed or for all feeds.
 *
 * @param trust how far it is trusted that Onefile still holds what was sent
 * @param holding what holds a file for a person
 */
public record PlanRules(Trust trust, Holding holding) {
  /** What holds where nothing else is said. */
  public static final PlanRules DEFAULT = new PlanRules(Trust.FOR_EVER, Holding.DEFAULT);

  /** The same with the first file of each feed held, or not. */
  public PlanRules withFirstFileHeld(boolean isHeld) {
    return new PlanRules(trust, holding.withFirstFile(isHeld));
  }
}
