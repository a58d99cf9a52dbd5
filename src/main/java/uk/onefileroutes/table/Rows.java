package uk.onefileroutes.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.feed.Feed;

/**
 * The records behind the header, numbered and judged as records; what they ask for is not looked
 * at.
 */
final class Rows extends NumberedRows<RecordSplitter.Split> {
  private final Records records;
  private final Grammar grammar;
  private final int width;
  private final int named;
  private final BitSet read;
  private final Feed.Limits limits;

  Rows(Records records, Grammar grammar, Header header, Feed.Limits limits) {
    super(limits);
    this.records = records;
    this.grammar = grammar;
    this.named = header.namedWidth();
    this.width = header.width();
    this.read = header.read();
    this.limits = limits;
  }

  @Override
  RecordSplitter.@Nullable Split read() throws IOException {
    return records.next();
  }

  @Override
  long line(RecordSplitter.Split split) {
    return split.line();
  }

  @Override
  Row row(long number, RecordSplitter.Split split) {
    // Without any quote there is nothing for a parser to find out.
    List<String> parsed =
        split.quoted() && split.problem() == null ? grammar.cells(split.text()) : null;
    List<String> cells = parsed == null ? Cells.split(split.text(), grammar.delimiter()) : parsed;
    boolean isParsed = split.problem() == null && (parsed != null || !split.quoted());
    // Nearly all rows are without fault, and then the list costs nothing.
    List<Fault> faults =
        split.undecoded() || !isParsed || cells.size() != width
            ? faults(split, isParsed, cells)
            : List.of();
    String text = parsed == null ? split.text() : grammar.strict(split.text(), cells);
    return new Row(number, text, cells, faults);
  }

  private List<Fault> faults(RecordSplitter.Split split, boolean parsed, List<String> cells) {
    List<Fault> faults = new ArrayList<>();
    if (split.problem() == Code.TOO_LONG) {
      faults.add(
          new Fault(
              Code.TOO_LONG,
              "Line %d: the record has more than %d characters; only its beginning was kept."
                  .formatted(split.line(), limits.line())));
    } else if (!parsed) {
      faults.add(
          new Fault(
              Code.BAD_QUOTING,
              "Line %d: close each quote, and write a quote within a cell twice."
                  .formatted(split.line())));
    } else if (!fits(cells) || (split.undecoded() && cells.size() < named)) {
      faults.add(new Fault(Code.WRONG_COLUMN_COUNT, wrongCount(split.line(), cells.size())));
    }
    if (split.undecoded() && (!faults.isEmpty() || isDamaged(cells, read))) {
      faults.add(
          new Fault(
              Code.BAD_ENCODING,
              "A character is damaged or not in the file's charset; save the file as \"CSV UTF-8\"."));
    }
    return List.copyOf(faults);
  }

  /** Whether a cell that is read is damaged. */
  static boolean isDamaged(List<String> cells, BitSet read) {
    return read.stream()
        .anyMatch(place -> place < cells.size() && Cells.isDamaged(cells.get(place)));
  }

  private String wrongCount(long line, int count) {
    return count < width
        ? "Line %d: the row ends after %d of %d cells; usually a cell before it has a line end and no quotes around it, or the file was cut."
            .formatted(line, count, width)
        : "The header has %d columns, this row %d; put a cell that contains the delimiter in quotes."
            .formatted(width, count);
  }

  /** Spreadsheets add empty cells at the end of a row; that is no fault. Nor is a blank line. */
  private boolean fits(List<String> cells) {
    return (cells.size() >= named && cells.size() <= width)
        || Cells.areBlank(cells)
        || (cells.size() > width && Cells.areBlank(cells.subList(width, cells.size())));
  }
}
