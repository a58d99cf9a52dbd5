package uk.onefileroutes.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import uk.onefileroutes.assignment.FileCode;

/**
 * Recognises files that are no CSV text, by what they begin with, and refuses them with a sentence
 * each.
 */
final class Contents {
  private static final String SAVE_AS_CSV = "Save it as CSV (comma delimited) and send that.";
  private static final byte[] ENCRYPTED_PACKAGE =
      "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

  private Contents() {}

  /** Refuses what no charset makes text of. */
  static void refuseBinary(Path file, byte[] head) throws UnreadableFile, IOException {
    if (begins(head, 'P', 'K', 3, 4) || begins(head, 'P', 'K', 5, 6)) {
      throw unreadable("This is an Excel workbook (.xlsx) or another ZIP file.", SAVE_AS_CSV);
    }
    if (begins(head, 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1)) {
      if (contains(file, ENCRYPTED_PACKAGE)) {
        throw new UnreadableFile(
            FileCode.ENCRYPTED,
            "This is an Excel workbook that is locked with a password.",
            0,
            "Remove the password, then save it as CSV and send that.");
      }
      throw unreadable("This is an old Excel workbook (.xls) or another Office file.", SAVE_AS_CSV);
    }
    if (begins(head, 0x1F, 0x8B)) {
      throw unreadable("This is a gzip file.", "Unpack it and send the CSV file in it.");
    }
    if (begins(head, '%', 'P', 'D', 'F', '-')) {
      throw unreadable("This is a PDF document.", "Export the data as CSV and send that.");
    }
  }

  /** Refuses text that is another format than CSV. */
  static void refuseOtherText(byte[] head, Charset charset) throws UnreadableFile {
    String text = new String(head, charset);
    int first = 0;
    while (first < text.length() && Cells.isSpace(text.charAt(first))) {
      first++;
    }
    char c = first < text.length() ? text.charAt(first) : ' ';
    if (c == '{' || c == '[') {
      throw unreadable("This is JSON.", "Export the data as CSV and send that.");
    }
    if (c == '<') {
      throw unreadable("This is HTML or XML.", "Export the data as CSV and send that.");
    }
  }

  static UnreadableFile nul(long position) {
    return unreadable(
        "This is not text: byte " + (position + 1) + " of the file is zero.", SAVE_AS_CSV);
  }

  private static UnreadableFile unreadable(String what, String remedy) {
    return new UnreadableFile(FileCode.NOT_READABLE, what, 0, remedy);
  }

  private static boolean begins(byte[] head, int... magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((head[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(Path file, byte[] wanted) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] window = new byte[1 << 16];
      int kept = 0;
      for (int count = in.read(window);
          count >= 0;
          count = in.read(window, kept, window.length - kept)) {
        int filled = kept + count;
        for (int i = 0; i + wanted.length <= filled; i++) {
          if (window[i] == wanted[0]
              && Arrays.equals(window, i, i + wanted.length, wanted, 0, wanted.length)) {
            return true;
          }
        }
        kept = Math.min(filled, wanted.length - 1);
        System.arraycopy(window, filled - kept, window, 0, kept);
      }
      return false;
    }
  }
}
