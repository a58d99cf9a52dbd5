package uk.onefileroutes.verification;

import uk.onefileroutes.ledger.Slots.Held;
import uk.onefileroutes.onefile.Said;

/**
 * Decides what a compared slot is and what is done about it; the one place where that is decided.
 * Pure.
 *
 * <table>
 *   <caption>What Onefile says of a slot, and what follows</caption>
 *   <tr><th></th><th>report</th><th>forget</th><th>keep</th></tr>
 *   <tr><td>what the slot holds</td><td>equal</td><td>equal</td><td>equal</td></tr>
 *   <tr><td>anything else</td><td>drifted</td><td>forget</td><td>keep</td></tr>
 *   <tr><td>what is kept by hand</td><td>kept</td><td>forget</td><td>kept</td></tr>
 *   <tr><td>what the files ask for, where a change by hand is kept</td><td>drifted</td>
 *       <td>take back</td><td>take back</td></tr>
 *   <tr><td>anything else where a change by hand is kept</td><td>drifted</td><td>forget</td>
 *       <td>keep</td></tr>
 *   <tr><td>no such aim or unit, where anything else would be kept</td><td></td><td></td>
 *       <td>drifted</td></tr>
 *   <tr><td>nothing that can be compared</td><td>open</td><td>open</td><td>open</td></tr>
 * </table>
 */
final class DriftRule {
  private DriftRule() {}

  /** What a slot is found to be. */
  enum Decision {
    /** As the ledger says. */
    EQUAL,
    /** As somebody made it by hand, which is kept. */
    KEPT,
    /** Not as the ledger says; nothing is done. */
    DRIFTED,
    /** Not as the files ask; it becomes unknown. */
    FORGET,
    /** Not as the ledger says; what is found is kept. */
    KEEP,
    /** The change by hand was taken back. */
    TAKE_BACK,
    /** It can't be compared. */
    OPEN
  }

  /**
   * What a slot is.
   *
   * @param held as the ledger has it
   * @param said whom Onefile names there
   */
  static Decision decide(OnDrift rule, Held held, Said said) {
    if (said instanceof Said.Open) {
      return Decision.OPEN;
    }
    long found = said instanceof Said.Somebody somebody ? somebody.id() : Held.NOBODY;
    boolean isAsHeld = found == held.assignee();
    if (held.keptFor() == null) {
      return isAsHeld ? Decision.EQUAL : otherwise(rule, said);
    }
    if (isAsHeld) {
      return rule == OnDrift.FORGET ? Decision.FORGET : Decision.KEPT;
    }
    return found == held.keptFor() && rule != OnDrift.REPORT
        ? Decision.TAKE_BACK
        : otherwise(rule, said);
  }

  private static Decision otherwise(OnDrift rule, Said said) {
    return switch (rule) {
      case REPORT -> Decision.DRIFTED;
      case FORGET -> Decision.FORGET;
      // an aim that comes back has nobody; to keep that would leave it so for ever
      case KEEP -> said instanceof Said.NotListed ? Decision.DRIFTED : Decision.KEEP;
    };
  }
}
