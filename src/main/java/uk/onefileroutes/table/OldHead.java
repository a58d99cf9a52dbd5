package uk.onefileroutes.table;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import uk.onefileroutes.assignment.FileCode;

/**
 * Looks at the records of an old Excel workbook before a library does, which would believe how many
 * texts it is said to have. Pure but for reading.
 */
final class OldHead {
  private static final int TEXTS = 0x00FC;
  private static final int PASSWORD = 0x002F;
  private static final int END = 0x000A;
  private static final int MAX_TEXTS = 1 << 20;

  private OldHead() {}

  /**
   * Reads the records before the first sheet.
   *
   * @throws UnreadableFile with a password, or with more texts than any workbook has
   */
  static void check(InputStream in) throws UnreadableFile, IOException {
    try {
      for (int kind = number(in, 2); kind != END; kind = number(in, 2)) {
        int length = number(in, 2);
        if (kind == PASSWORD) {
          throw new UnreadableFile(
              FileCode.ENCRYPTED,
              "This is an Excel workbook that is locked with a password.",
              0,
              "Remove the password and send it again.");
        }
        if (kind == TEXTS && length >= 8) {
          in.skipNBytes(4);
          long texts = number(in, 4) & 0xFFFFFFFFL;
          // a text has three bytes at least
          if (texts > MAX_TEXTS || texts * 3 > in.available()) {
            throw OldWorkbook.damaged();
          }
          length -= 8;
        }
        in.skipNBytes(length);
      }
    } catch (EOFException e) {
      throw OldWorkbook.damaged();
    }
  }

  private static int number(InputStream in, int bytes) throws IOException {
    byte[] read = in.readNBytes(bytes);
    if (read.length < bytes) {
      throw new EOFException();
    }
    int number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = number << 8 | (read[i] & 0xFF);
    }
    return number;
  }
}
