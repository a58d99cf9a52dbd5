package uk.onefileroutes.assignment;

import java.util.Locale;

/** The states of a file, in the order in which a file can pass through them. */
public enum FileState {
  /** Accepted and being read; its rows are invisible to delivery. */
  RECEIVING,
  /** Read whole, waiting for a person. */
  HELD,
  /** Released: its rows are being sent, or their answer is being written. */
  DELIVERING,
  /** Every row is final and the answer is with the sender. */
  DONE,
  /** Not readable; nothing was applied. */
  REFUSED,
  /** Given up by a person. */
  CANCELLED;

  /** The word for this state in SQL and reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state that {@link #word()} names.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static FileState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
