package uk.onefileroutes.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.feed.Feed;

/** A CSV file as a table. */
final class CsvTable implements Table {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
  private static final Pattern HINT = Pattern.compile("(?i)sep=[^\"]");

  private final Unpacked bytes;
  private final Feed.Limits limits;
  private final Encoding encoding;
  private final Found found;
  private final List<String> warnings;
  private final List<RecordSplitter> opened = new ArrayList<>();
  private CellNotes notes = new CellNotes();

  private CsvTable(
      Unpacked bytes, Feed.Limits limits, Encoding encoding, Found found, List<String> warnings) {
    this.bytes = bytes;
    this.limits = limits;
    this.encoding = encoding;
    this.found = found;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * The header as one delimiter shows it.
   *
   * @param records how many records to skip until the first row
   */
  private record Found(Header header, String text, Dialect dialect, int records) {}

  static CsvTable open(Unpacked bytes, Feed feed) throws UnreadableFile, IOException {
    Path file = bytes.path();
    Encoding encoding = Encoding.of(file, feed.layout().charset());
    Found found = find(file, feed, encoding);
    List<String> warnings = new ArrayList<>(encoding.warnings());
    warnings.addAll(found.header.judge(feed.limits()));
    return new CsvTable(bytes, feed.limits(), encoding, found, warnings);
  }

  /**
   * Finds the header under the delimiter that shows most of the feed's columns, or else most
   * columns at all.
   */
  private static Found find(Path file, Feed feed, Encoding encoding)
      throws UnreadableFile, IOException {
    String hint = hint(file, feed, encoding);
    Character declared = feed.layout().delimiter();
    List<Character> candidates =
        declared != null
            ? List.of(declared)
            : hint != null ? List.of(hint.charAt(hint.length() - 1)) : DELIMITERS;
    Found best = null;
    UnreadableFile firstRefusal = null;
    for (char delimiter : candidates) {
      try {
        Found found = header(file, feed, encoding, delimiter, hint);
        if (best == null || isBetter(found.header, best.header)) {
          best = found;
        }
      } catch (UnreadableFile e) {
        firstRefusal = firstRefusal == null ? e : firstRefusal;
      }
    }
    // Broken quotes under one delimiter may look like a single strange column under another.
    if (best == null || (best.header.known() == 0 && firstRefusal != null)) {
      throw firstRefusal == null ? Header.noHeader(0) : firstRefusal;
    }
    return best;
  }

  private static boolean isBetter(Header one, Header other) {
    return one.known() != other.known() ? one.known() > other.known() : one.width() > other.width();
  }

  private static @Nullable String hint(Path file, Feed feed, Encoding encoding) throws IOException {
    try (RecordSplitter splitter = splitter(file, encoding, ',', feed.limits())) {
      RecordSplitter.Split first = splitter.next();
      return first != null && HINT.matcher(first.text()).matches() ? first.text() : null;
    }
  }

  private static Found header(
      Path file, Feed feed, Encoding encoding, char delimiter, @Nullable String hint)
      throws UnreadableFile, IOException {
    try (RecordSplitter splitter = splitter(file, encoding, delimiter, feed.limits())) {
      int records = 0;
      for (var split = splitter.next(); split != null; split = splitter.next()) {
        records++;
        if (records == 1 && hint != null) {
          continue;
        }
        List<String> names = names(split, delimiter);
        if (!Cells.areBlank(names)) {
          String lineEnd = splitter.lineEnd() == null ? "\r\n" : splitter.lineEnd();
          return new Found(
              new Header(names, feed.mapping(), split.line()),
              split.text(),
              new Dialect(encoding.charset(), encoding.bom() > 0, delimiter, lineEnd, hint),
              records);
        }
      }
      throw Header.noHeader(0);
    }
  }

  private static List<String> names(RecordSplitter.Split split, char delimiter)
      throws UnreadableFile {
    if (split.problem() == Code.TOO_LONG) {
      throw new UnreadableFile(
          FileCode.TOO_LARGE,
          "The header has more than " + split.text().length() + " characters.",
          split.line(),
          "Shorten the header, or raise the feed's limit.line.");
    }
    Optional<List<String>> names = new CellParser(delimiter).parse(split);
    if (names.isEmpty()) {
      throw new UnreadableFile(
          FileCode.NOT_READABLE,
          "The quotes of the header are broken.",
          split.line(),
          "Close each quote, and write a quote within a name twice.");
    }
    return names.get();
  }

  private static RecordSplitter splitter(
      Path file, Encoding encoding, char delimiter, Feed.Limits limits) throws IOException {
    return new RecordSplitter(encoding.open(file), delimiter, limits.line());
  }

  @Override
  public Dialect dialect() {
    return found.dialect;
  }

  @Override
  public List<String> columns() {
    return found.header.names();
  }

  @Override
  public String headerText() {
    return found.text;
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public Iterator<Row> rows() {
    try {
      RecordSplitter splitter = splitter(bytes.path(), encoding, found.dialect.delimiter(), limits);
      opened.add(splitter);
      for (int i = 0; i < found.records; i++) {
        splitter.next();
      }
      return new Rows(splitter, found.dialect.delimiter(), found.header.width(), limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Iterator<RequestedAssignment> assignments() {
    notes = new CellNotes();
    return found.header.asked(rows(), notes);
  }

  @Override
  public List<String> notes() {
    return notes.sentences();
  }

  /** Closes all its iterators; may be called again. */
  @Override
  public void close() throws IOException {
    for (RecordSplitter splitter : opened) {
      splitter.close();
    }
    bytes.close();
  }
}
