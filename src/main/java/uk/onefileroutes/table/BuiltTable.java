package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.feed.Feed;

/**
 * A table whose file is no CSV. Its rows' text is CSV built from their cells, so that results and
 * rejects can be opened, fixed and dropped again wherever CSV can.
 */
final class BuiltTable implements Table {
  private static final Dialect DIALECT =
      new Dialect(StandardCharsets.UTF_8, true, ',', '"', "\r\n", null);

  private final Draft.Source source;
  private final Header header;
  private final Feed.Limits limits;
  private final List<String> warnings;
  private final Closeable below;
  private final List<Closeable> opened = new ArrayList<>();
  private CellNotes notes = new CellNotes();
  private FilledColumns filled = FilledColumns.none();

  /**
   * @param header already judged
   * @param below closed with the table
   */
  BuiltTable(
      Draft.Source source,
      Header header,
      Feed.Limits limits,
      List<String> warnings,
      Closeable below) {
    this.source = source;
    this.header = header;
    this.limits = limits;
    this.warnings = List.copyOf(warnings);
    this.below = below;
  }

  /** A table without rows: what it would have been called is not known, so the feed says it. */
  static BuiltTable empty(Feed feed, List<String> warnings, Closeable below) throws UnreadableFile {
    Header header = NeededColumns.header(feed);
    List<String> all = new ArrayList<>(warnings);
    all.addAll(header.judge(feed.limits()));
    Draft.Cursor none =
        new Draft.Cursor() {
          @Override
          public @Nullable Draft next() {
            return null;
          }

          @Override
          public void close() {}
        };
    return new BuiltTable(() -> none, header, feed.limits(), all, below);
  }

  @Override
  public Dialect dialect() {
    return DIALECT;
  }

  @Override
  public List<String> columns() {
    return header.names();
  }

  @Override
  public String headerText() {
    return Cells.joined(header.names(), DIALECT.delimiter());
  }

  @Override
  public long linesAbove() {
    return 0;
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public Iterator<Row> rows() {
    try {
      Draft.Cursor cursor = source.open();
      opened.add(cursor);
      return new Numbered(cursor);
    } catch (UnreadableFile e) {
      throw new UnreadableFile.WhileReading(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Iterator<RequestedAssignment> assignments() {
    notes = new CellNotes();
    filled = header.filled();
    return header.asked(rows(), notes, filled);
  }

  @Override
  public List<String> parts() {
    return header.parts();
  }

  @Override
  public List<String> notes() {
    return notes.sentences();
  }

  @Override
  public FilledColumns filled() {
    return filled;
  }

  @Override
  public boolean isRejects() {
    return header.isOurs();
  }

  /** Closes all its iterators; may be called again. */
  @Override
  public void close() throws IOException {
    try (below) {
      for (Closeable cursor : opened) {
        cursor.close();
      }
    }
  }

  private final class Numbered extends NumberedRows<Draft> {
    private final Draft.Cursor cursor;
    private final BitSet read = header.read();

    Numbered(Draft.Cursor cursor) {
      super(limits);
      this.cursor = cursor;
    }

    @Override
    @Nullable Draft read() throws IOException, UnreadableFile {
      return cursor.next();
    }

    @Override
    long line(Draft draft) {
      return draft.line();
    }

    @Override
    Row row(long number, Draft draft) {
      List<Fault> faults = new ArrayList<>(1);
      List<String> cells = draft.cells();
      int width = header.width();
      if (draft.fault() != null) {
        faults.add(draft.fault());
      } else if (cells.size() > width) {
        if (Cells.areBlank(cells.subList(width, cells.size()))) {
          cells = cells.subList(0, width);
        } else {
          faults.add(
              new Fault(
                  Code.WRONG_COLUMN_COUNT,
                  "The header has %d columns, this row %d; name each column that is used."
                      .formatted(width, cells.size())));
        }
      }
      if (cells.stream().anyMatch(Cells::isDamaged)) {
        if (!faults.isEmpty() || Rows.isDamaged(cells, read)) {
          faults.add(
              new Fault(
                  Code.BAD_ENCODING,
                  "A character is damaged or not in the file's charset; save the file in UTF-8."));
        }
        cells = cells.stream().map(Cells::whole).toList();
      }
      return new Row(number, Cells.joined(cells, DIALECT.delimiter()), cells, faults);
    }
  }
}
