package uk.onefileroutes.simulator;

import java.util.stream.Stream;
import uk.onefileroutes.simulator.Refused.Reason;

/**
 * How a simulator answers where Onefile's guide says nothing, and where nobody but Onefile's own
 * server can tell.
 *
 * @param isLenient whether Assign answers yes to a body that it does not understand, and changes
 *     nothing
 * @param isFullUpdate whether a change of a user empties what it does not name
 * @param isArchivedRefused whether nobody archived can be assigned
 * @param hasRateHeaders whether each answer tells the limit of the rate
 * @param aimsNameAssignees whether learning aims and unit summaries say who is assigned
 * @param pages how large a page may be
 */
public record Variants(
    boolean isLenient,
    boolean isFullUpdate,
    boolean isArchivedRefused,
    boolean hasRateHeaders,
    boolean aimsNameAssignees,
    Pages pages) {
  /** What is most likely. */
  public static final Variants LIKELY =
      new Variants(false, false, false, false, true, new Pages(50, false));

  /** Answers yes to any body of Assign. */
  public Variants lenient() {
    return new Variants(
        true, isFullUpdate, isArchivedRefused, hasRateHeaders, aimsNameAssignees, pages);
  }

  /** Empties what a change does not name: the other default, MIS value and e-mail address. */
  public Variants withFullUpdate() {
    return new Variants(
        isLenient, true, isArchivedRefused, hasRateHeaders, aimsNameAssignees, pages);
  }

  /** Refuses archived assignees. */
  public Variants withArchivedRefused() {
    return new Variants(isLenient, isFullUpdate, true, hasRateHeaders, aimsNameAssignees, pages);
  }

  /** Sends {@code X-RateLimit-Limit}. */
  public Variants withRateHeaders() {
    return new Variants(isLenient, isFullUpdate, isArchivedRefused, true, aimsNameAssignees, pages);
  }

  /** Names nobody in aims and units. */
  public Variants withBareAims() {
    return new Variants(isLenient, isFullUpdate, isArchivedRefused, hasRateHeaders, false, pages);
  }

  /** Gives pages of this size at most. */
  public Variants withPages(int largest, boolean isCapped) {
    return new Variants(
        isLenient,
        isFullUpdate,
        isArchivedRefused,
        hasRateHeaders,
        aimsNameAssignees,
        new Pages(largest, isCapped));
  }

  /**
   * How large a page may be.
   *
   * @param isCapped whether who asks for more gets the largest; otherwise they are refused
   */
  public record Pages(int largest, boolean isCapped) {

    /** Refuses a page of nothing. */
    public Pages {
      if (largest < 1) {
        throw new IllegalArgumentException("a page of " + largest + " is none");
      }
    }

    <T> Stream<T> of(int page, int size, Stream<T> all) throws Refused {
      if (page < 1 || size < 1 || (size > largest && !isCapped)) {
        throw new Refused(
            Reason.PAGE, "Pages count from 1, and have from 1 to " + largest + " entries");
      }
      int most = Math.min(size, largest);
      return all.skip((page - 1L) * most).limit(most);
    }
  }
}
