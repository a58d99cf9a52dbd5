package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document of sheets with rows, whatever its format. Not thread-safe. */
interface Sheets extends Closeable {
  /** How many of its sheets are looked at for the one with the header. */
  int LOOKED_AT = 30;

  /**
   * Begins to read a sheet that may be meant: the one that the feed names, or the visible ones.
   *
   * @param number from 0
   * @return null where there are no more
   */
  @Nullable Rows open(int number) throws UnreadableFile, IOException;

  /** How many sheets may be meant; 0 where that is not known. */
  long count();

  /** What someone should know of how the document was read. */
  default List<String> notes() {
    return List.of();
  }

  /** Takes what was read of a sheet that is not the one from what may be read of all. */
  void spend(Rows rows);

  /** Why a document is refused of which all sheets are empty; null where it just has no rows. */
  @Nullable UnreadableFile whenEmpty();

  /** The rows of a sheet that have anything in them. */
  interface Rows extends Closeable {
    /**
     * The next, null behind the last; its line is its place in the sheet, from 1, and always grows.
     */
    @Nullable Draft next() throws UnreadableFile, IOException;

    /** How many of the rows so far are hidden. */
    long hidden();

    /** Cells that are one; all of them only behind the last row, and not more than fit a note. */
    List<Merged> merged();
  }

  /**
   * Cells that are shown as one.
   *
   * @param row first, from 1
   * @param column first, from 0
   */
  record Merged(long row, int column, long lastRow, int lastColumn) {
    static final int MOST = 1000;

    /** As spreadsheets write it: {@code B2:B5}. */
    String shown() {
      return letters(column) + row + ":" + letters(lastColumn) + lastRow;
    }

    private static String letters(int column) {
      String last = String.valueOf((char) ('A' + column % 26));
      return column < 26 ? last : letters(column / 26 - 1) + last;
    }
  }
}
