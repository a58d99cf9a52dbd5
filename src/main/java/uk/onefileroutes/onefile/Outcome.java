package uk.onefileroutes.onefile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;

/** What an answer means: done, refused for good, not now, or nobody knows. */
public sealed interface Outcome {

  /** The slot holds the assignee. */
  record Sent(Code code, String message) implements Outcome {}

  /** This request was refused, by Onefile or before it left; repeating it would not help. */
  record Rejected(Code code, String message) implements Outcome {}

  /**
   * Onefile wants the whole account to wait.
   *
   * @param until until when it asks; null if it does not say
   */
  record Throttled(@Nullable Instant until) implements Outcome {}

  /** The session was not accepted. */
  record Unauthorised(int status) implements Outcome {}

  /**
   * It did not work now; later it may.
   *
   * @param cause a few words; never what Onefile said
   * @param said what Onefile said, which may name a person; for the row only; may be empty
   * @param notBefore when Onefile expects to answer again; null if it does not say
   * @param mayHaveArrived whether the request may have been applied all the same
   * @param answerLost whether it left and no answer came
   */
  record Failed(
      String cause,
      String said,
      @Nullable Instant notBefore,
      boolean mayHaveArrived,
      boolean answerLost)
      implements Outcome {
    /** Without an answer. */
    public Failed(
        String cause, @Nullable Instant notBefore, boolean mayHaveArrived, boolean answerLost) {
      this(cause, "", notBefore, mayHaveArrived, answerLost);
    }

    /** For the row. */
    public String sentence() {
      return said.isEmpty() ? cause : cause + ": " + said;
    }
  }
}
