package uk.onefileroutes.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Which slots a person means; at most one of the two is set, none means all.
 *
 * @param file those that a file's rows name
 * @param learner those of a learner
 */
public record SlotsOf(@Nullable Long file, @Nullable Long learner) {
  public static SlotsOf file(long file) {
    return new SlotsOf(file, null);
  }

  public static SlotsOf learner(long learner) {
    return new SlotsOf(null, learner);
  }

  public static SlotsOf all() {
    return new SlotsOf(null, null);
  }

  /** As the end of a sentence: {@code of file 12}. */
  @Override
  public String toString() {
    if (file != null) {
      return "of file " + file;
    }
    return learner == null ? "of all learners" : "of learner " + learner;
  }
}
