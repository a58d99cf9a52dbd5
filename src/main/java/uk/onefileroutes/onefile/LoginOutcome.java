package uk.onefileroutes.onefile;

/** What came of asking Onefile for a session. */
public sealed interface LoginOutcome {
  /**
   * A session.
   *
   * @param token its secret; never logged
   */
  record Granted(String token) implements LoginOutcome {
    @Override
    public String toString() {
      return "Granted"; // never the token
    }
  }

  /** Onefile does not know the customer token, or not any more. */
  record Refused(String reason) implements LoginOutcome {}

  /** Onefile could not be asked; later it may. */
  record Unavailable(Answer answer) implements LoginOutcome {}

  /** The pace admitted no call. */
  record NotAdmitted() implements LoginOutcome {}
}
