package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Feed;

/**
 * A file's bytes without gzip or ZIP around them. What was packed lies in a temporary file beside
 * it until this is closed, because tables are read several times.
 */
public final class Unpacked implements Closeable {
  private static final String ENDING = ".unpacked";
  private static final String SEND_AGAIN = "Pack it again and send that, or send it unpacked.";

  private enum Packing {
    NONE,
    GZIP,
    ZIP
  }

  private final Path path;
  private final boolean isTemporary;

  private Unpacked(Path path, boolean isTemporary) {
    this.path = path;
    this.isTemporary = isTemporary;
  }

  /**
   * Unpacks a file if it is packed; more than {@code limit.bytes} are never written.
   *
   * @throws UnreadableFile over the limit, packed or unpacked, or where the gzip is damaged
   */
  static Unpacked of(Path file, Feed.Limits limits) throws UnreadableFile, IOException {
    long bytes = Files.size(file);
    if (bytes > limits.bytes()) {
      throw tooLarge("The file has " + bytes + " bytes", limits);
    }
    Packing packing = packing(file, limits);
    if (packing == Packing.NONE) {
      return new Unpacked(file, false);
    }
    Path folder = file.toAbsolutePath().getParent();
    // a leading dot: no file that was sent has such a name here, and no poll takes one
    Path temporary =
        Files.isWritable(folder) // a file that is only looked at may lie anywhere
            ? Files.createTempFile(folder, ".", ENDING)
            : Files.createTempFile(".", ENDING);
    Unpacked unpacked = new Unpacked(temporary, true);
    try {
      unpacked.unpack(file, packing, limits);
      return unpacked;
    } catch (IOException | UnreadableFile | RuntimeException e) {
      unpacked.close();
      throw e;
    }
  }

  /** Deletes what a crash left in a folder and all below it. */
  public static void clear(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path left : all.filter(Unpacked::isLeft).toList()) {
        Files.deleteIfExists(left);
      }
    }
  }

  private static boolean isLeft(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") && name.endsWith(ENDING);
  }

  Path path() {
    return path;
  }

  /** How they end. */
  Ending ending() throws IOException {
    return Ending.of(path);
  }

  @Override
  public void close() throws IOException {
    if (isTemporary) {
      Files.deleteIfExists(path);
    }
  }

  private static Packing packing(Path file, Feed.Limits limits) throws UnreadableFile, IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(4);
    }
    if (Contents.begins(head, 0x1F, 0x8B)) {
      return Packing.GZIP;
    }
    if (!Contents.isZip(head)) {
      return Packing.NONE;
    }
    try (ZipParts zip = ZipParts.open(file, limits)) {
      return zip.isDocument() ? Packing.NONE : Packing.ZIP;
    }
  }

  private void unpack(Path file, Packing packing, Feed.Limits limits)
      throws UnreadableFile, IOException {
    try (OutputStream out = Files.newOutputStream(path)) {
      if (packing == Packing.GZIP) {
        try (InputStream packed = Files.newInputStream(file)) {
          copy(gunzip(packed), out, packing, limits);
        }
        return;
      }
      try (ZipParts zip = ZipParts.open(file, limits)) {
        List<String> files = zip.files();
        if (files.size() != 1) {
          throw new UnreadableFile(
              FileCode.NOT_READABLE,
              files.isEmpty()
                  ? "There is no file in this ZIP file, nor is it an Excel workbook (.xlsx)."
                  : "There are " + files.size() + " files in this ZIP file.",
              0,
              "Pack one table into each ZIP file, or send each by itself.");
        }
        try (InputStream in = zip.stream(files.get(0))) {
          copy(in, out, packing, limits);
        } catch (ZipException e) {
          throw damaged(e, packing); // packed in a way that the library doesn't know
        }
      }
    }
  }

  private static void copy(InputStream in, OutputStream out, Packing packing, Feed.Limits limits)
      throws UnreadableFile, IOException {
    byte[] buffer = new byte[1 << 16];
    long written = 0;
    for (int count = read(in, buffer, packing); count >= 0; count = read(in, buffer, packing)) {
      written += count;
      if (written > limits.bytes()) {
        throw tooLarge("Unpacked, the file has more bytes", limits);
      }
      out.write(buffer, 0, count);
    }
  }

  private static InputStream gunzip(InputStream packed) throws UnreadableFile, IOException {
    try {
      return new GZIPInputStream(packed, 1 << 16);
    } catch (EOFException | ZipException e) {
      throw damaged(e, Packing.GZIP);
    }
  }

  private static int read(InputStream in, byte[] buffer, Packing packing)
      throws UnreadableFile, IOException {
    try {
      return in.read(buffer);
    } catch (EOFException | ZipException e) {
      throw damaged(e, packing);
    }
  }

  private static UnreadableFile damaged(IOException e, Packing packing) {
    String kind = packing == Packing.GZIP ? "gzip" : "ZIP";
    String what =
        e instanceof EOFException
            ? "This " + kind + " file is cut: its end is missing."
            : "This " + kind + " file is damaged.";
    return new UnreadableFile(FileCode.NOT_READABLE, what, 0, SEND_AGAIN);
  }

  private static UnreadableFile tooLarge(String what, Feed.Limits limits) {
    return new UnreadableFile(
        FileCode.TOO_LARGE,
        what + ", the feed's limit is " + limits.bytes() + ".",
        0,
        "Send it in parts, or raise the feed's limit.bytes.");
  }
}
