package uk.onefileroutes.feed;

import java.util.ArrayList;
import java.util.List;

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

  /** The cells of a well-quoted record as they stand in its text, quotes included. */
  static List<String> raw(String text, char delimiter) {
    List<String> cells = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        i++;
      } else if (c == '"' && (quoted || i == start)) {
        quoted = !quoted;
      } else if (c == delimiter && !quoted) {
        cells.add(text.substring(start, i));
        start = i + 1;
      }
    }
    cells.add(text.substring(start));
    return cells;
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
        if (!isSpace(cell.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * A cell without surrounding spaces, non-breaking ones included, which exports from web pages
   * carry.
   */
  static String trim(String cell) {
    int start = 0;
    int end = cell.length();
    while (start < end && isSpace(cell.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(cell.charAt(end - 1))) {
      end--;
    }
    return cell.substring(start, end);
  }

  static boolean isSpace(char c) {
    return c <= ' '
        || (c > '~' && (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF'));
  }
}
