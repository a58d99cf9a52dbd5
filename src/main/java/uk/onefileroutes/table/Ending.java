package uk.onefileroutes.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Whether a file looks as if its writer had come to the end, by its first and last bytes. */
public enum Ending {
  /** There is nothing yet. */
  EMPTY,
  /** The last record may be cut: it has no line end, or the format's last bytes are missing. */
  OPEN,
  /** The last record is whole. */
  WHOLE;

  /** As many bytes of each end as it takes to tell; what follows a ZIP's directory is a comment. */
  public static final int BYTES = 1024;

  private static final String ZIP = "PK\3\4";
  private static final String ZIP_END = "PK\5\6";
  private static final String GZIP = "\u001f\u008b";
  private static final String OLD_OFFICE = "\u00d0\u00cf\u0011\u00e0";
  private static final Pattern BYTE_ORDER_MARK =
      Pattern.compile("^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)");
  // rather than a CSV with brackets around its headers
  private static final Pattern JSON = Pattern.compile("\\s*\\[\\s*[\\[{\\]].*", Pattern.DOTALL);
  private static final Pattern MARKUP = Pattern.compile("\\s*<.*", Pattern.DOTALL);

  /**
   * What the two ends of a file say. Each format that can be told has last bytes of its own; gzip
   * and old workbooks end in anything.
   *
   * @param first its first {@link #BYTES}, or all
   * @param last its last {@link #BYTES}, or all
   */
  public static Ending of(byte[] first, byte[] last) {
    // a letter for each byte: those that are looked for mean the same in all encodings
    String head = new String(first, StandardCharsets.ISO_8859_1);
    String tail = new String(last, StandardCharsets.ISO_8859_1);
    if (head.isEmpty()) {
      return EMPTY;
    }
    if (head.startsWith(ZIP)) {
      return when(tail.contains(ZIP_END));
    }
    if (head.startsWith(GZIP) || head.startsWith(OLD_OFFICE)) {
      return WHOLE;
    }
    String begin = BYTE_ORDER_MARK.matcher(withoutZeros(head)).replaceFirst("");
    String end = withoutZeros(tail);
    if (JSON.matcher(begin).matches()) {
      return when(end.stripTrailing().endsWith("]"));
    }
    if (MARKUP.matcher(begin).matches()) {
      return when(end.stripTrailing().endsWith(">"));
    }
    String text = end.endsWith("\u001a") ? end.substring(0, end.length() - 1) : end; // DOS's end
    return when(text.endsWith("\n") || text.endsWith("\r"));
  }

  /** How a file of this machine ends. */
  public static Ending of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return of(read(channel, 0), read(channel, Math.max(0, channel.size() - BYTES)));
    }
  }

  private static byte[] read(FileChannel file, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    file.position(from);
    while (bytes.hasRemaining() && file.read(bytes) >= 0) {
      // a channel may give less than it is asked for
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** Of UTF-16 every other byte is one. */
  private static String withoutZeros(String bytes) {
    return bytes.replace("\0", "");
  }

  private static Ending when(boolean isWhole) {
    return isWhole ? WHOLE : OPEN;
  }
}
