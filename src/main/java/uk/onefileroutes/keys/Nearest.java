package uk.onefileroutes.keys;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** Finds what someone who misspelt a name may have meant. Stateless. */
public final class Nearest {
  private Nearest() {}

  /**
   * The candidate with the fewest edits to {@code word}, if a third of the word or less differs.
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    return new TreeSet<>(candidates)
        .stream()
            .min(Comparator.comparingInt(candidate -> edits(word, candidate)))
            .filter(candidate -> edits(word, candidate) <= Math.max(2, word.length() / 3));
  }

  /** Levenshtein's distance. */
  private static int edits(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[other.length()];
  }
}
