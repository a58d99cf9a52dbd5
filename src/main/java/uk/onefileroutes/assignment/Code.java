package uk.onefileroutes.assignment;

/**
 * Why a row is in its state. Partners' systems read these codes, so a code never changes its
 * meaning and is never removed; the sentence beside it may change.
 */
public enum Code {
  // invalid: we refused
  MISSING_VALUE,
  NOT_AN_ID,
  ROLE_NOT_ALLOWED,
  UNKNOWN_ROLE,
  UNKNOWN_KIND,
  KIND_CONFLICT,
  STANDARD_REQUIRED,
  UNIT_REQUIRED,
  SELF_ASSIGNMENT,
  TOO_LONG,
  BAD_QUOTING,
  WRONG_COLUMN_COUNT,
  BAD_ENCODING,
  REFERENCE_NOT_FOUND,
  AMBIGUOUS,
  WRONG_ROLE,
  // ignored: nothing was asked
  NOTHING_ASKED,
  IGNORED,
  // superseded: something newer asks for the same slot
  SUPERSEDED,
  DUPLICATE_ROW,
  // nothing to do, done, given up on request
  UNCHANGED,
  SENT,
  ALREADY_ASSIGNED,
  CANCELLED,
  // rejected: Onefile refused
  BAD_REQUEST,
  FORBIDDEN,
  NOT_FOUND,
  CONFLICT,
  GONE,
  UNPROCESSABLE,
  // blocked: a person must look
  TOO_MANY_ATTEMPTS,
  OUTCOME_UNKNOWN,
  // waiting: it will be tried again
  RETRY
}
