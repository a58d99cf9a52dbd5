package uk.onefileroutes.table;

import java.util.ArrayList;
import java.util.List;
import uk.onefileroutes.shown.Shown;

/** Cells of a single record. Pure functions. */
final class Cells {
  private Cells() {}

  /**
   * The text between delimiters; right for a record without quotes, best effort for a broken one.
   */
  static List<String> split(String text, char delimiter) {
    List<String> cells = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(delimiter); end >= 0; end = text.indexOf(delimiter, start)) {
      cells.add(text.substring(start, end));
      start = end + 1;
    }
    cells.add(text.substring(start));
    return cells;
  }

  /** The cells as a record by RFC 4180, quoted where they need it. */
  static String joined(List<String> cells, char delimiter) {
    return joined(cells, delimiter, '"');
  }

  static String joined(List<String> cells, char delimiter, char quote) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      if (i > 0) {
        text.append(delimiter);
      }
      if (needsQuotes(cell, delimiter, quote)) {
        String mark = String.valueOf(quote);
        text.append(quote).append(cell.replace(mark, mark + mark)).append(quote);
      } else {
        text.append(cell);
      }
    }
    return text.toString();
  }

  private static boolean needsQuotes(String cell, char delimiter, char quote) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == delimiter || c == quote || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  /** Whether there is a character in a cell that not every program can hold. */
  static boolean isDamaged(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == 0 || (c >= '\uD800' && (c == '\uFFFD' || isHalf(cell, i)))) {
        return true;
      }
    }
    return false;
  }

  /** The cell with each such character replaced. */
  static String whole(String cell) {
    if (!isDamaged(cell)) {
      return cell;
    }
    StringBuilder shown = new StringBuilder(cell);
    for (int i = 0; i < cell.length(); i++) {
      if (cell.charAt(i) == 0 || isHalf(cell, i)) {
        shown.setCharAt(i, '\uFFFD');
      }
    }
    return shown.toString();
  }

  /** Whether a character is half of a pair whose other half is missing. */
  private static boolean isHalf(String text, int i) {
    char c = text.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
        : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  /** Text that any program can hold: what could not be decoded is the replacement character. */
  static String presentable(String text) {
    StringBuilder shown = new StringBuilder(text);
    for (int i = 0; i < shown.length(); i++) {
      if (LosslessReader.isUndecoded(i == 0 ? ' ' : text.charAt(i - 1), text.charAt(i))) {
        shown.setCharAt(i, '\uFFFD');
      }
    }
    return shown.toString();
  }

  static boolean areBlank(List<String> cells) {
    for (String cell : cells) {
      for (int i = 0; i < cell.length(); i++) {
        if (!Shown.isUnseen(cell.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }

  /** A cell without what nobody sees around it, which exports from web pages carry. */
  static String trim(String cell) {
    return Shown.trim(cell);
  }
}
