package uk.onefileroutes.assignment;

/**
 * Why a file that was read whole is held for a person. As with {@link Code}, a code never changes
 * its meaning and is never removed; the sentence beside it may change.
 */
public enum HoldCode {
  /** More of its rows are invalid than the feed allows. */
  TOO_MANY_INVALID,
  /** It would replace more of what its slots are known to hold than the feed allows. */
  TOO_MANY_CHANGES,
  /** A row is invalid, and the feed wants all or nothing. */
  ALL_OR_NOTHING,
  /** The feed's first file. */
  FIRST_FILE
}
