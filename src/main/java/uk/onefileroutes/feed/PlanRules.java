package uk.onefileroutes.feed;

import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.ledger.Trust;

/**
 * What the keys {@code plan.} say, of a feed or for all feeds.
 *
 * @param trust how far it is trusted that Onefile still holds what was sent
 * @param holding what holds a file for a person
 */
public record PlanRules(Trust trust, Holding holding) {
  /**
   * What the keys say.
   *
   * @param usual what holds where a key is missing
   */
  public static PlanRules read(Keys keys, PlanRules usual) {
    return new PlanRules(TrustKeys.read(keys, usual.trust), HoldingKeys.read(keys, usual.holding));
  }
}
