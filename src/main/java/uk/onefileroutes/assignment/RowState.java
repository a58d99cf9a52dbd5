package uk.onefileroutes.assignment;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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

  /** Whether a row in this state belongs into the rejects file, for its sender to fix. */
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

  /** How many assignments are in which state, for people: {@code 3 sent, 1 unchanged}. */
  public static String words(Map<RowState, Long> counts) {
    return counts.isEmpty()
        ? "no assignments"
        : counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().word())
            .collect(Collectors.joining(", "));
  }
}
