package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.delivery.AccountGuard;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.ledger.RestoredLedger;
import uk.onefileroutes.ledger.RestoredLedger.Moved;
import uk.onefileroutes.ledger.Sha256;
import uk.onefileroutes.shown.Causes;

/**
 * Puts a backup in the place of the ledger, so that it may be gone on with. The ledger that was
 * there is renamed, never deleted. Until the last step, which is one rename, nothing has changed.
 * For one thread.
 */
public final class Restore {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final String WHY =
      "The ledger was restored from %s and knows nothing of what was sent after that. Look at"
          + " status, drop the newest export of each feed again, cancel files that were answered"
          + " after the backup, then resume.";

  private final LedgerLogin place;
  private final Path dataFolder;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * What came of it.
   *
   * @param aside where the ledger is now that was there before; null if there was none
   * @param answered number and name of files that were open in the backup and whose bytes are in
   *     the archive: they were answered after it
   * @param ended those of files whose bytes are nowhere
   */
  public record Restored(@Nullable Path aside, List<String> answered, List<String> ended) {}

  public Restore(LedgerLogin place, Path dataFolder, InstantSource clock, ZoneId zone) {
    this.place = place;
    this.dataFolder = dataFolder;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * Does it.
   *
   * @throws StartFailure if it can't be done, for a reason that its message says; then everything
   *     is as it was
   */
  public Restored from(Path backup) throws StartFailure {
    Path ledger =
        place
            .file()
            .orElseThrow(
                () ->
                    failure(
                        place
                            + " is not an embedded ledger; restore it by the means of its database",
                        new IOException("not embedded")));
    if (!Files.isReadable(backup)) {
      throw failure(backup + ": no such file, or no right to read it", new IOException("no file"));
    }
    refuseInUse(ledger);
    Path made = ledger.resolveSibling("." + ledger.getFileName() + ".restored.mv.db");
    try {
      OwnerOnly.file(made); // before the rows are in it
      Restored found =
          RestoredLedger.unpacked(
              backup, place, made, LedgerOpening.ACCOUNT, restore -> makeSafe(restore, backup));
      return new Restored(replace(ledger, made), found.answered(), found.ended());
    } catch (ZipException e) {
      throw failure(backup + " is no backup of a ledger: " + e.getMessage(), e);
    } catch (IOException | LedgerException e) {
      throw failure(backup + " could not be restored: " + Causes.words(e), e);
    }
  }

  /** The database locks its file as long as it is open. */
  private static void refuseInUse(Path ledger) throws StartFailure {
    if (Files.exists(ledger)) {
      try (FileChannel channel = FileChannel.open(ledger, StandardOpenOption.WRITE);
          @Nullable FileLock lock = channel.tryLock()) {
        if (lock == null) {
          throw failure(
              ledger + " is in use: stop the instance that runs on this data folder first",
              new IOException("locked"));
        }
      } catch (IOException | OverlappingFileLockException e) {
        throw failure(ledger + " can't be replaced: " + Causes.words(e), e);
      }
    }
  }

  private Restored makeSafe(RestoredLedger restore, Path backup) throws IOException {
    restore
        .pauses()
        .forEach(
            pauses -> AccountGuard.storePauseByHand(pauses, WHY.formatted(backup.getFileName())));
    restore.makeSlotsUnknown();
    List<String> answered = new ArrayList<>();
    List<String> ended = new ArrayList<>();
    for (Moved file : restore.withoutBytes(dataFolder)) {
      Optional<Path> found = inArchive(file);
      if (found.isPresent()) {
        Path relative = dataFolder.toAbsolutePath().relativize(found.get());
        restore.isAt(file, relative.toString().replace('\\', '/'));
        answered.add(named(file));
      } else {
        restore.end(
            file,
            "The ledger was restored from a backup, and the file's bytes are neither in spool nor in"
                + " archive. Drop it again if it is still wanted.",
            clock.instant());
        ended.add(named(file));
      }
    }
    return new Restored(null, answered, ended);
  }

  private Optional<Path> inArchive(Moved file) throws IOException {
    Path archive = dataFolder.toAbsolutePath().resolve("archive");
    if (!Files.isDirectory(archive)) {
      return Optional.empty();
    }
    List<Path> sameSize;
    try (Stream<Path> files = Files.walk(archive)) {
      sameSize =
          files
              .filter(Files::isRegularFile)
              .filter(each -> each.toFile().length() == file.bytes())
              .collect(Collectors.toList());
    }
    for (Path each : sameSize) {
      if (Sha256.of(each).equals(file.sha256())) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** There is a whole ledger at any moment: the new one takes the name in one step. */
  private @Nullable Path replace(Path ledger, Path made) throws IOException {
    @Nullable Path aside = null;
    if (Files.exists(ledger)) {
      aside =
          ledger.resolveSibling(
              "ledger-before-restore-"
                  + STAMP.format(LocalDateTime.ofInstant(clock.instant(), zone))
                  + ".mv.db");
      try {
        Files.createLink(aside, ledger);
      } catch (UnsupportedOperationException e) { // a file system without links
        Files.move(ledger, aside);
      }
    }
    Files.move(made, ledger, StandardCopyOption.ATOMIC_MOVE);
    return aside;
  }

  private static String named(Moved file) {
    return "file %d, %s".formatted(file.no(), file.name());
  }

  private static StartFailure failure(String what, Exception cause) {
    return StartFailure.environment(what, cause);
  }
}
