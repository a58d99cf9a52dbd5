package uk.onefileroutes.assignment;

import uk.onefileroutes.shown.Shown;

/**
 * One thing that is wrong with a row.
 *
 * @param code what, for machines
 * @param message what and how to fix it, a sentence for the sender
 * @param isOfRow whether it is the row's as a whole, not of one of the cells by which a wide row
 *     asks: said once, however many assignments it spoils
 */
public record Fault(Code code, String message, boolean isOfRow) {

  /** A sender's words may be in the message. */
  public Fault {
    message = Shown.line(message);
  }

  /** A fault of what is asked for. */
  public Fault(Code code, String message) {
    this(code, message, false);
  }

  /** The same as one of the row as a whole. */
  public Fault ofRow() {
    return new Fault(code, message, true);
  }
}
