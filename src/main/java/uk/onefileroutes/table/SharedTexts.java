package uk.onefileroutes.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileCode;

/**
 * A workbook's texts, which its cells name by number: any cell may name any, so they are held in
 * memory, as bytes, which take a quarter of what strings would. Not thread-safe.
 */
final class SharedTexts {
  private static final long MOST = 64L << 20;
  private static final int CHUNK = 1 << 20;

  private final List<byte[]> chunks = new ArrayList<>();
  private long[] places = new long[1024];
  private int count;
  private int free;
  private long held;

  /** Reads the part; longer texts than the feed's records may be keep only their beginning. */
  static SharedTexts read(XmlPart part, int limit) throws UnreadableFile, IOException {
    SharedTexts texts = new SharedTexts();
    while (part.toElement()) {
      if (part.name().equals("si")) {
        texts.add(text(part, limit));
      }
    }
    return texts;
  }

  /**
   * The text of the element that has just begun, to its end: all its runs, without the hints on how
   * to pronounce it.
   */
  static String text(XmlPart part, int limit) throws UnreadableFile, IOException {
    StringBuilder text = new StringBuilder();
    int depth = 1;
    int silent = 0; // depth of a hint
    int inText = 0;
    while (depth > 0) {
      switch (part.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          if (silent == 0 && part.name().equals("rPh")) {
            silent = depth;
          } else if (part.name().equals("t")) {
            inText = depth;
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          silent = silent == depth ? 0 : silent;
          inText = inText == depth ? 0 : inText;
          depth--;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (inText > 0 && silent == 0) {
            append(text, part.text(), limit);
          }
        }
        case XMLStreamConstants.END_DOCUMENT -> throw XmlPart.damaged("its XML is broken");
        default -> {}
      }
    }
    return text.toString();
  }

  /** All text of the element that has just begun, to its end. */
  static String all(XmlPart part, int limit) throws UnreadableFile, IOException {
    StringBuilder text = new StringBuilder();
    int depth = 1;
    while (depth > 0) {
      switch (part.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            append(text, part.text(), limit);
        case XMLStreamConstants.END_DOCUMENT -> throw XmlPart.damaged("its XML is broken");
        default -> {}
      }
    }
    return text.toString();
  }

  /** Appends up to one character more than the limit, so that it shows that it is over. */
  static void append(StringBuilder text, String more, int limit) {
    int room = Math.max(0, limit + 1 - text.length());
    text.append(more, 0, Math.min(room, more.length()));
  }

  private void add(String text) throws UnreadableFile {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    held += bytes.length + 2L * Long.BYTES;
    if (held > MOST) {
      throw new UnreadableFile(
          FileCode.TOO_LARGE,
          "The workbook's texts take more than " + (MOST >> 20) + " MB.",
          0,
          "Send it in parts, or as CSV.");
    }
    if (chunks.isEmpty() || free + bytes.length > CHUNK) {
      chunks.add(new byte[Math.max(CHUNK, bytes.length)]);
      free = 0;
    }
    if (count == places.length) {
      places = Arrays.copyOf(places, 2 * count);
    }
    System.arraycopy(bytes, 0, chunks.get(chunks.size() - 1), free, bytes.length);
    places[count++] = ((chunks.size() - 1L) << 44) | ((long) free << 22) | bytes.length;
    free += bytes.length;
  }

  /** The text with this number, null where there is none. */
  @Nullable String get(int number) {
    if (number < 0 || number >= count) {
      return null;
    }
    long place = places[number];
    int length = (int) (place & 0x3FFFFF);
    int offset = (int) (place >> 22 & 0x3FFFFF);
    return new String(chunks.get((int) (place >> 44)), offset, length, StandardCharsets.UTF_8);
  }
}
