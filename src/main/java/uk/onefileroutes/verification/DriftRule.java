package uk.onefileroutes.verification;

import org.jspecify.annotations.Nullable;
import uk.onefileroutes.ledger.Slots.Held;

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
    TAKE_BACK
  }

  /**
   * What a slot is.
   *
   * @param held as the ledger has it
   * @param found who is there by Onefile; null: nobody
   */
  static Decision decide(OnDrift rule, Held held, @Nullable Long found) {
    boolean isAsHeld = held.isNobody() ? found == null : found != null && found == held.assignee();
    if (held.keptFor() == null) {
      return isAsHeld ? Decision.EQUAL : otherwise(rule);
    }
    if (isAsHeld) {
      return rule == OnDrift.FORGET ? Decision.FORGET : Decision.KEPT;
    }
    return found != null && found.equals(held.keptFor()) && rule != OnDrift.REPORT
        ? Decision.TAKE_BACK
        : otherwise(rule);
  }

  private static Decision otherwise(OnDrift rule) {
    return switch (rule) {
      case REPORT -> Decision.DRIFTED;
      case FORGET -> Decision.FORGET;
      case KEEP -> Decision.KEEP;
    };
  }
}
