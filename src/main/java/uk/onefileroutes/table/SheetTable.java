package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Feed;

/** Opens a sheet of a workbook, or of whatever else has sheets with rows, as a table. */
final class SheetTable {
  private static final int SHOWN = 3;

  private final Sheets sheets;
  private final Feed feed;
  private @Nullable UnreadableFile refusal;

  /**
   * Where the header is.
   *
   * @param sheet its number
   * @param rows how many rows to skip until the first behind it
   */
  private record Found(Header header, int sheet, int rows) {}

  private SheetTable(Sheets sheets, Feed feed) {
    this.sheets = sheets;
    this.feed = feed;
  }

  /**
   * Reads the sheet to its end, so that what is damaged is found before any row.
   *
   * @param bytes closed with the table, as the sheets are; not where there is none
   */
  static Table open(Sheets sheets, Unpacked bytes, Feed feed) throws UnreadableFile, IOException {
    try {
      return new SheetTable(sheets, feed).open(bytes);
    } catch (IOException | UnreadableFile | RuntimeException e) {
      sheets.close();
      throw e;
    }
  }

  private Table open(Unpacked bytes) throws UnreadableFile, IOException {
    Closeable both =
        () -> {
          try (bytes) {
            sheets.close();
          }
        };
    Found found = find();
    UnreadableFile refused = found == null ? sheets.whenEmpty() : null;
    if (refused != null) {
      throw refused;
    }
    if (found == null) {
      return BuiltTable.empty(feed, sheets.notes(), both);
    }
    List<String> warnings = new ArrayList<>(sheets.notes());
    warnings.addAll(found.header.judge(feed.limits()));
    if (found.rows > 1) {
      warnings.addAll(HeaderRow.above(found.header.line(), "rows", feed));
    }
    try (Sheets.Rows rows = begun(found)) {
      check(new SheetRows(rows, found.header));
      warnings.addAll(notes(rows, found));
    }
    Draft.Source source = () -> new SheetRows(begun(found), found.header);
    return new BuiltTable(source, found.header, feed.limits(), warnings, both);
  }

  private void check(SheetRows rows) throws UnreadableFile, IOException {
    long count = 0;
    long length = 0;
    for (Draft row = rows.next(); row != null; row = rows.next()) {
      for (String cell : row.cells()) {
        length += cell.length();
      }
      if (++count > feed.limits().rows()) {
        throw tooLarge(
            "The sheet has more than " + feed.limits().rows() + " rows.", row, "limit.rows");
      }
      // cells may share a text: many rows of a few bytes each can be any amount of text
      if (length > ZipParts.FACTOR * feed.limits().bytes()) {
        throw tooLarge(
            "The texts of the sheet's cells are together far longer than the feed's limit.bytes.",
            row,
            "limit.bytes");
      }
    }
  }

  private static UnreadableFile tooLarge(String what, Draft row, String key) {
    return new UnreadableFile(
        FileCode.TOO_LARGE, what, row.line(), "Send it in parts, or raise the feed's " + key + ".");
  }

  private List<String> notes(Sheets.Rows rows, Found found) {
    List<String> notes = new ArrayList<>();
    if (rows.hidden() > 0) {
      notes.add(rows.hidden() + " rows of the sheet are hidden; they are read like the others");
    }
    List<String> merged =
        rows.merged().stream()
            .filter(area -> area.lastRow() > found.header.line())
            .filter(
                area -> {
                  int read = found.header.read().nextSetBit(area.column());
                  return read >= 0 && read <= area.lastColumn();
                })
            .map(Sheets.Merged::shown)
            .toList();
    if (!merged.isEmpty()) {
      notes.add(
          "merged cells in columns that are read: %s%s; the value counts for the first cell, the others are empty"
              .formatted(
                  String.join(", ", merged.subList(0, Math.min(SHOWN, merged.size()))),
                  merged.size() > SHOWN ? " and " + (merged.size() - SHOWN) + " more" : ""));
    }
    if (feed.layout().sheet() == null && sheets.count() > 1) {
      notes.add(
          "the workbook has %d visible sheets; number %d is read, the first that has all columns, unless the feed's key sheet names another"
              .formatted(sheets.count(), found.sheet + 1));
    }
    if (found.sheet > 0 && sheets.count() == 0) {
      notes.add(
          "table number %d of the page is read, the first that has all columns"
              .formatted(found.sheet + 1));
    }
    return notes;
  }

  private Sheets.Rows begun(Found found) throws UnreadableFile, IOException {
    Sheets.Rows rows = sheets.open(found.sheet);
    if (rows == null) {
      throw new IOException("the file has changed while it was read");
    }
    try {
      for (int i = 0; i < found.rows; i++) {
        rows.next();
      }
      return rows;
    } catch (IOException | UnreadableFile | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /** The best header of all sheets, null where all of them are empty. */
  private @Nullable Found find() throws UnreadableFile, IOException {
    Found best = null;
    for (int sheet = 0; sheet < Sheets.LOOKED_AT; sheet++) {
      try (Sheets.Rows rows = sheets.open(sheet)) {
        if (rows == null) {
          break;
        }
        Found found = find(rows, sheet);
        if (found != null && found.header.isComplete()) {
          return found;
        }
        sheets.spend(rows);
        if (found != null && (best == null || found.header.known() > best.header.known())) {
          best = found;
        }
      }
    }
    if (refusal != null && (best == null || best.header.known() == 0)) {
      throw refusal;
    }
    Integer declared = feed.layout().headerRow();
    if (best != null && best.rows == 0) {
      throw HeaderRow.missing(declared == null ? 0 : declared);
    }
    return best;
  }

  private @Nullable Found find(Sheets.Rows rows, int sheet) throws UnreadableFile, IOException {
    Found best = null;
    int count = 0;
    for (Draft row = rows.next(); row != null; row = rows.next()) {
      if (HeaderRow.isBehind(++count, row.line(), feed)) {
        break;
      }
      if (row.fault() != null && row.fault().code() == Code.TOO_LONG) {
        refuse(row);
        continue;
      }
      Header header = new Header(names(row), feed, row.line());
      if (HeaderRow.mayBe(header, row.line(), count == 1, feed)
          && (best == null || header.isBetterThan(best.header))) {
        best = new Found(header, sheet, count);
        if (header.isComplete()) {
          break;
        }
      }
    }
    // there is something, but not in the row that the feed names
    return best == null && count > 0 ? new Found(new Header(List.of(""), feed, 0), sheet, 0) : best;
  }

  /** Without the empty cells at the end. */
  private static List<String> names(Draft row) {
    int last = row.cells().size();
    while (last > 1 && row.cells().get(last - 1).isBlank()) {
      last--;
    }
    return row.cells().subList(0, last).stream().map(Cells::whole).toList();
  }

  private void refuse(Draft row) {
    if (refusal == null) {
      refusal =
          new UnreadableFile(
              FileCode.TOO_LARGE,
              "The header has more than " + feed.limits().line() + " characters.",
              row.line(),
              "Shorten the header, or raise the feed's limit.line.");
    }
  }
}
