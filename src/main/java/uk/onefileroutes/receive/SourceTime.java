package uk.onefileroutes.receive;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a source file was last modified, as far as its place knows: shares give times before 1970,
 * zero or none at all, and times far ahead. Stateless.
 */
public final class SourceTime {
  // no database has room for all that a file system can say
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private SourceTime() {}

  /**
   * The moment as we note it: before 1970 is 1970, after the year 9999 is its end.
   *
   * @param modifiedMs null: there is none
   */
  public static Instant of(@Nullable Long modifiedMs) {
    if (modifiedMs == null || modifiedMs < 0) {
      return Instant.EPOCH;
    }
    Instant modified = Instant.ofEpochMilli(modifiedMs);
    return modified.isAfter(LAST) ? LAST : modified;
  }
}
