package uk.onefileroutes.assignment;

import uk.onefileroutes.shown.Shown;

/**
 * One thing that is wrong with a row.
 *
 * @param code what, for machines
 * @param message what and how to fix it, a sentence for the sender
 */
public record Fault(Code code, String message) {

  /** A sender's words may be in the message. */
  public Fault {
    message = Shown.line(message);
  }
}
