package uk.onefileroutes.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.shown.Shown;

/**
 * How cells and records of a text are told apart: by RFC 4180, with whatever delimiter and quote.
 * Blanks before an opening quote don't count.
 *
 * @param around where each line stands in one pair of quotes: the delimiter that may follow them;
 *     null where lines don't
 */
record Grammar(char delimiter, char quote, @Nullable Character around) {

  static Grammar of(char delimiter) {
    return new Grammar(delimiter, '"', null);
  }

  /** The same in lines that stand in one pair of quotes each. */
  Grammar within(char newDelimiter) {
    return new Grammar(newDelimiter, quote, delimiter);
  }

  Grammar quotedBy(char newQuote) {
    return new Grammar(delimiter, newQuote, around);
  }

  /** The delimiter by which records end: within quotes a line end is text. */
  char outerDelimiter() {
    return around == null ? delimiter : around;
  }

  /** The values of a record's cells; null where its quoting is broken. */
  @Nullable List<String> cells(String text) {
    List<String> cells = cells(text, true, false);
    return cells == null ? cells(text, false, false) : cells;
  }

  /** The cells of a record as they stand in its text, quotes included. */
  List<String> rawCells(String text) {
    List<String> cells = cells(text, true, true);
    cells = cells == null ? cells(text, false, true) : cells;
    return cells == null ? Cells.split(text, delimiter) : cells;
  }

  /**
   * A well-quoted record as it stands there, unless blanks before a quote make other cells of it in
   * the eyes of other readers: then as those understand it too.
   */
  String strict(String text, List<String> cells) {
    if (!hasBlanksBeforeAQuote(text)) {
      return text;
    }
    boolean isOneLine = text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
    List<String> strict = isOneLine ? cells(text, false, false) : null;
    return strict != null && strict.size() == cells.size()
        ? text
        : Cells.joined(cells, delimiter, quote);
  }

  private boolean hasBlanksBeforeAQuote(String text) {
    boolean isPossible = false; // most records are done here
    for (int i = text.indexOf(quote); i >= 0 && !isPossible; i = text.indexOf(quote, i + 1)) {
      isPossible = i > 0 && isBlank(text.charAt(i - 1));
    }
    return isPossible
        && rawCells(text).stream()
            .anyMatch(
                cell -> {
                  int first = behindBlanks(cell, 0);
                  return first > 0 && first < cell.length() && cell.charAt(first) == quote;
                });
  }

  /** What stands in the one pair of quotes of a line, null where it stands in none. */
  static @Nullable String inside(String text, char around) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == around || Shown.isUnseen(text.charAt(end - 1)))) {
      end--;
    }
    int start = 0;
    while (start < end && Shown.isUnseen(text.charAt(start))) {
      start++;
    }
    if (end - start < 2 || text.charAt(start) != '"' || text.charAt(end - 1) != '"') {
      return null;
    }
    String inside = text.substring(start + 1, end - 1);
    boolean isOnePair = inside.replace("\"\"", "").indexOf('"') < 0;
    return isOnePair ? inside.replace("\"\"", "\"") : null;
  }

  /**
   * @param isLenient whether blanks may stand before a quote; {@code , "a" b} is well quoted only
   *     where they may not
   */
  private @Nullable List<String> cells(String text, boolean isLenient, boolean isRaw) {
    List<String> cells = new ArrayList<>();
    int begin = 0;
    while (true) {
      int first = isLenient ? behindBlanks(text, begin) : begin;
      boolean isQuoted = first < text.length() && text.charAt(first) == quote;
      int end;
      String value;
      if (isQuoted) {
        StringBuilder unquoted = new StringBuilder();
        end = endOfQuoted(text, first + 1, unquoted);
        if (end < 0) {
          return null;
        }
        value = unquoted.toString();
      } else {
        int found = text.indexOf(delimiter, begin);
        end = found < 0 ? text.length() : found;
        value = text.substring(begin, end);
      }
      cells.add(isRaw ? text.substring(begin, end) : value);
      if (end == text.length()) {
        return cells;
      }
      begin = end + 1;
    }
  }

  private int behindBlanks(String text, int from) {
    int i = from;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Whether a character may stand before an opening quote. */
  boolean isBlank(char c) {
    return c != delimiter && Shown.isUnseen(c);
  }

  /** Where a quoted cell ends, -1 where its quoting is broken. */
  private int endOfQuoted(String text, int from, StringBuilder unquoted) {
    int i = from;
    while (true) {
      int close = text.indexOf(quote, i);
      if (close < 0) {
        return -1;
      }
      unquoted.append(text, i, close);
      i = close + 1;
      if (i == text.length() || text.charAt(i) != quote) {
        break;
      }
      unquoted.append(quote);
      i++;
    }
    while (i < text.length() && text.charAt(i) != delimiter) {
      if (!Character.isWhitespace(text.charAt(i++))) {
        return -1;
      }
    }
    return i;
  }
}
