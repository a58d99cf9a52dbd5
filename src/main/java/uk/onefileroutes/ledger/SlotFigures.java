package uk.onefileroutes.ledger;

/**
 * What a file does to slots, as a sum over its chunks: what one chunk adds may be negative, where
 * its rows take the place of earlier ones.
 *
 * @param known slots that it names and that are known to hold something
 * @param replaced of these, how many it would make hold something else
 */
public record SlotFigures(long known, long replaced) {
  public static final SlotFigures NONE = new SlotFigures(0, 0);

  public SlotFigures plus(SlotFigures other) {
    return new SlotFigures(known + other.known, replaced + other.replaced);
  }
}
