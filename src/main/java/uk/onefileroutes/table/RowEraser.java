package uk.onefileroutes.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import uk.onefileroutes.feed.Feed;

/** Takes rows out of a file that was kept. */
public final class RowEraser {
  private RowEraser() {}

  /**
   * Copies a CSV file, packed or not, with these rows emptied: their cells are gone, their place
   * stays, so that every other row keeps its number. The copy is not packed.
   *
   * @return false if this can't be done with a file of this format; then there is no copy
   * @throws UnreadableFile where it can't be read as a file of this feed any more
   */
  public static boolean copyWithout(Set<Long> rows, Path file, Feed feed, Path copy)
      throws UnreadableFile, IOException {
    try (Table table = Table.open(file, feed)) {
      if (!(table instanceof CsvTable)) {
        return false;
      }
      Dialect dialect = table.dialect();
      String empty = String.valueOf(dialect.delimiter()).repeat(table.columns().size() - 1);
      try (LosslessOutput output = dialect.create(copy)) {
        // the header stays in its line, which the feed may name; what stood above may be anything
        output.write(dialect.lineEnd().repeat(Math.toIntExact(table.linesAbove())));
        output.write(table.headerText() + dialect.lineEnd());
        for (Iterator<Row> all = table.rows(); all.hasNext(); ) {
          Row row = all.next();
          output.write((rows.contains(row.number()) ? empty : row.text()) + dialect.lineEnd());
        }
      }
      return true;
    } catch (UnreadableFile.WhileReading e) {
      throw e.reason();
    }
  }
}
