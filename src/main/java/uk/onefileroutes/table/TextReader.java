package uk.onefileroutes.table;

import java.io.IOException;
import java.io.Reader;

/** A {@link LosslessReader} for parsers that want a {@link Reader}. Not thread-safe. */
final class TextReader extends Reader {
  private final LosslessReader text;
  private final char[] buffer = new char[1 << 13];
  private int position;
  private int end;

  TextReader(LosslessReader text) {
    this.text = text;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (position == end) {
      position = 0;
      end = Math.max(0, text.read(buffer, 0, buffer.length));
      if (end == 0) {
        return -1;
      }
    }
    int count = Math.min(length, end - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
