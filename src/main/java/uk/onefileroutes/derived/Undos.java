package uk.onefileroutes.derived;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.feed.MadeFiles;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.FileEntry.Made;
import uk.onefileroutes.ledger.FileEntry.Origin;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.NewFile;
import uk.onefileroutes.ledger.Undoing;

/**
 * Undoes files: writes a file that gives their slots back what they held, and accepts it as the
 * newest of its feed. Thread-safe.
 */
public final class Undos {
  private static final Logger LOG = LoggerFactory.getLogger(Undos.class);
  private static final int MAX_TRIES = 10;

  private final Set<String> feeds;
  private final Path dataFolder;
  private final Undoing ledger;
  private final InstantSource clock;

  /** The bytes of a file as they lie in a folder. */
  private record Bytes(long size, String sha256) {}

  /**
   * @param feeds those that are configured, by name
   */
  public Undos(Set<String> feeds, Path dataFolder, Undoing ledger, InstantSource clock) {
    this.feeds = Set.copyOf(feeds);
    this.dataFolder = dataFolder;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Undoes a file. What it returns is accepted; planning it, and a hold, follow. Where a crash cuts
   * it off, either nothing was done or the file is accepted. A second time finds that the first
   * owns the slots.
   *
   * @throws ActionRefused if the file can't be undone, or changed nothing
   * @throws IOException if the new file can't be written; then nothing was done
   */
  public Undone undo(FileEntry file) throws ActionRefused, IOException {
    String stored = MadeFiles.SPOOLED + UUID.randomUUID();
    Path place = dataFolder.resolve(stored);
    boolean isAccepted = false;
    try {
      for (int i = 0; i < MAX_TRIES; i++) {
        long newest = ledger.begin(file);
        UndoRows rows = new UndoRows();
        Bytes bytes = write(file, rows, place);
        refuseIfNothing(file, rows);
        Step.FILE_SPOOLED.done();
        NewFile made =
            new NewFile(
                file.feed(),
                name(file),
                bytes.size,
                bytes.sha256,
                clock.instant(),
                stored,
                clock.instant());
        isAccepted = true; // until the ledger says that it is not
        OptionalLong no = ledger.accept(made, new Origin(Made.UNDO, file.no()), newest);
        if (no.isPresent()) {
          LOG.info("File {} made: it undoes file {}: {}", no.getAsLong(), file.no(), rows.counts());
          return new Undone(no.getAsLong(), made.name(), rows.counts(), rows.stays());
        }
        isAccepted = false;
      }
      throw new ActionRefused(
          "Files came in while file %d was looked at; undo it again.".formatted(file.no()));
    } catch (LedgerException e) {
      LOG.warn("File {}: whether the file that undoes it was accepted is not known", file.no());
      throw e;
    } finally {
      if (!isAccepted) {
        Files.deleteIfExists(place);
      }
    }
  }

  /**
   * Writes the file that would undo another, and does nothing else.
   *
   * @param place where to; nothing may be there
   * @throws ActionRefused as {@link #undo}
   */
  public Undone rehearse(FileEntry file, Path place) throws ActionRefused, IOException {
    long unused = ledger.begin(file);
    UndoRows rows = new UndoRows();
    Bytes unusedBytes = write(file, rows, place);
    refuseIfNothing(file, rows);
    return new Undone(null, name(file), rows.counts(), rows.stays());
  }

  private Bytes write(FileEntry file, UndoRows rows, Path place) throws ActionRefused, IOException {
    if (!feeds.contains(file.feed())) {
      throw new ActionRefused(
          "File %d is of feed %s, which is not configured any more: nobody would read the file that undoes it."
              .formatted(file.no(), file.feed()));
    }
    MessageDigest digest = sha256();
    try (FileChannel channel =
        FileChannel.open(
            place,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      Writer to =
          new OutputStreamWriter(
              new DigestOutputStream(Channels.newOutputStream(channel), digest),
              StandardCharsets.UTF_8);
      rows.write(ledger.rows(file.no()), to);
      to.flush();
      channel.force(true);
    }
    return new Bytes(Files.size(place), HexFormat.of().formatHex(digest.digest()));
  }

  private static void refuseIfNothing(FileEntry file, UndoRows rows) throws ActionRefused {
    if (rows.counts().all() == 0) {
      throw new ActionRefused(
          "File %d changed nothing at Onefile; there is nothing to undo.".formatted(file.no()));
    }
  }

  /** Of an undo of an undo only the last number stands in the name. */
  private static String name(FileEntry file) {
    String original = SafeName.ofAnswer(file.name()).replaceFirst("^(undo-\\d+-)+(?=.)", "");
    return SafeName.of("undo-%d-%s".formatted(file.no(), original));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) { // every JDK has it
      throw new IllegalStateException(e);
    }
  }
}
