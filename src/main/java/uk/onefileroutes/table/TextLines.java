package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Splits text into physical lines within a bound of memory. Not thread-safe. */
final class TextLines implements Closeable {

  /**
   * A line.
   *
   * @param text without its line end; only its beginning where it is too long
   * @param number from 1
   */
  record Line(String text, long number, boolean isTooLong) {}

  private final TextReader reader;
  private final int limit;
  private final char[] buffer = new char[1 << 13];
  private int position;
  private int end;
  private long number;

  TextLines(LosslessReader text, int limit) {
    this.reader = new TextReader(text);
    this.limit = limit;
  }

  /** The next line, null at the end. A line end at the very end of the text makes no line. */
  @Nullable Line next() throws IOException {
    if (!more()) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    boolean isTooLong = false;
    while (more()) {
      int stop = position;
      while (stop < end && buffer[stop] != '\n' && buffer[stop] != '\r') {
        stop++;
      }
      int room = Math.min(stop - position, limit - text.length());
      text.append(buffer, position, room);
      isTooLong |= room < stop - position;
      position = stop;
      if (position < end) {
        endLine();
        break;
      }
    }
    return new Line(text.toString(), ++number, isTooLong);
  }

  private void endLine() throws IOException {
    boolean mayBeTwo = buffer[position++] == '\r';
    if (mayBeTwo && more() && buffer[position] == '\n') {
      position++;
    }
  }

  private boolean more() throws IOException {
    if (position == end) {
      position = 0;
      end = Math.max(0, reader.read(buffer, 0, buffer.length));
    }
    return position < end;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
