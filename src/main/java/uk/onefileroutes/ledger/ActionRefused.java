package uk.onefileroutes.ledger;

/** What a person asked for can't be done; the message is a sentence for them. Nothing changed. */
public final class ActionRefused extends Exception {
  private static final long serialVersionUID = 1L;

  public ActionRefused(String message) {
    super(message);
  }
}
