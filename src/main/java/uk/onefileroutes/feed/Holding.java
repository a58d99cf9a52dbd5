package uk.onefileroutes.feed;

import java.time.Duration;

/**
 * What holds a feed's file for a person, before anything of it is sent.
 *
 * @param shares of which too much holds it
 * @param doubts what holds it however little of it there is
 * @param allOrNothing whether one invalid row holds it
 * @param firstFile whether the first file of the feed is held
 */
public record Holding(Shares shares, Doubts doubts, boolean allOrNothing, boolean firstFile) {
  /** A share that nothing is above. */
  public static final int NEVER = 100;

  /** What holds where nothing else is said. */
  public static final Holding DEFAULT = new Holding(Shares.DEFAULT, Doubts.DEFAULT, false, false);

  /**
   * Shares in percent; {@link #NEVER}: no share holds.
   *
   * @param from of fewer rows or slots than this a share says little, and is not looked at
   * @param invalid of the rows, those that are invalid and were not in the last file
   * @param changes of the known slots that it names, those that it would replace
   * @param gone of the slots that the last file held, those that it does not name
   */
  public record Shares(int from, int invalid, int changes, int gone) {
    static final Shares DEFAULT = new Shares(20, 20, 50, 20);
  }

  /**
   * Signs of a file that is wrong as a whole.
   *
   * @param caseload one assignee may gain so many learners from others
   * @param columnEmpty whether it holds that a column is empty that was full
   * @param older by how much its source may be older than the last file's; {@link #ANY_AGE}: age
   *     does not count, and neither does what it equals
   * @param lastLineOpen whether it holds that its last record lost its line end
   * @param swapped whether it holds that its learners are known as assignees, or the reverse
   */
  public record Doubts(
      int caseload, boolean columnEmpty, Duration older, boolean lastLineOpen, boolean swapped) {
    /** A number of learners that nobody gains. */
    public static final int ANY_CASELOAD = Integer.MAX_VALUE;

    /** Whatever its age. */
    public static final Duration ANY_AGE = Duration.ofSeconds(Long.MAX_VALUE);

    /** Clocks that are not put forward and back with ours tell times that are an hour off. */
    public static final Duration AN_HOUR = Duration.ofHours(1);

    static final Doubts DEFAULT = new Doubts(50, true, AN_HOUR, true, true);
  }

  /** The same with the first file of each feed held, or not. */
  public Holding withFirstFile(boolean isHeld) {
    return new Holding(shares, doubts, allOrNothing, isHeld);
  }
}
