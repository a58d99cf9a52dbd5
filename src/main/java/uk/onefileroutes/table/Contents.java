package uk.onefileroutes.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Feed;

/**
 * Recognises a file's format by what it begins with, never by its name, and refuses what is none
 * with a sentence each.
 */
final class Contents {
  private static final String SAVE_AS_CSV = "Save it as CSV (comma delimited) and send that.";
  private static final String SAVE_AS_WORKBOOK = "Save it as .xlsx or as CSV and send that.";
  private static final byte[] ENCRYPTED_PACKAGE =
      "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

  private static final int LOOKED_AT = 4096;
  private static final Pattern HTML =
      Pattern.compile("<(html|!doctype html|table|body|head|style|meta|div|center|title)\\b");

  /** A header such as {@code [learner_id],[role]}, which is no JSON. */
  private static final Pattern NAME_IN_BRACKETS =
      Pattern.compile("[\\[{<(]\\p{Alpha}[^\\[\\]{}<>()\":',;|\r\n]*[\\]}>)] *[,;\t|^~]");

  /** What a file is, finer than a feed declares it. */
  enum Content {
    CSV(Feed.Format.CSV, "CSV or other text"),
    JSON(Feed.Format.JSON, "JSON that begins with ["),
    NDJSON(Feed.Format.NDJSON, "JSON that begins with {"),
    XLSX(Feed.Format.XLSX, "an Excel workbook (.xlsx) or another ZIP file"),
    XLS(Feed.Format.XLS, "an old Excel workbook (.xls) or another old Office file"),
    SPREADSHEET_ML(Feed.Format.XLS, "XML of Excel 2003"),
    HTML(Feed.Format.XLS, "HTML"),
    ODS(Feed.Format.ODS, "a LibreOffice spreadsheet (.ods)");

    private final Feed.Format format;
    private final String phrase;

    Content(Feed.Format format, String phrase) {
      this.format = format;
      this.phrase = phrase;
    }
  }

  private Contents() {}

  /**
   * What a file is that is not packed.
   *
   * @throws UnreadableFile where it is none that we read, or another than the feed declares
   */
  static Content of(Path file, Feed feed) throws UnreadableFile, IOException {
    Feed.Format declared = feed.layout().format();
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(16);
    }
    refuseForeign(file, head);
    Content found =
        isOld(head)
            ? Content.XLS
            : isZip(head) ? zipped(file, feed.limits()) : text(beginning(file), declared);
    if (declared != Feed.Format.AUTO && declared != found.format) {
      throw unreadable(
          "The feed says format="
              + declared.name().toLowerCase(Locale.ROOT)
              + ", but this is "
              + found.phrase
              + ".",
          "Send the declared format, or set the feed's format to auto.");
    }
    return found;
  }

  private static Content zipped(Path file, Feed.Limits limits) throws UnreadableFile, IOException {
    try (ZipParts zip = ZipParts.open(file, limits)) {
      return zip.isOpenDocument() && !zip.has("xl/workbook.xml") ? Content.ODS : Content.XLSX;
    }
  }

  static boolean isZip(byte[] head) {
    return begins(head, 'P', 'K', 3, 4) || begins(head, 'P', 'K', 5, 6);
  }

  private static Content text(String beginning, Feed.Format declared) throws UnreadableFile {
    if (declared == Feed.Format.CSV || NAME_IN_BRACKETS.matcher(beginning).lookingAt()) {
      return Content.CSV;
    }
    if (beginning.startsWith("<")) {
      return markup(beginning.toLowerCase(Locale.ROOT));
    }
    if (beginning.startsWith("MIME-Version:")) {
      throw unreadable("This is a web page that Excel saved as a single file.", SAVE_AS_WORKBOOK);
    }
    return beginning.startsWith("[")
        ? Content.JSON
        : beginning.startsWith("{") ? Content.NDJSON : Content.CSV;
  }

  private static Content markup(String beginning) throws UnreadableFile {
    if (beginning.contains("urn:schemas-microsoft-com:office:spreadsheet")
        && !beginning.contains("<html")) {
      return Content.SPREADSHEET_ML;
    }
    if (HTML.matcher(beginning).find()) {
      return Content.HTML;
    }
    throw unreadable(
        "This is XML, but not that of an Excel workbook.", "Export the data as CSV and send that.");
  }

  private static boolean isOld(byte[] head) {
    return begins(head, 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1);
  }

  /** Refuses what no charset makes text of, and no program a workbook. */
  private static void refuseForeign(Path file, byte[] head) throws UnreadableFile, IOException {
    if (isOld(head) && contains(file, ENCRYPTED_PACKAGE)) {
      throw new UnreadableFile(
          FileCode.ENCRYPTED,
          "This is an Excel workbook that is locked with a password.",
          0,
          "Remove the password and send it again.");
    }
    if (begins(head, 0x1F, 0x8B)) {
      throw unreadable(
          "This is a gzip file within another packed file.", "Pack it once and send that.");
    }
    if (begins(head, '%', 'P', 'D', 'F', '-')) {
      throw unreadable("This is a PDF document.", "Export the data as CSV and send that.");
    }
  }

  /**
   * The first characters from the first one on that is neither space nor byte order mark, the same
   * in UTF-8, UTF-16 and all charsets that begin with ASCII.
   */
  private static String beginning(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (int b = in.read(); b >= 0 && text.length() < LOOKED_AT; b = in.read()) {
        boolean isMark = b == 0xEF || b == 0xBB || b == 0xBF || b == 0xFE || b == 0xFF;
        boolean isSkipped = text.isEmpty() ? b <= ' ' || isMark : b == 0;
        if (!isSkipped) {
          text.append((char) b);
        }
      }
    }
    return text.toString();
  }

  static UnreadableFile nul(long position) {
    return unreadable(
        "This is not text: byte " + (position + 1) + " of the file is zero.", SAVE_AS_CSV);
  }

  static UnreadableFile unreadable(String what, String remedy) {
    return new UnreadableFile(FileCode.NOT_READABLE, what, 0, remedy);
  }

  static boolean begins(byte[] head, int... magic) {
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
