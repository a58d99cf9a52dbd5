package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Feed;

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

  /**
   * Opens a document whose format has sheets.
   *
   * @param content what it was found to be
   */
  static Sheets open(Contents.Content content, Unpacked bytes, Feed feed)
      throws UnreadableFile, IOException {
    return switch (content) {
      case XLSX -> Workbook.open(bytes.path(), feed);
      case XLS -> OldWorkbook.open(bytes, feed);
      case SPREADSHEET_ML -> SpreadsheetMl.open(bytes, feed);
      case HTML -> HtmlTables.open(bytes, feed);
      case ODS -> OpenDocument.open(bytes, feed);
      case CSV, JSON, NDJSON -> throw new IllegalArgumentException(content + " has no sheets");
    };
  }

  /** A sheet of a document. */
  record Sheet(String name, boolean isVisible) {}

  /**
   * Which sheets may be meant, by their number from 0.
   *
   * @param document what it is called where no sheet is visible
   * @param wanted the name that the feed gives; null: any that is visible
   * @param all its sheets
   * @throws UnreadableFile where none is meant
   */
  static List<Integer> meant(String document, @Nullable String wanted, List<Sheet> all)
      throws UnreadableFile {
    List<Integer> meant = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Sheet sheet = all.get(i);
      boolean isMeant =
          wanted == null ? sheet.isVisible : sheet.name.strip().equalsIgnoreCase(wanted.strip());
      if (isMeant) {
        meant.add(i);
      }
    }
    if (meant.isEmpty()) {
      throw noneMeant(document, wanted, all);
    }
    return meant;
  }

  /** Why a document is refused of which no sheet is meant. */
  static UnreadableFile noneMeant(String document, @Nullable String wanted, List<Sheet> all) {
    if (wanted == null) {
      return Contents.unreadable(
          "The %s has no visible sheet.".formatted(document), "Put the data on a visible sheet.");
    }
    String seen =
        all.stream()
            .limit(20)
            .map(sheet -> Cells.whole(sheet.name))
            .collect(Collectors.joining(", "));
    return Contents.unreadable(
        "The workbook has no sheet \"" + wanted + "\". Seen: " + seen + ".",
        "Name the sheet like that, or change the feed's key sheet.");
  }

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
    static final int MAX = 1000;

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
