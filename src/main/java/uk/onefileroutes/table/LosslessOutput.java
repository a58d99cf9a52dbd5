package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Encodes text as the table was decoded: untouched text gives the same bytes again, malformed ones
 * included. A character that the charset can't hold becomes {@code ?}. Not thread-safe.
 */
public final class LosslessOutput implements Closeable {
  private final OutputStream bytes;
  private final CharsetEncoder encoder;
  private final byte[] replacement;
  private final ByteBuffer out = ByteBuffer.allocate(1 << 16);

  LosslessOutput(OutputStream bytes, Charset charset) {
    this.bytes = bytes;
    this.encoder =
        charset
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.replacement = "?".getBytes(charset);
  }

  /** Writes text that ends with a whole character. */
  public void write(CharSequence text) throws IOException {
    CharBuffer in = CharBuffer.wrap(text.toString().toCharArray());
    encoder.reset();
    while (true) {
      CoderResult result = encoder.encode(in, out, true);
      if (result.isOverflow() || out.remaining() < 16) {
        drain();
      }
      if (result.isError()) {
        // The encoder stops at what stands alone, so nothing before it can be its other half.
        if (LosslessReader.isEscape(' ', in.get(in.position()))) {
          out.put((byte) in.get());
        } else {
          in.position(in.position() + result.length());
          out.put(replacement);
        }
      } else if (result.isUnderflow()) {
        encoder.flush(out);
        return;
      }
    }
  }

  private void drain() throws IOException {
    bytes.write(out.array(), 0, out.position());
    out.clear();
  }

  @Override
  public void close() throws IOException {
    try (bytes) {
      drain();
    }
  }
}
