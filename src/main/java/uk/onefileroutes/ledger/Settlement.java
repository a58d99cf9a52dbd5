package uk.onefileroutes.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;

/**
 * What an answer, or its absence, means for a row.
 *
 * @param state {@code sent}, {@code rejected}, {@code invalid}, {@code blocked} or {@code waiting}
 * @param code the row's code
 * @param message the row's sentence
 * @param call what is kept of the call as history
 * @param costsAttempt whether it counts towards the limit of attempts
 * @param slot what is known of the slot from now on
 * @param dueAt when a waiting row may be sent again
 */
public record Settlement(
    RowState state,
    String code,
    String message,
    Call call,
    boolean costsAttempt,
    Slot slot,
    Instant dueAt) {

  /** What a settlement says about the slot. */
  public enum Slot {
    /** It holds the assignee now. */
    HOLDS,
    /** It may or may not hold the assignee. */
    UNKNOWN,
    /** Nothing was changed. */
    UNTOUCHED
  }

  /**
   * One call, as history.
   *
   * @param httpStatus null where no answer came
   * @param tookMs milliseconds from sending to answer
   */
  public record Call(Instant endedAt, long tookMs, @Nullable Integer httpStatus) {}
}
