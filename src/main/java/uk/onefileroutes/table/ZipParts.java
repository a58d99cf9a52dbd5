package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Feed;

/**
 * The parts in a workbook's ZIP, read as streams. Nothing is ever written to disk, so names such as
 * {@code ../x} are only names. Not thread-safe.
 */
final class ZipParts implements Closeable {
  /** XML packs about tenfold: what a workbook may become, as a multiple of {@code limit.bytes}. */
  static final int FACTOR = 10;

  private static final List<String> DOCUMENTS =
      List.of("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/workbook.bin");
  private static final Pattern ADDED =
      Pattern.compile("(?i)__MACOSX/.*|(.*/)?(\\..*|Thumbs\\.db|desktop\\.ini)");
  private static final int MAX_ENTRIES = 10_000;
  private static final long MAX_DIRECTORY = 4L << 20;
  private static final int END_LENGTH = 22;
  private static final int END_MARK = 0x06054b50;

  private final ZipFile zip;
  private final Map<String, String> names = new HashMap<>();
  private long left;

  private ZipParts(ZipFile zip, long left) {
    this.zip = zip;
    this.left = left;
    zip.stream().forEach(entry -> names.putIfAbsent(comparable(entry.getName()), entry.getName()));
  }

  static ZipParts open(Path file, Feed.Limits limits) throws UnreadableFile, IOException {
    refuseHugeDirectory(file);
    try {
      return new ZipParts(new ZipFile(file.toFile()), FACTOR * limits.bytes());
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      if (String.valueOf(e.getMessage()).contains("encrypted")) {
        throw new UnreadableFile(
            FileCode.ENCRYPTED,
            "This is a ZIP file that is locked with a password.",
            0,
            "Remove the password and send it again.");
      }
      throw Contents.unreadable(
          "This ZIP file or Excel workbook is damaged, or its end is missing.",
          "Send it again, or save it as CSV and send that.");
    }
  }

  /** The library holds the directory in memory, so it may not be as large as a file. */
  private static void refuseHugeDirectory(Path file) throws UnreadableFile, IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      int length = (int) Math.min(bytes.length(), END_LENGTH + 0xFFFF);
      byte[] tail = new byte[length];
      bytes.seek(bytes.length() - length);
      bytes.readFully(tail);
      ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = length - END_LENGTH; i >= 0; i--) {
        if (end.getInt(i) == END_MARK) {
          long size = end.getInt(i + 12) & 0xFFFFFFFFL;
          int entries = end.getShort(i + 10) & 0xFFFF;
          boolean isElsewhere = size == 0xFFFFFFFFL || entries == 0xFFFF; // ZIP64
          boolean isHuge =
              isElsewhere
                  ? sizeElsewhere(bytes, bytes.length() - length + i) > MAX_DIRECTORY
                  : size > MAX_DIRECTORY || entries > MAX_ENTRIES;
          if (isHuge) {
            throw tooMany();
          }
          return;
        }
      }
    }
  }

  /** Size of the directory by the record that ZIP64 puts before the end; huge where it lies. */
  private static long sizeElsewhere(RandomAccessFile bytes, long end) throws IOException {
    ByteBuffer found = at(bytes, end - 20, 20);
    if (found.getInt(0) != 0x07064b50) {
      return 0; // not ZIP64 then: the library goes by what the end says, and refuses it
    }
    ByteBuffer record = at(bytes, found.getLong(8), 56);
    long size = record.getLong(40);
    return record.getInt(0) != 0x06064b50 ? 0 : size < 0 ? Long.MAX_VALUE : size;
  }

  /** Bytes at a place, zeros where there is none. */
  private static ByteBuffer at(RandomAccessFile bytes, long place, int length) throws IOException {
    byte[] found = new byte[length];
    if (place >= 0 && place <= bytes.length() - length) {
      bytes.seek(place);
      bytes.readFully(found);
    }
    return ByteBuffer.wrap(found).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static UnreadableFile tooMany() {
    return new UnreadableFile(
        FileCode.TOO_LARGE,
        "The ZIP file has more than " + MAX_ENTRIES + " parts.",
        0,
        "Save the workbook again with its data only, or send CSV.");
  }

  /** Whether the ZIP is the wrapping of an Office document, not of a file. */
  boolean isDocument() {
    return DOCUMENTS.stream().anyMatch(this::has) || isOpenDocument();
  }

  /** Whether it is a document of LibreOffice. */
  boolean isOpenDocument() {
    return has("content.xml") && (has("mimetype") || has("META-INF/manifest.xml"));
  }

  /** The names of the files in it, without what systems add of their own. */
  List<String> files() {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> !name.endsWith("/") && !ADDED.matcher(name).matches())
        .toList();
  }

  /** The bytes of a file in it. */
  InputStream stream(String name) throws IOException {
    return zip.getInputStream(zip.getEntry(name));
  }

  boolean has(String name) {
    return names.containsKey(comparable(name));
  }

  /** Opens a part that is there. */
  XmlPart open(String name) throws UnreadableFile, IOException {
    ZipEntry entry = zip.getEntry(names.getOrDefault(comparable(name), name));
    if (entry == null) {
      throw XmlPart.damaged("a part of it is missing");
    }
    InputStream in;
    try {
      in = zip.getInputStream(entry);
    } catch (ZipException e) {
      throw XmlPart.damaged("a part of it can't be unpacked");
    }
    return new XmlPart(in, left);
  }

  /** Takes what a part used from what is left for the others. */
  void spend(XmlPart part) {
    left -= part.used();
  }

  /** Names as readers compare them: without case, and with steps here and back resolved. */
  private static String comparable(String name) {
    Deque<String> steps = new ArrayDeque<>();
    for (String step :
        name.replace('\\', '/').replace("%20", " ").toLowerCase(Locale.ROOT).split("/", -1)) {
      if (step.equals("..")) {
        steps.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.addLast(step);
      }
    }
    return String.join("/", steps);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
