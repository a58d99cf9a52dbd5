package uk.onefileroutes.plan;

import java.time.Instant;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.ledger.SlotDecision;
import uk.onefileroutes.ledger.SlotState;
import uk.onefileroutes.ledger.Trust;

/**
 * Decides whether a row is planned, unchanged, superseded or a duplicate, from what its slot holds,
 * what is open for it, and what the row asks. The one place where that is decided; pure.
 *
 * <ol>
 *   <li>The last row of a file that asks for a slot wins; earlier ones give way to it.
 *   <li>A slot that somebody changed by hand, where that is kept, stays as it is for a row that
 *       asks for the same as before; unless every row is sent, or another file's request is still
 *       open.
 *   <li>A slot that is unknown, that holds somebody else, or for which another file's request is
 *       still open, is sent.
 *   <li>A slot that holds what the row asks for is unchanged as long as it is trusted.
 * </ol>
 *
 * @param trust how long a slot is trusted
 * @param now the time at which trust is judged
 */
public record SlotRule(Trust trust, Instant now) implements SlotDecision.Rule {
  @Override
  public SlotDecision decide(SlotState slot, long assignee) {
    if (slot.later() != null) {
      return givesWay(slot.later(), assignee);
    }
    if (slot.keptFor() != null
        && slot.keptFor() == assignee
        && !slot.isOpen()
        && !trust.isNever()) {
      return new SlotDecision.Kept();
    }
    if (slot.held() == null || slot.held().assignee() != assignee || slot.isOpen()) {
      return new SlotDecision.Send(trust.isNever());
    }
    return trust.holds(slot.learner(), slot.slot(), slot.held().sentAt(), now)
        ? new SlotDecision.Unchanged()
        : new SlotDecision.Send(true);
  }

  private static SlotDecision givesWay(SlotState.Later later, long assignee) {
    return later.assignee() == assignee
        ? new SlotDecision.GivesWay(
            Code.DUPLICATE_ROW, "Row " + later.row() + " asks for the same again.")
        : new SlotDecision.GivesWay(
            Code.SUPERSEDED,
            "Row " + later.row() + " of this file asks for something else in its place.");
  }
}
