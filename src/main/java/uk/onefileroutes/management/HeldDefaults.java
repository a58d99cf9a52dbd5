package uk.onefileroutes.management;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of a learner's default assessor and employer.
 *
 * @param isSending whether a request for the learner is on its way, so that they may change
 */
public record HeldDefaults(long learner, boolean isSending, List<HeldNow> slots) {
  public HeldDefaults {
    slots = List.copyOf(slots);
  }

  /**
   * One of them.
   *
   * @param assignee who is assigned; null: nobody, by hand
   * @param keptFor where a change by hand is kept, whom the files ask for; null: none is
   */
  public record HeldNow(String slot, @Nullable Long assignee, @Nullable Long keptFor) {}
}
