package uk.onefileroutes.table;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;
import org.apache.commons.io.input.ReaderInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an XML part in UTF-8, without a byte order mark. They end with an exception where
 * there are too many, where a tag, text or comment is so long that a parser could choke on it, and
 * at a document type. Remembers why. Not thread-safe.
 */
final class BoundedXml extends InputStream {
  /** Excel's cells have at most 32,767 characters, of up to ten bytes each when escaped. */
  private static final int MAX_AT_ONCE = 1 << 20;

  private enum State {
    TEXT,
    OPENED,
    SPECIAL_OPENED,
    SPECIAL
  }

  private InputStream in;
  private final long most;
  private long used;
  private int run;
  private int lastTwo;
  private State state = State.TEXT;
  private boolean begun;
  private boolean isTooMuch;
  private boolean hasDocumentType;
  private @Nullable IOException failure;

  BoundedXml(InputStream in, long most) {
    this.in = new BufferedInputStream(in, 1 << 16); // the parser may ask for single bytes
    this.most = most;
  }

  long used() {
    return used;
  }

  boolean isTooMuch() {
    return isTooMuch;
  }

  boolean hasDocumentType() {
    return hasDocumentType;
  }

  /** What went wrong beneath, and is no fault of the bytes; null for nothing. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count;
    try {
      if (!begun) {
        begun = true;
        in = inUtf8(in);
        int first = skipMark();
        if (first >= 0 && length > 0) {
          target[offset] = (byte) first;
          look(target[offset]);
          used++;
          return 1;
        }
      }
      count = in.read(target, offset, length);
    } catch (ZipException | EOFException e) {
      throw e;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    used += Math.max(0, count);
    for (int i = 0; i < count; i++) {
      look(target[offset + i]);
    }
    if (used > most) {
      throw tooMuch();
    }
    return count;
  }

  /** The bytes in UTF-8; they may be in UTF-16, with or without a byte order mark. */
  private static InputStream inUtf8(InputStream bytes) throws IOException {
    bytes.mark(2);
    int first = bytes.read() << 8 | bytes.read();
    Charset charset =
        first == 0xFEFF || first == '<'
            ? StandardCharsets.UTF_16BE
            : first == 0xFFFE || first == '<' << 8 ? StandardCharsets.UTF_16LE : null;
    if (charset == null || first == '<' || first == '<' << 8) {
      bytes.reset();
    }
    return charset == null
        ? bytes
        : new BufferedInputStream(
            ReaderInputStream.builder()
                .setReader(new InputStreamReader(bytes, charset))
                .setCharset(StandardCharsets.UTF_8)
                .get());
  }

  /** Skips a byte order mark; the first byte where there is none. */
  private int skipMark() throws IOException {
    int first = in.read();
    if (first != 0xEF) {
      return first;
    }
    byte[] rest = in.readNBytes(2);
    return rest.length == 2 && (rest[0] & 0xFF) == 0xBB && (rest[1] & 0xFF) == 0xBF ? -1 : first;
  }

  private void look(byte b) throws IOException {
    if (++run > MAX_AT_ONCE) {
      throw tooMuch();
    }
    switch (state) {
      case TEXT -> {
        if (b == '<') {
          state = State.OPENED;
          run = 0;
        }
      }
      case OPENED -> state = b == '!' || b == '?' ? State.SPECIAL_OPENED : State.TEXT;
      case SPECIAL_OPENED -> {
        if (b == 'D') {
          hasDocumentType = true;
          throw new IOException("a document type");
        }
        state = State.SPECIAL;
        lastTwo = 0;
      }
      case SPECIAL -> { // a comment, CDATA or processing instruction, which may contain any <
        if (b == '>' && endsSpecial()) {
          state = State.TEXT;
        }
        lastTwo = ((lastTwo << 8) | (b & 0xFF)) & 0xFFFF;
      }
    }
  }

  private boolean endsSpecial() {
    boolean isTwice = lastTwo == (('-' << 8) | '-') || lastTwo == ((']' << 8) | ']');
    return isTwice || (lastTwo & 0xFF) == '?';
  }

  private IOException tooMuch() {
    isTooMuch = true;
    return new IOException("too much");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
