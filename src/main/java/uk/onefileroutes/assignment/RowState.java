package uk.onefileroutes.assignment;

import java.util.Locale;

/**
 * The states of a row, worst first: where one row of a file fans out to several assignments, the
 * first state in this order is the row's own in the results.
 */
public enum RowState {
  BLOCKED(true),
  REJECTED(true),
  INVALID(true),
  CANCELLED(true),
  WAITING(false),
  SENDING(false),
  PLANNED(false),
  SUPERSEDED(true),
  SENT(true),
  UNCHANGED(true),
  IGNORED(true);

  private final boolean isFinal;

  RowState(boolean isFinal) {
    this.isFinal = isFinal;
  }

  /** Whether nothing more happens to a row in this state unless a person asks for it. */
  public boolean isFinal() {
    return isFinal;
  }

  /** Whether a row in this state belongs into the rejects file, for its sender to mend. */
  public boolean isToMend() {
    return this == INVALID || this == REJECTED || this == BLOCKED;
  }

  /** The word for this state in SQL and reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state that {@link #word()} names.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static RowState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
