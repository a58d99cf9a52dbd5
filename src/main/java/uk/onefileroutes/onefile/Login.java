package uk.onefileroutes.onefile;

/** Asks Onefile for a session. */
@FunctionalInterface
public interface Login {

  /** What came of it. */
  sealed interface Outcome {
    /**
     * A session.
     *
     * @param token its secret; never logged
     */
    record Granted(String token) implements Outcome {
      @Override
      public String toString() {
        return "Granted"; // never the token
      }
    }

    /** Onefile does not know the customer token, or not any more. */
    record Refused(String reason) implements Outcome {}

    /** Onefile could not be asked; later it may. */
    record Unavailable(Answer answer) implements Outcome {}

    /** The pace admitted no call. */
    record NotAdmitted() implements Outcome {}
  }

  /** One call; takes its place in the pace ahead of all that wait. */
  Outcome login();
}
