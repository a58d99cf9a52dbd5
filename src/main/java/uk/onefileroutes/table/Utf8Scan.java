package uk.onefileroutes.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How well a whole file is UTF-8.
 *
 * @param sequences characters that take more than one byte
 * @param damaged places where the bytes are no character
 */
record Utf8Scan(long sequences, long damaged) {
  /** A text has fewer zero bytes: a binary file has one in ten or so. */
  private static final int BYTES_A_ZERO = 50;

  /**
   * Reads a file to its end.
   *
   * @throws UnreadableFile where zero bytes say that it is no text: in its first line, at its end,
   *     or many
   */
  static Utf8Scan of(Path file) throws UnreadableFile, IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    CharBuffer text = CharBuffer.allocate(1 << 16);
    Zeros zeros = new Zeros();
    long sequences = 0;
    long damaged = 0;
    try (InputStream in = Files.newInputStream(file)) {
      while (true) {
        int from = bytes.position();
        int count = in.read(bytes.array(), from, bytes.remaining());
        zeros.look(bytes.array(), from, count);
        bytes.position(from + Math.max(0, count)).flip();
        CoderResult result = decoder.decode(bytes, text.clear(), count < 0);
        while (result.isError()) {
          damaged++;
          bytes.position(bytes.position() + result.length());
          result = decoder.decode(bytes, text, count < 0);
        }
        sequences += sequences(text.flip());
        if (count < 0) {
          zeros.judge();
          return new Utf8Scan(sequences, damaged);
        }
        bytes.compact();
      }
    }
  }

  private static long sequences(CharBuffer text) {
    long sequences = 0;
    for (int i = 0; i < text.limit(); i++) {
      sequences += text.get(i) >= 0x80 ? 1 : 0;
    }
    return sequences;
  }

  /** Where there are zero bytes. */
  private static final class Zeros {
    private long position;
    private long count;
    private long first = -1;
    private long last = -1;
    private boolean isInFirstLine;
    private boolean isFirstLineOver;

    void look(byte[] bytes, int from, int length) {
      for (int i = from; i < from + length; i++) {
        byte b = bytes[i];
        if (b == 0) {
          count++;
          last = position + i - from;
          first = first < 0 ? last : first;
          isInFirstLine |= !isFirstLineOver;
        } else if (b == '\n' || b == '\r') {
          isFirstLineOver = true;
        }
      }
      position += Math.max(0, length);
    }

    void judge() throws UnreadableFile {
      boolean isBinary = isInFirstLine || last == position - 1 || count * BYTES_A_ZERO > position;
      if (count > 0 && isBinary) {
        throw Contents.nul(first);
      }
    }
  }
}
