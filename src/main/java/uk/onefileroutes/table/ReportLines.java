package uk.onefileroutes.table;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Column;

/**
 * Tells lines of a report that are no records: rulers, the number of rows at the end, the header
 * again on each page, and what a feed calls a footer. Immutable.
 */
final class ReportLines {
  private static final Pattern LONG_RULE = Pattern.compile("[-=_*]{3}");
  private static final Pattern COUNT =
      Pattern.compile(
          "(?i)\\(?\\d[\\d,. ]* (rows?|records?|lines?)"
              + "( (affected|selected|returned|exported|in set).*)?\\.?\\)?");
  private static final int LONGEST = 1000;

  private final List<String> header;
  private final @Nullable String footer;
  private final @Nullable Pattern pattern;

  /**
   * @param header comparable names of the columns
   * @param footer by the feed, with {@code *} for anything; null for none
   */
  ReportLines(List<String> header, @Nullable String footer) {
    this.header = List.copyOf(header);
    this.footer = footer;
    this.pattern = footer == null ? null : pattern(footer);
  }

  private static Pattern pattern(String footer) {
    // people write a regular expression's way for anything, too
    String[] fixed = footer.replace(".*", "*").split("\\*", -1);
    StringBuilder pattern = new StringBuilder("(?is)");
    for (int i = 0; i < fixed.length; i++) {
      pattern.append(i > 0 ? ".*" : "").append(fixed[i].isEmpty() ? "" : Pattern.quote(fixed[i]));
    }
    return Pattern.compile(pattern.toString());
  }

  /** Which line of a report a row is, null where it is a record. */
  @Nullable String kind(Row row) {
    String first = "";
    int filled = 0;
    for (String cell : row.cells()) {
      String trimmed = filled < 2 ? Cells.trim(cell) : "";
      first = filled == 0 ? trimmed : first;
      filled += trimmed.isEmpty() ? 0 : 1;
    }
    if (filled == 0) {
      return null;
    }
    if (isRule(first) && row.cells().stream().map(Cells::trim).allMatch(ReportLines::isRule)) {
      boolean isLong = row.cells().stream().anyMatch(cell -> LONG_RULE.matcher(cell).find());
      return isLong ? "a ruler" : null;
    }
    if (filled == 1 && first.length() < LONGEST && COUNT.matcher(first).matches()) {
      return "a count of rows";
    }
    if (isHeader(row.cells())) {
      return "the header again";
    }
    boolean isFooter = pattern != null && (isFooter(row.text().strip()) || isFooter(first));
    return isFooter ? "footer=" + footer : null;
  }

  private boolean isFooter(String text) {
    return pattern != null
        && pattern.matcher(text.substring(0, Math.min(LONGEST, text.length()))).matches();
  }

  /** Whether there is nothing in a cell but what rulers are made of. */
  private static boolean isRule(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      if ("-=_*+|~ ".indexOf(cell.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isHeader(List<String> cells) {
    return cells.size() == header.size()
        && Column.comparable(cells.get(0)).equals(header.get(0))
        && cells.stream().map(Column::comparable).toList().equals(header);
  }
}
