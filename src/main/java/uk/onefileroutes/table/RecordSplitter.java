package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.shown.Shown;

/**
 * Splits text into records by RFC 4180, within a bound of memory: a record may have {@code limit}
 * characters.
 *
 * <p>A quote that never closes must not swallow the rows behind it. Where a record with an open
 * quote reaches the limit or the end, or where something else than a delimiter follows a closing
 * quote, only its first physical line is the bad record, and reading continues with the line after
 * it. The buffer holds the record as a whole until that is decided, so going back is moving an
 * index.
 *
 * <p>Not thread-safe.
 */
final class RecordSplitter implements Closeable {

  /**
   * A record.
   *
   * @param text without its line end
   * @param line its first physical line, from 1
   * @param quoted whether there is any quote in it
   * @param undecoded whether there are characters in it that could not be decoded
   * @param problem {@code BAD_QUOTING} or {@code TOO_LONG}
   */
  record Split(String text, long line, boolean quoted, boolean undecoded, @Nullable Code problem) {}

  private static final int CHUNK = 1 << 15;

  // Where in a cell the next character stands.
  private static final int BEGIN = 0;
  private static final int PLAIN = 1;
  private static final int QUOTED = 2;
  private static final int QUOTE_SEEN = 3;
  private static final int CLOSED = 4;
  private static final int BLANKS = 5;

  private final LosslessReader reader;
  private final char delimiter;
  private final char quote;
  private final int limit;
  private char[] buffer = new char[2 * CHUNK];
  private int start;
  private int end;
  private boolean ended;
  private long line = 1;
  private @Nullable String lineEnd;

  RecordSplitter(LosslessReader reader, Grammar grammar, int limit) {
    this.reader = reader;
    this.delimiter = grammar.outerDelimiter();
    this.quote = grammar.quote();
    this.limit = limit;
  }

  /** The next record, null at the end. A line end at the very end of the file makes no record. */
  @Nullable Split next() throws IOException {
    return start == end && !fill() ? null : split(true);
  }

  /**
   * @param isLenient whether blanks may stand before an opening quote; where a record is badly
   *     quoted then, they are text, and so is the quote
   */
  private Split split(boolean isLenient) throws IOException {
    int state = BEGIN;
    boolean isQuotedBehindBlanks = false;
    boolean quoted = false;
    boolean undecoded = false;
    int lines = 1;
    int i = 0;
    while (true) {
      // One comparison a character: the inner loop runs to the end of the buffer or of the limit.
      int stop = Math.min(end - start, limit);
      for (; i < stop; i++) {
        char c = buffer[start + i];
        if (c == quote) {
          quoted = true;
          if (state == BEGIN || state == QUOTE_SEEN) {
            state = QUOTED;
          } else if (state == BLANKS) {
            isQuotedBehindBlanks = true;
            state = QUOTED;
          } else if (state == QUOTED) {
            state = QUOTE_SEEN;
          } else if (state == CLOSED) {
            return isQuotedBehindBlanks ? split(false) : firstLine();
          }
        } else if (c == delimiter) {
          if (state != QUOTED) {
            state = BEGIN;
          }
        } else if (c == '\n' || c == '\r') {
          if (state != QUOTED) {
            return take(i, lines, quoted, undecoded);
          }
          if (c == '\n' || !isLineFeed(i + 1)) {
            lines++;
          }
        } else {
          if (state == BEGIN || state == BLANKS) {
            state = isLenient && Shown.isUnseen(c) ? BLANKS : PLAIN;
          } else if (state == QUOTE_SEEN || state == CLOSED) {
            if (!Character.isWhitespace(c)) {
              return isQuotedBehindBlanks ? split(false) : firstLine();
            }
            state = CLOSED;
          }
          undecoded |= (c >= '\uDC00' || c == 0) && isUndecoded(i);
        }
      }
      if (i == end - start && !fill()) {
        if (state == QUOTED) {
          return isQuotedBehindBlanks ? split(false) : firstLine();
        }
        return take(i, lines, quoted, undecoded);
      }
      if (i == limit && i < end - start) {
        if (state == QUOTED) {
          return isQuotedBehindBlanks ? split(false) : firstLine();
        }
        return isLineEnd(buffer[start + i]) ? take(i, lines, quoted, undecoded) : skip();
      }
    }
  }

  /** The line end of the first record that had one, null as long as none had. */
  @Nullable String lineEnd() {
    return lineEnd;
  }

  /** Gives up the quotes: the text up to the next line end, whatever it means. */
  private Split firstLine() throws IOException {
    for (int i = 0; i <= limit; i++) {
      boolean over = i == end - start && !fill();
      if (over || isLineEnd(buffer[start + i])) {
        return bad(i, 1, Code.BAD_QUOTING);
      }
    }
    return skip();
  }

  private Split bad(int length, int lines, Code problem) throws IOException {
    boolean undecoded = false;
    for (int i = 0; i < length; i++) {
      undecoded |= isUndecoded(i);
    }
    Split taken = take(length, lines, true, undecoded);
    return new Split(taken.text, taken.line, true, undecoded, problem);
  }

  /**
   * Keeps the beginning of a record that is too long, and forgets everything up to the next line
   * end.
   */
  private Split skip() throws IOException {
    int lines = 1;
    for (int i = 0; i < limit; i++) {
      lines +=
          isLineEnd(buffer[start + i]) && !(buffer[start + i] == '\r' && isLineFeed(i + 1)) ? 1 : 0;
    }
    Split kept = bad(limit, lines, Code.TOO_LONG);
    while (start < end || fill()) {
      if (isLineEnd(buffer[start])) {
        endLine();
        break;
      }
      start++;
    }
    return kept;
  }

  private Split take(int length, int lines, boolean quoted, boolean undecoded) throws IOException {
    Split split = new Split(new String(buffer, start, length), line, quoted, undecoded, null);
    start += length;
    line += lines;
    if (start < end && isLineEnd(buffer[start])) {
      endLine();
    }
    return split;
  }

  private void endLine() throws IOException {
    boolean two = buffer[start] == '\r' && isLineFeed(1);
    if (lineEnd == null) {
      lineEnd = new String(buffer, start, two ? 2 : 1);
    }
    start += two ? 2 : 1;
  }

  private boolean isLineFeed(int i) throws IOException {
    return (i < end - start || fill()) && buffer[start + i] == '\n';
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private boolean isUndecoded(int i) {
    return LosslessReader.isUndecoded(i == 0 ? ' ' : buffer[start + i - 1], buffer[start + i]);
  }

  /** Reads on behind what the buffer holds; false at the end of the text. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (buffer.length - end < CHUNK) {
      // What is kept is at most a record of the limit and what one reading brought with it.
      char[] target = end - start > buffer.length - CHUNK ? new char[buffer.length * 2] : buffer;
      System.arraycopy(buffer, start, target, 0, end - start);
      end -= start;
      start = 0;
      buffer = target;
    }
    int count = reader.read(buffer, end, CHUNK);
    ended = count < 0;
    end += Math.max(0, count);
    return !ended;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
