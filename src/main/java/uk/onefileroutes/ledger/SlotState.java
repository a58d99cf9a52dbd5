package uk.onefileroutes.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a slot at the moment when a row of a file that is being read asks for it.
 *
 * @param held what the slot is known to hold; null where it is unknown, so that unknown never
 *     equals
 * @param keptFor where a change by hand is kept, whom the files asked for when it was found; null:
 *     none is
 * @param isOpen whether another file's request for the slot has no final answer yet: what the slot
 *     will hold is not known then
 * @param later the last row of the same file that asks for the slot; null where the row itself is
 *     the last so far
 */
public record SlotState(
    long learner,
    String slot,
    @Nullable Held held,
    @Nullable Long keptFor,
    boolean isOpen,
    @Nullable Later later) {

  /** A slot of which no change by hand is kept. */
  public SlotState(
      long learner, String slot, @Nullable Held held, boolean isOpen, @Nullable Later later) {
    this(learner, slot, held, null, isOpen, later);
  }

  /**
   * What was sent last.
   *
   * @param sentAt when it was sent
   */
  public record Held(long assignee, Instant sentAt) {}

  /** A row further down in the same file. */
  public record Later(long row, long assignee) {}
}
