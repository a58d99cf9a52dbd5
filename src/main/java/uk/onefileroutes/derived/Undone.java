package uk.onefileroutes.derived;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an undo does.
 *
 * @param file the number of the file that does it; null where it was only tried
 * @param stays the first slots that stay as they are, at most 20 of each word
 */
public record Undone(@Nullable Long file, String name, Counts slots, List<Stays> stays) {
  public Undone {
    stays = List.copyOf(stays);
  }

  /**
   * How many slots.
   *
   * @param restored get back whom they held
   * @param kept stay as they are, for a newer file owns them
   * @param cannot stay as they are, for Onefile has no unassign, or it is not known whom they held
   */
  public record Counts(long restored, long kept, long cannot) {
    /** How many there are. */
    public long all() {
      return restored + kept + cannot;
    }

    @Override
    public String toString() {
      return "%,d restored, %,d kept, %,d cannot".formatted(restored, kept, cannot);
    }
  }

  /**
   * A slot that stays as it is.
   *
   * @param row of the undone file
   * @param assignee whom that file assigned
   * @param undo {@code kept} or {@code cannot}
   * @param reason a sentence
   */
  public record Stays(
      long row, long learner, String slot, long assignee, String undo, String reason) {}
}
