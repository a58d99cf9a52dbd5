package uk.onefileroutes.ledger;

/** What a person asked for can't be done; the message is a sentence for them. Nothing changed. */
public final class ActionRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isNotFound;

  public ActionRefused(String message) {
    this(message, false);
  }

  private ActionRefused(String message, boolean isNotFound) {
    super(message);
    this.isNotFound = isNotFound;
  }

  /** What was named does not exist. */
  public static ActionRefused notFound(String message) {
    return new ActionRefused(message, true);
  }

  /** Whether it is because what was named does not exist. */
  public boolean isNotFound() {
    return isNotFound;
  }
}
