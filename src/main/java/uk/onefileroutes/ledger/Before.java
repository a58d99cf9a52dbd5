package uk.onefileroutes.ledger;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a slot was before a file reached it.
 *
 * @param assignee whom it was known to hold; null where that was not known, or it was empty
 */
public record Before(State state, @Nullable Long assignee) {
  static final Before EMPTY = new Before(State.EMPTY, null);

  /** What was known of it. */
  public enum State {
    /** Nothing was ever sent for it. */
    EMPTY,
    KNOWN,
    /** After a lost answer, a forget, or because who held it has left. */
    UNKNOWN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  static Before read(boolean known, long assignee) {
    return known ? new Before(State.KNOWN, assignee) : new Before(State.UNKNOWN, null);
  }
}
