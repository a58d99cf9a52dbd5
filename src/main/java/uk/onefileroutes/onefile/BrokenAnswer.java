package uk.onefileroutes.onefile;

import java.io.IOException;

/** An answer began, and could not be read to its end. */
final class BrokenAnswer extends IOException {
  private static final long serialVersionUID = 1L;

  private BrokenAnswer(String message) {
    super(message);
  }

  /** It ended before it was complete. */
  BrokenAnswer(int status, IOException cause) {
    super("answer broke off after status " + status, cause);
  }

  /** It came in an encoding that was not asked for. */
  static BrokenAnswer encoded(int status, String encoding) {
    return new BrokenAnswer(
        "answer with status %d could not be read, it came as %s".formatted(status, encoding));
  }
}
