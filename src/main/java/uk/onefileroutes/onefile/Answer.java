package uk.onefileroutes.onefile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came back from Onefile for one call. */
public sealed interface Answer {

  /** A few words for people. May hold what Onefile said, which may name a person. */
  String words();

  /** The same without what Onefile said: for the log, and for whatever else shows no row. */
  String briefly();

  /**
   * An HTTP answer.
   *
   * @param retryAt what the header Retry-After asks for, as an instant; null without one that can
   *     be read
   * @param isHtml whether the body is a page for people: then it is a gateway that answered, not
   *     Onefile
   * @param code Onefile's own error code; null without one
   * @param message Onefile's message or the beginning of the body, in one line; may be empty
   */
  record Reply(
      int status, @Nullable Instant retryAt, boolean isHtml, @Nullable Integer code, String message)
      implements Answer {
    @Override
    public String words() {
      return "HTTP " + status + (message.isEmpty() ? "" : ": " + message);
    }

    @Override
    public String briefly() {
      return "HTTP "
          + status
          + (isHtml ? " with an HTML page" : "")
          + (code == null ? "" : " with Onefile's code " + code);
    }
  }

  /**
   * No answer.
   *
   * @param cause what happened, a few words
   * @param mayHaveArrived whether the request may have reached Onefile all the same
   */
  record Silence(String cause, boolean mayHaveArrived) implements Answer {
    @Override
    public String words() {
      return cause;
    }

    @Override
    public String briefly() {
      return cause;
    }
  }
}
