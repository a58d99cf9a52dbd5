package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Decodes bytes and keeps those that the charset doesn't know: each becomes a lone low surrogate
 * U+DC00 to U+DCFF, which no charset decodes to, and {@link LosslessOutput} turns it back into its
 * byte. So a row with malformed bytes can be found, and still be repeated byte for byte. Not
 * thread-safe.
 */
final class LosslessReader implements Closeable {
  private static final int ESCAPE = 0xDC00;

  private final InputStream bytes;
  private final CharsetDecoder decoder;
  private final ByteBuffer in = ByteBuffer.allocate(1 << 16).flip();
  private boolean ended;

  LosslessReader(InputStream bytes, Charset charset) {
    this.bytes = bytes;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /**
   * Reads at least one character.
   *
   * @param length at least 4, so that the longest malformed sequence fits
   * @return how many, -1 at the end
   */
  int read(char[] target, int offset, int length) throws IOException {
    CharBuffer out = CharBuffer.wrap(target, offset, length);
    int before = out.position();
    while (true) {
      CoderResult result = decoder.decode(in, out, ended);
      if (result.isError()) {
        if (out.remaining() < result.length()) {
          return out.position() - before;
        }
        escape(result.length(), out);
      } else if (result.isOverflow() || out.position() > before) {
        return out.position() - before;
      } else if (ended) {
        return -1;
      } else {
        refill();
      }
    }
  }

  private void escape(int length, CharBuffer out) {
    for (int i = 0; i < length; i++) {
      out.put((char) (ESCAPE + (in.get() & 0xFF)));
    }
  }

  private void refill() throws IOException {
    in.compact();
    int count = bytes.read(in.array(), in.position(), in.remaining());
    if (count < 0) {
      ended = true;
    } else {
      in.position(in.position() + count);
    }
    in.flip();
  }

  /**
   * Whether a character stands for something that could not be decoded: an escaped byte, the
   * replacement character that an earlier program left, or NUL, which a database can't hold.
   */
  static boolean isUndecoded(char before, char c) {
    return c == '\uFFFD' || c == 0 || isEscape(before, c);
  }

  /** Whether a character is a lone low surrogate that stands for a byte. */
  static boolean isEscape(char before, char c) {
    return c >= ESCAPE && c <= ESCAPE + 0xFF && !Character.isHighSurrogate(before);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
