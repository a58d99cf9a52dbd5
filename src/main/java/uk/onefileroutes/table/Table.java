package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.feed.Feed;

/**
 * A file of a feed, read as a table with a header. The file must not change while the table is
 * open. Not thread-safe; memory is bounded by the feed's limits, whatever the file's size.
 *
 * <p>Each call of {@link #rows} or {@link #assignments} reads the file again from its first row.
 * Their iterators throw {@link UnreadableFile.WhileReading} where the file turns out to be over a
 * limit, and {@link java.io.UncheckedIOException} where it can't be read.
 */
public sealed interface Table extends Closeable permits BuiltTable, CsvTable {

  /**
   * Opens a file: unpacks it if it is packed, finds out its format, reads its header and judges it.
   *
   * @throws UnreadableFile where the file as a whole must be refused
   * @throws IOException where it can't be read
   */
  static Table open(Path file, Feed feed) throws UnreadableFile, IOException {
    Unpacked bytes = Unpacked.of(file, feed.limits());
    try {
      Contents.Content content = Contents.of(bytes.path(), feed);
      return switch (content) {
        case JSON -> JsonTable.array(bytes, feed);
        case NDJSON -> JsonTable.lines(bytes, feed);
        case XLSX, XLS, SPREADSHEET_ML, HTML, ODS ->
            SheetTable.open(Sheets.open(content, bytes, feed), bytes, feed);
        case CSV -> CsvTable.open(bytes, feed);
      };
    } catch (IOException | UnreadableFile | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** How the table is written down; for what is no CSV, how its results are. */
  Dialect dialect();

  /** The headers, untouched. */
  List<String> columns();

  /** The header's own text, without its line end. */
  String headerText();

  /** How many lines stand above the header, a line {@code sep=;} aside. */
  long linesAbove();

  /** By which cells a wide row asks, in the order of what it asks for; empty for any other. */
  List<String> parts();

  /** What someone should know who wonders about this file, for the log; often empty. */
  List<String> warnings();

  /** The rows as they stand there, numbered from 1. */
  Iterator<Row> rows();

  /** What the rows ask for, in their order. */
  Iterator<RequestedAssignment> assignments();

  /** In how many of the rows that the last {@link #assignments} has given each column is filled. */
  FilledColumns filled();

  /**
   * Whether the last record has no line end, so that it may be cut. Only of a CSV: of any other
   * format what is cut can't be read.
   */
  default boolean isLastLineOpen() {
    return false;
  }

  /** Whether these are rejects of an earlier file, fixed: a part of what that had. */
  boolean isRejects();

  /**
   * What someone should know about the rows that the last {@link #assignments} has given so far:
   * ids written in a way of their own, columns without any id. A sentence each, often none.
   */
  List<String> notes();
}
