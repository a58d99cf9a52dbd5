package uk.onefileroutes.proposal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import uk.onefileroutes.assignment.EmptyWords;
import uk.onefileroutes.assignment.Ids;
import uk.onefileroutes.assignment.WrittenIds;
import uk.onefileroutes.shown.Shown;

/** What the cells of a column have in common. */
final class ColumnContent {
  /** More different values than this are no words. */
  static final int MAX_WORDS = 12;

  private static final int MAX_WORD = 40;
  private static final EmptyWords EMPTY = new EmptyWords(Set.of());
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N} _/-]*");

  private final Map<String, String> words = new LinkedHashMap<>(); // by lower case
  private int filled;
  private int emails;
  private int ids;
  private int unitIds;

  static boolean isEmail(String cell) {
    return EMAIL.matcher(Shown.trim(cell)).matches();
  }

  void add(String cell) {
    String value = WrittenIds.bare(Shown.trim(cell));
    if (EMPTY.has(value)) {
      return;
    }
    filled++;
    emails += isEmail(value) ? 1 : 0;
    ids += Ids.parse(WrittenIds.plain(value)) != null ? 1 : 0;
    unitIds += Ids.isUnit(value) && value.chars().anyMatch(Character::isDigit) ? 1 : 0;
    if (words.size() <= MAX_WORDS) {
      words.putIfAbsent(value.toLowerCase(Locale.ROOT), value);
    }
  }

  boolean areEmpty() {
    return filled == 0;
  }

  boolean areEmails() {
    return areMostly(emails);
  }

  boolean areIds() {
    return areMostly(ids);
  }

  boolean areUnitIds() {
    return areMostly(unitIds);
  }

  private boolean areMostly(int count) {
    return filled > 0 && count * 10L >= filled * 8L;
  }

  /** Whether there are few different values, each of which is known. */
  boolean areAll(Predicate<String> known) {
    return filled > 0 && words.size() <= MAX_WORDS && words.values().stream().allMatch(known);
  }

  boolean isAny(Predicate<String> known) {
    return words.values().stream().anyMatch(known);
  }

  /** How many different values there are that nobody knows; more than {@link #MAX_WORDS}: many. */
  int unknown(Predicate<String> known) {
    return (int) words.values().stream().filter(known.negate()).count();
  }

  /**
   * The values that nobody knows and that may be shown: those of few, in letters, and of several
   * words only where each comes back again and again, as no name of a person does.
   */
  List<String> shownWords(Predicate<String> known) {
    List<String> shown = new ArrayList<>();
    if (words.size() > MAX_WORDS) {
      return shown;
    }
    for (String word : words.values()) {
      boolean isOne = word.indexOf(' ') < 0 || filled >= 3 * words.size();
      if (!known.test(word) && word.length() <= MAX_WORD && isOne && WORD.matcher(word).matches()) {
        shown.add(word);
      }
    }
    return shown;
  }
}
