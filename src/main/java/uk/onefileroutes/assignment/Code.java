package uk.onefileroutes.assignment;

/**
 * Why a row is in its state. Partners' systems read these codes, so a code never changes its
 * meaning and is never removed; the sentence beside it may change.
 */
public enum Code {
  // invalid: we refused
  MISSING_VALUE(RowState.INVALID),
  NOT_AN_ID(RowState.INVALID),
  ROLE_NOT_ALLOWED(RowState.INVALID),
  UNKNOWN_ROLE(RowState.INVALID),
  UNKNOWN_KIND(RowState.INVALID),
  KIND_CONFLICT(RowState.INVALID),
  STANDARD_REQUIRED(RowState.INVALID),
  UNIT_REQUIRED(RowState.INVALID),
  SELF_ASSIGNMENT(RowState.INVALID),
  TOO_LONG(RowState.INVALID),
  BAD_QUOTING(RowState.INVALID),
  WRONG_COLUMN_COUNT(RowState.INVALID),
  BAD_ENCODING(RowState.INVALID),
  REFERENCE_NOT_FOUND(RowState.INVALID),
  AMBIGUOUS(RowState.INVALID),
  WRONG_ROLE(RowState.INVALID),
  REFERENCES_DISAGREE(RowState.INVALID),
  ASSIGNEE_ARCHIVED(RowState.INVALID),
  LEARNER_ARCHIVED(RowState.INVALID),
  CONTRADICTION(RowState.INVALID),
  NOT_A_DATE(RowState.INVALID),
  AIM_NOT_FOUND(RowState.INVALID),
  // planned: it will be sent
  NOT_YET(RowState.PLANNED),
  // ignored: nothing was asked
  NOTHING_ASKED(RowState.IGNORED),
  IGNORED(RowState.IGNORED),
  // superseded: something newer asks for the same slot
  SUPERSEDED(RowState.SUPERSEDED),
  DUPLICATE_ROW(RowState.SUPERSEDED),
  // nothing to do, done, given up on request
  UNCHANGED(RowState.UNCHANGED),
  KEPT_BY_HAND(RowState.UNCHANGED),
  SENT(RowState.SENT),
  ALREADY_ASSIGNED(RowState.SENT),
  CANCELLED(RowState.CANCELLED),
  // rejected: Onefile refused
  BAD_REQUEST(RowState.REJECTED),
  FORBIDDEN(RowState.REJECTED),
  NOT_FOUND(RowState.REJECTED),
  CONFLICT(RowState.REJECTED),
  GONE(RowState.REJECTED),
  UNPROCESSABLE(RowState.REJECTED),
  // blocked: a person must look
  TOO_MANY_ATTEMPTS(RowState.BLOCKED),
  OUTCOME_UNKNOWN(RowState.BLOCKED),
  // waiting: it will be tried again
  RETRY(RowState.WAITING);

  private final RowState state;

  Code(RowState state) {
    this.state = state;
  }

  /** The state of the rows that have it. */
  public RowState state() {
    return state;
  }
}
