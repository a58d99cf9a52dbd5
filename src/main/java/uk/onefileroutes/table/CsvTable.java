package uk.onefileroutes.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.feed.Feed;

/** A CSV file as a table. */
final class CsvTable implements Table {
  private final Unpacked bytes;
  private final Feed.Limits limits;
  private final Encoding encoding;
  private final CsvHeader.Found found;
  private final List<String> warnings;
  private final boolean isLastLineOpen;
  private final List<Records> opened = new ArrayList<>();
  private CellNotes notes = new CellNotes();
  private FilledColumns filled = FilledColumns.none();

  private CsvTable(
      Unpacked bytes,
      Feed.Limits limits,
      Encoding encoding,
      CsvHeader.Found found,
      List<String> warnings)
      throws IOException {
    this.bytes = bytes;
    this.limits = limits;
    this.encoding = encoding;
    this.found = found;
    this.warnings = List.copyOf(warnings);
    this.isLastLineOpen = bytes.ending() == Ending.OPEN;
  }

  static CsvTable open(Unpacked bytes, Feed feed) throws UnreadableFile, IOException {
    Encoding encoding = Encoding.of(bytes.path(), feed.layout().charset());
    CsvHeader.Found found = CsvHeader.find(bytes.path(), feed, encoding);
    List<String> warnings = new ArrayList<>(encoding.warnings());
    warnings.addAll(found.warnings());
    warnings.addAll(found.header().judge(feed.limits()));
    return new CsvTable(bytes, feed.limits(), encoding, found, warnings);
  }

  @Override
  public Dialect dialect() {
    return found.dialect();
  }

  @Override
  public List<String> columns() {
    return found.header().names();
  }

  @Override
  public String headerText() {
    return found.text();
  }

  @Override
  public long linesAbove() {
    return found.header().line() - 1 - (found.dialect().hint() == null ? 0 : 1);
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public Iterator<Row> rows() {
    try {
      Records records = Records.open(bytes.path(), encoding, found.grammar(), limits);
      opened.add(records);
      for (int i = 0; i < found.records(); i++) {
        records.next();
      }
      return new Rows(records, found.grammar(), found.header(), limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Iterator<RequestedAssignment> assignments() {
    notes = new CellNotes();
    filled = found.header().filled();
    return found.header().asked(rows(), notes, filled);
  }

  @Override
  public List<String> parts() {
    return found.header().parts();
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
  public boolean isLastLineOpen() {
    return isLastLineOpen;
  }

  @Override
  public boolean isRejects() {
    return found.header().isOurs();
  }

  /** Closes all its iterators; may be called again. */
  @Override
  public void close() throws IOException {
    for (Records records : opened) {
      records.close();
    }
    bytes.close();
  }
}
