package uk.onefileroutes.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Which rows are to be retried.
 *
 * @param file only of this file
 * @param code only with this code
 * @param learner only of this learner
 */
public record RetryOf(@Nullable Long file, @Nullable String code, @Nullable Long learner) {

  /** All that are blocked, in every file. */
  public static RetryOf allBlocked() {
    return new RetryOf(null, null, null);
  }

  /** What is blocked or rejected of a file. */
  public static RetryOf file(long no) {
    return new RetryOf(no, null, null);
  }

  /** What is blocked or rejected with this code, in every file. */
  public static RetryOf code(String code) {
    return new RetryOf(null, code, null);
  }

  /** What is blocked or rejected for this learner, in every file. */
  public static RetryOf learner(long id) {
    return new RetryOf(null, null, id);
  }

  boolean isAll() {
    return file == null && code == null && learner == null;
  }

  /** For people: {@code of file 12 with code NOT_FOUND}. */
  @Override
  public String toString() {
    return (file == null ? "" : " of file " + file)
        + (code == null ? "" : " with code " + code)
        + (learner == null ? "" : " for learner " + learner);
  }
}
