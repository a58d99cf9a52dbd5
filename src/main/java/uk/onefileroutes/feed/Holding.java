package uk.onefileroutes.feed;

/**
 * What holds a feed's file for a person, before anything of it is sent.
 *
 * @param invalidPercent more invalid rows than this hold it; {@link #NEVER}: no share does
 * @param changePercent more replaced slots than this, of those that are known and that it names,
 *     hold it; {@link #NEVER}: no share does
 * @param allOrNothing whether one invalid row holds it
 * @param firstFile whether the first file of the feed is held
 */
public record Holding(
    int invalidPercent, int changePercent, boolean allOrNothing, boolean firstFile) {
  /** A share that nothing is above. */
  public static final int NEVER = 100;

  /** What holds where nothing else is said. */
  public static final Holding DEFAULT = new Holding(20, 50, false, false);

  /** The same with the first file of each feed held, or not. */
  public Holding withFirstFile(boolean isHeld) {
    return new Holding(invalidPercent, changePercent, allOrNothing, isHeld);
  }
}
