package uk.onefileroutes.simulator;

/**
 * Why a request is refused with 400 or 413. The codes are invented; that they are negative is not.
 */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final Reason reason;

  Refused(Reason reason, String message) {
    this(400, reason, message);
  }

  Refused(int status, Reason reason, String message) {
    super(message, null, false, false);
    this.status = status;
    this.reason = reason;
  }

  Reply reply() {
    return Reply.error(status, reason.code, String.valueOf(getMessage()));
  }

  enum Reason {
    BODY(-1),
    MEMBER(-2),
    QUERY(-3),
    PAGE(-4),
    UNKNOWN_USER(-21),
    NOT_A_LEARNER(-22),
    WRONG_ROLE(-23),
    SELF_ASSIGNMENT(-24),
    NOT_ON_LEARNER(-25),
    ALREADY_ASSIGNED(-26),
    ARCHIVED(-27);

    private final int code;

    Reason(int code) {
      this.code = code;
    }
  }
}
