package uk.onefileroutes.process;

/** A round is red. The message says it all, so there is no stack trace to search it in. */
final class ChaosFailure extends AssertionError {
  private static final long serialVersionUID = 1;

  ChaosFailure(String message) {
    super(message);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
