package uk.onefileroutes.assignment;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import uk.onefileroutes.shown.Shown;

/**
 * The words that programs write where they have no value. A feed may add its own. Case doesn't
 * count. Immutable.
 */
public final class EmptyWords {
  private static final Set<String> BUILT_IN =
      Set.of("null", "n/a", "#n/a", "none", "nil", "-", "--");

  private final Set<String> words;

  /** The built-in words and a feed's own. */
  public EmptyWords(Set<String> own) {
    Set<String> all = new HashSet<>(BUILT_IN);
    own.forEach(word -> all.add(comparable(word)));
    words = Set.copyOf(all);
  }

  /** Whether a value says that there is none; an empty one does. */
  public boolean has(String value) {
    return value.isEmpty() || words.contains(comparable(value));
  }

  private static String comparable(String word) {
    return Shown.trim(word).toLowerCase(Locale.ROOT);
  }
}
