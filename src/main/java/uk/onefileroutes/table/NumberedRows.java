package uk.onefileroutes.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Feed;

/**
 * The rows of a file, whatever its format: numbered from 1, and up to the feed's limit. Looks one
 * record ahead. Not thread-safe.
 *
 * @param <T> a record as the format gives it
 */
abstract class NumberedRows<T> implements Iterator<Row> {
  private final long limit;
  private @Nullable T ahead;
  private boolean looked;
  private long number;

  NumberedRows(Feed.Limits limits) {
    this.limit = limits.rows();
  }

  /** The next record; null at the end. */
  abstract @Nullable T read() throws IOException, UnreadableFile;

  /** Where it begins. */
  abstract long line(T read);

  /** What it is as a row. */
  abstract Row row(long number, T read);

  @Override
  public boolean hasNext() {
    if (!looked) {
      try {
        ahead = read();
      } catch (UnreadableFile e) {
        throw new UnreadableFile.WhileReading(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      looked = true;
    }
    return ahead != null;
  }

  @Override
  public Row next() {
    T next = hasNext() ? ahead : null;
    if (next == null) {
      throw new NoSuchElementException();
    }
    if (number == limit) {
      throw new UnreadableFile.WhileReading(
          new UnreadableFile(
              FileCode.TOO_LARGE,
              "The file has more than " + limit + " rows.",
              line(next),
              "Send it in parts, or raise the feed's limit.rows."));
    }
    looked = false;
    number++;
    return row(number, next);
  }
}
