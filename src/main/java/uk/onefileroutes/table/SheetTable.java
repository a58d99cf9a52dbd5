package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Feed;

/** Opens a sheet of an Excel workbook as a table. */
final class SheetTable {
  private SheetTable() {}

  /** Reads the sheet to its end, so that what is damaged is found before any row. */
  static Table open(Unpacked bytes, Feed feed) throws UnreadableFile, IOException {
    Workbook workbook = Workbook.open(bytes.path(), feed.limits());
    try {
      return open(workbook, bytes, feed);
    } catch (IOException | UnreadableFile | RuntimeException e) {
      workbook.close();
      throw e;
    }
  }

  private static Table open(Workbook workbook, Unpacked bytes, Feed feed)
      throws UnreadableFile, IOException {
    List<String> warnings = new ArrayList<>();
    Header header;
    try (SheetRows rows = rows(workbook, feed)) {
      header = header(rows.header(), feed);
      warnings.addAll(header.judge(feed.limits()));
      long count = 0;
      for (Draft row = rows.next(); row != null; row = rows.next()) {
        if (++count > feed.limits().rows()) {
          throw new UnreadableFile(
              FileCode.TOO_LARGE,
              "The sheet has more than " + feed.limits().rows() + " rows.",
              row.line(),
              "Send it in parts, or raise the feed's limit.rows.");
        }
      }
      if (rows.hidden() > 0) {
        warnings.add(
            rows.hidden() + " rows of the sheet are hidden; they are read like the others");
      }
    }
    if (feed.layout().sheet() == null && workbook.visibleSheets() > 1) {
      warnings.add(
          "the workbook has %d visible sheets; the first is read, unless the feed's key sheet names another"
              .formatted(workbook.visibleSheets()));
    }
    Draft.Source source =
        () -> {
          SheetRows rows = rows(workbook, feed);
          rows.header();
          return rows;
        };
    Closeable both =
        () -> {
          try (bytes) {
            workbook.close();
          }
        };
    return new BuiltTable(source, header, feed.limits(), warnings, both);
  }

  private static SheetRows rows(Workbook workbook, Feed feed) throws UnreadableFile, IOException {
    return workbook.rows(feed.layout().sheet(), feed.limits().columns());
  }

  private static Header header(@Nullable Draft first, Feed feed) throws UnreadableFile {
    if (first == null) {
      throw NoHeader.refused("The sheet is empty.", 0, "Put a header first.");
    }
    if (first.fault() != null && first.fault().code() == Code.TOO_LONG) {
      throw new UnreadableFile(
          FileCode.TOO_LARGE,
          "The header has more than " + feed.limits().line() + " characters.",
          first.line(),
          "Shorten the header, or raise the feed's limit.line.");
    }
    List<String> names = first.cells().stream().map(Cells::whole).toList();
    return new Header(names, feed, first.line());
  }
}
