package uk.onefileroutes.onefile;

import java.io.IOException;

/** An answer began, and ended before it was complete. */
final class BrokenAnswer extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenAnswer(int status, IOException cause) {
    super("answer broke off after status " + status, cause);
  }
}
