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
  FIRST_FILE,
  /** It does not name more of what the last file held than the feed allows. */
  TOO_MANY_GONE,
  /** One assignee would gain more learners from others than the feed allows. */
  CASELOAD,
  /** A column is empty that was full in the last file. */
  COLUMN_EMPTY,
  /** It is older than the last file, or equals one before that. */
  OLDER_EXPORT,
  /** Its last record has no line end, though the last file's had one. */
  LAST_LINE_OPEN,
  /** Its learners are known as assignees, or its assignees as learners. */
  ROLES_LOOK_SWAPPED
}
