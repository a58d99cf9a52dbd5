package uk.onefileroutes.assignment;

/**
 * Why a whole file was refused. As with {@link Code}, a code never changes its meaning and is never
 * removed; the sentence beside it may change.
 */
public enum FileCode {
  /** Not in a format that the feed can read. */
  NOT_READABLE,
  /** Empty, or its first record names no column that we know. */
  NO_HEADER,
  /** The header lacks a column that the feed needs. */
  MISSING_COLUMN,
  /** Over one of the feed's limits. */
  TOO_LARGE,
  /** Locked with a password. */
  ENCRYPTED,
  /** A results file of ours came back. */
  RESULTS_FILE,
  /** Its bytes contradict the feed's charset, or don't say which one it is. */
  BAD_CHARSET
}
