package uk.onefileroutes.management;

import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.management.Refusal.Code;

/** What was asked for is not done; the refusal says why. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public Refused(Refusal refusal) {
    super(refusal.text());
    this.refusal = refusal;
  }

  public Refused(Code code, String message) {
    this(new Refusal(code, message));
  }

  /** Only a running instance can do it. */
  static Refused notRunning(String message) {
    return new Refused(Code.NOT_RUNNING, message);
  }

  static Refused of(ActionRefused e) {
    return new Refused(
        e.isNotFound() ? Code.NOT_FOUND : Code.NOT_POSSIBLE, String.valueOf(e.getMessage()));
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }
}
