package uk.onefileroutes.receive;

import java.io.IOException;
import java.io.Serial;

/**
 * A file of which other bytes came than the listing said: the sender's matter, and over at one of
 * the next polls.
 */
public final class IncompleteFile extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private IncompleteFile(long bytes, long listedBytes) {
    super(
        "%d bytes came, the listing said %d: it was cut, or is still being written"
            .formatted(bytes, listedBytes));
  }

  /** Refuses a copy that is not as long as the listing said. */
  public static void refuseUnless(long bytes, long listedBytes) throws IncompleteFile {
    if (bytes != listedBytes) {
      throw new IncompleteFile(bytes, listedBytes);
    }
  }
}
