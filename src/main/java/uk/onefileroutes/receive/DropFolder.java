package uk.onefileroutes.receive;

import java.io.IOException;
import java.util.Set;
import uk.onefileroutes.feed.PlaceFailure;
import uk.onefileroutes.table.Ending;

/** A drop folder as one poll finds it. For the thread that polls. */
public interface DropFolder {
  /** The names of all that lies in it. */
  Set<String> names();

  /**
   * How a file ends.
   *
   * @param bytes its size as it was listed
   * @throws IOException if it can't be read
   * @throws PlaceFailure the same of a remote place
   */
  Ending ending(String name, long bytes) throws IOException;

  /** Whether it is known before reading it that there is no right to. */
  boolean isForbidden(String name);
}
