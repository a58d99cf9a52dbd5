package uk.onefileroutes.ledger;

/** The ledger did not answer, or refused. Nothing of the transaction was applied. */
public final class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
