package uk.onefileroutes.receive;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.table.Ending;

/**
 * Which files in a drop folder have stayed the same for long enough: by what we saw and by our own
 * ticker, never by the clock of whoever wrote them. For the thread that polls.
 */
final class QuietFiles {
  /** For one with its last record open; and for one that is empty, which may be just begun. */
  private static final int LONGER = 4;

  private static final Duration FOR_FIRST_BYTE = Duration.ofMinutes(10);

  private final Duration quiet;
  private final LongSupplier ticker;
  private final Map<String, Seen> seen = new HashMap<>();
  private int poll;

  /** A file as it was first seen to be; its ending is looked at once it may matter. */
  private static final class Seen {
    private final long bytes;
    private final long modified;
    private final int firstPoll;
    private final long since;
    private int lastPoll;
    private @Nullable Ending ending;

    Seen(long bytes, long modified, int poll, long since) {
      this.bytes = bytes;
      this.modified = modified;
      this.firstPoll = poll;
      this.lastPoll = poll;
      this.since = since;
    }

    boolean isSame(long otherBytes, long otherModified) {
      return bytes == otherBytes && modified == otherModified;
    }
  }

  /** What finds out how a file ends. */
  interface EndingReader {
    Ending read() throws IOException;
  }

  /**
   * @param ticker nanoseconds, of which only differences mean anything
   */
  QuietFiles(Duration quiet, LongSupplier ticker) {
    this.quiet = quiet;
    this.ticker = ticker;
  }

  /** A poll begins. */
  void begin() {
    poll++;
  }

  /** A poll has seen all there is: what it didn't see is forgotten. */
  void end() {
    seen.values().removeIf(file -> file.lastPoll != poll);
  }

  /** Whether a file, as this poll sees it, was quiet for long enough. */
  boolean contain(String name, long bytes, long modified, EndingReader reader) throws IOException {
    long now = ticker.getAsLong();
    Seen file = seen.get(name);
    if (file == null || !file.isSame(bytes, modified)) {
      seen.put(name, new Seen(bytes, modified, poll, now));
      return false;
    }
    file.lastPoll = poll;
    Duration still = Duration.ofNanos(now - file.since);
    if (file.firstPoll == poll || still.compareTo(quiet) < 0) {
      return false;
    }
    Ending ending = file.ending;
    if (ending == null) {
      ending = bytes == 0 ? Ending.EMPTY : reader.read();
      file.ending = ending;
    }
    return still.compareTo(needed(ending)) >= 0;
  }

  /** Whether this is what was last seen of a file. */
  boolean isStill(String name, long bytes, long modified) {
    Seen file = seen.get(name);
    return file != null && file.isSame(bytes, modified);
  }

  private Duration needed(Ending ending) {
    Duration longer = quiet.multipliedBy(LONGER);
    return switch (ending) {
      case WHOLE -> quiet;
      case OPEN -> longer;
      case EMPTY -> longer.compareTo(FOR_FIRST_BYTE) > 0 ? longer : FOR_FIRST_BYTE;
    };
  }
}
