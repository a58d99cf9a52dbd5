package uk.onefileroutes.management;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.WriteProbe;

/**
 * Tries whether data folder, spool and ledger can be written; the alarm is another's. Everybody
 * else keeps trying meanwhile, so nothing has to be started again. Thread-safe.
 */
public final class DiskWatch {
  private static final String PROBE = ".disk-probe";
  private static final String SPOOL = "spool";
  // room for a chunk of the ledger, and more than what a full disk still has in some corner
  private static final int PROBE_BYTES = 1 << 16;

  private final Path dataFolder;
  private final WriteProbe ledger;
  private final long floorMib;
  private final Runnable rehearsal;
  private volatile @Nullable String trouble;
  private volatile boolean isFolderAtFault;

  /**
   * @param floorMib how much must be free on the disk of the data folder, in MiB
   * @param rehearsal tries what else must be written, and notes by itself what came of it; only run
   *     while all else is well
   */
  public DiskWatch(Path dataFolder, WriteProbe ledger, long floorMib, Runnable rehearsal) {
    this.rehearsal = rehearsal;
    this.floorMib = floorMib;
    this.dataFolder = dataFolder;
    this.ledger = ledger;
  }

  /** Why nothing can be written; empty while all is well, as far as the last look saw. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Whether it is not the ledger, but the folder it mostly lies in, that can't be written. */
  public boolean isFolderAtFault() {
    return isFolderAtFault;
  }

  /** Why there is soon no room; empty while there is enough. */
  public Optional<String> shortage() {
    long freeMib = dataFolder.toFile().getUsableSpace() >> 20;
    return freeMib >= floorMib
        ? Optional.empty()
        : Optional.of(
            "%,d MiB are free on the disk of the data folder %s, less than disk.floor-mib=%d"
                .formatted(freeMib, dataFolder, floorMib));
  }

  /** Looks. */
  public synchronized void check() {
    String folders = tryFolders();
    isFolderAtFault = folders != null;
    trouble = folders == null ? tryLedger() : folders;
    if (trouble == null) {
      rehearsal.run();
    }
  }

  private @Nullable String tryFolders() {
    Path probe = dataFolder.resolve(PROBE);
    try {
      tryToWrite(probe, PROBE_BYTES);
    } catch (IOException e) {
      return "the data folder %s can't be written (%s)".formatted(dataFolder, reason(e, probe));
    }
    Path inSpool = dataFolder.resolve(SPOOL).resolve(PROBE);
    try { // it has rights of its own, and mostly the same disk
      tryToWrite(inSpool, 0);
    } catch (IOException e) {
      return "the folder %s can't be written (%s)"
          .formatted(inSpool.getParent(), reason(e, inSpool));
    }
    return null;
  }

  private @Nullable String tryLedger() {
    try {
      ledger.write();
    } catch (LedgerException e) {
      return "the ledger can't be written (%s)".formatted(e.getMessage());
    }
    return null;
  }

  private static void tryToWrite(Path probe, int bytes) throws IOException {
    try {
      writeTo(probe, bytes);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static void writeTo(Path probe, int size) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            probe,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(size);
      while (bytes.hasRemaining()) {
        int unused = channel.write(bytes);
      }
      if (size > 0) {
        channel.force(true);
      }
    }
  }

  /** Without the path, which the sentence names anyway. */
  private static String reason(IOException e, Path probe) {
    String reason = String.valueOf(e.getMessage());
    return reason.startsWith(probe + ": ") ? reason.substring((probe + ": ").length()) : reason;
  }
}
