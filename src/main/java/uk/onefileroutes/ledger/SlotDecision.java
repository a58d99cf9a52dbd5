package uk.onefileroutes.ledger;

import uk.onefileroutes.assignment.Code;

/** What becomes of a row that asks for a slot. The planner decides it, the ledger stores it. */
public sealed interface SlotDecision {

  /**
   * It is planned.
   *
   * @param repeats whether it is sent even if its slot holds what it asks for
   */
  record Send(boolean repeats) implements SlotDecision {}

  /** Its slot holds what it asks for: it needs no call. */
  record Unchanged() implements SlotDecision {}

  /**
   * Its slot holds something else, which a person made so in Onefile and which is kept until a file
   * asks for something new: it needs no call.
   */
  record Kept() implements SlotDecision {}

  /**
   * A later row of the same file takes its place.
   *
   * @param code {@code SUPERSEDED} or {@code DUPLICATE_ROW}
   * @param message the same as a sentence, for the sender
   */
  record GivesWay(Code code, String message) implements SlotDecision {}

  /** Decides. A pure function: the same arguments always give the same decision. */
  @FunctionalInterface
  interface Rule {
    /**
     * What becomes of a row that asks for this slot.
     *
     * @param assignee whom the row asks for
     */
    SlotDecision decide(SlotState slot, long assignee);
  }
}
