package uk.onefileroutes.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;

/** Gathers the cells of a sheet's row, within the feed's limits. Not thread-safe. */
final class CellRow {
  static final int MAX_COLUMNS = 16_384; // Excel's

  private final int line;
  private final int columns;
  private final List<String> cells = new ArrayList<>();
  private long length;

  /**
   * @param line characters of a row
   * @param columns columns that are kept of a row
   */
  CellRow(int line, int columns) {
    this.line = line;
    this.columns = columns;
  }

  /** Characters of a text that are of any use: one more than a row may have. */
  int longest() {
    return line;
  }

  /** Columns that are kept of a row. */
  int columns() {
    return columns;
  }

  void clear() {
    cells.clear();
    length = 0;
  }

  void put(int column, String text) {
    length += text.length();
    if (text.isEmpty() || length > line) {
      return;
    }
    // one more than the limit is enough to see that it is exceeded
    int place = Math.min(column, columns);
    while (cells.size() <= place) {
      cells.add("");
    }
    cells.set(place, text);
  }

  /** The row, null where there is nothing in it. */
  @Nullable Draft draft(long position) {
    boolean isTooLong = length > line;
    if (!isTooLong && Cells.areBlank(cells)) {
      return null;
    }
    Fault fault =
        isTooLong
            ? new Fault(
                Code.TOO_LONG,
                "Row %d of the sheet has more than %d characters; only its beginning was kept."
                    .formatted(position, line))
            : null;
    return new Draft(position, List.copyOf(cells), fault);
  }
}
