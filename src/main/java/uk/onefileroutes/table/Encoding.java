package uk.onefileroutes.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileCode;

/**
 * How a file's bytes are text: found out from the bytes, or declared by the feed and checked
 * against them. Reads the file once.
 *
 * @param bom length of the byte order mark in bytes, 0 where there is none
 * @param warnings for the log
 */
record Encoding(Charset charset, int bom, List<String> warnings) {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final String SAVE_AS_UTF_8 =
      "Save it as \"CSV UTF-8\", or give the feed the charset that the file is in.";

  static Encoding of(Path file, @Nullable Charset declared) throws UnreadableFile, IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(4096);
    }
    Encoding marked = byMark(head);
    return marked != null ? agreed(marked, declared) : unmarked(file, head, declared);
  }

  /** The text behind the byte order mark. */
  LosslessReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      in.skipNBytes(bom);
      return new LosslessReader(in, charset);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static @Nullable Encoding byMark(byte[] head) throws UnreadableFile {
    int first = head.length < 2 ? 0 : (head[0] & 0xFF) << 8 | (head[1] & 0xFF);
    if (first == 0xEFBB && head.length > 2 && (head[2] & 0xFF) == 0xBF) {
      return new Encoding(StandardCharsets.UTF_8, 3, List.of());
    }
    if (first == 0xFEFF) {
      return new Encoding(StandardCharsets.UTF_16BE, 2, List.of());
    }
    if (first == 0xFFFE && head.length > 3 && head[2] == 0 && head[3] == 0) {
      throw badCharset("The file is in UTF-32.");
    }
    return first == 0xFFFE ? new Encoding(StandardCharsets.UTF_16LE, 2, List.of()) : null;
  }

  private static Encoding agreed(Encoding marked, @Nullable Charset declared)
      throws UnreadableFile {
    boolean either = StandardCharsets.UTF_16.equals(declared) && marked.bom == 2;
    if (declared != null && !either && !declared.equals(marked.charset)) {
      throw badCharset(
          "The file's byte order mark says "
              + marked.charset
              + ", but the feed says charset="
              + declared
              + ".");
    }
    return marked;
  }

  private static Encoding unmarked(Path file, byte[] head, @Nullable Charset declared)
      throws UnreadableFile, IOException {
    if (declared != null && declared.name().matches("UTF-16[BL]E")) {
      return new Encoding(declared, 0, List.of());
    }
    if (looksLikeUtf16(head) || StandardCharsets.UTF_16.equals(declared)) {
      throw badCharset("The file is in UTF-16 without a byte order mark, or not in UTF-16 at all.");
    }
    Utf8Scan scan = Utf8Scan.of(file);
    if (declared != null) {
      return new Encoding(declared, 0, List.of());
    }
    if (scan.damaged() == 0) {
      return new Encoding(StandardCharsets.UTF_8, 0, List.of());
    }
    // Text in windows-1252 hardly ever happens to be a sequence of UTF-8.
    return scan.sequences() >= scan.damaged()
        ? new Encoding(
            StandardCharsets.UTF_8,
            0,
            List.of(
                "read as UTF-8 with %d damaged places; only a row of which a damaged cell is read is invalid"
                    .formatted(scan.damaged())))
        : new Encoding(
            WINDOWS,
            0,
            List.of(
                "not valid UTF-8, so it is read as windows-1252; set the feed's charset if unsure"));
  }

  /** Latin text in UTF-16 has a zero in nearly every second byte, always on the same side. */
  private static boolean looksLikeUtf16(byte[] head) {
    int[] zeros = new int[2];
    for (int i = 0; i < head.length; i++) {
      zeros[i % 2] += head[i] == 0 ? 1 : 0;
    }
    int more = Math.max(zeros[0], zeros[1]);
    return more * 4 > head.length && Math.min(zeros[0], zeros[1]) * 10 < more;
  }

  private static UnreadableFile badCharset(String what) {
    return new UnreadableFile(FileCode.BAD_CHARSET, what, 0, SAVE_AS_UTF_8);
  }
}
