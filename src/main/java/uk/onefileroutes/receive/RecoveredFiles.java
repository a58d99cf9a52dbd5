package uk.onefileroutes.receive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.Sha256;

/**
 * Whole files of the spool that the ledger does not know, because it was lost or put back to an
 * earlier day: they may be all that is left of them, and are put into {@code recovered/}. Where a
 * crash came right before the ledger knew one, its source is still there: once that is accepted,
 * the recovered copy is deleted, by this run or a later one. Thread-safe.
 */
final class RecoveredFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RecoveredFiles.class);
  private static final String RECOVERED = "recovered";
  private static final Pattern WHOLE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Path dataFolder;
  private final AcceptedFiles files;
  private final Map<String, Path> copies = new ConcurrentHashMap<>(); // by SHA-256

  RecoveredFiles(Path dataFolder, AcceptedFiles files) {
    this.dataFolder = dataFolder;
    this.files = files;
  }

  /** Takes up what earlier runs recovered, and clears the spool of all that is not needed there. */
  void clear(Path spool) throws IOException {
    takeUp();
    Set<String> needed = files.stored();
    try (Stream<Path> found = Files.list(spool)) {
      for (Path file : found.toList()) {
        if (!needed.contains(Intake.SPOOL + "/" + file.getFileName())) {
          if (!isWhole(file) || files.knows(Sha256.of(file))) {
            Files.delete(file);
          } else {
            recover(file);
          }
        }
      }
    }
  }

  private void takeUp() throws IOException {
    Path folder = dataFolder.resolve(RECOVERED);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> found = Files.list(folder)) {
      for (Path copy : found.toList()) {
        if (isWhole(copy)) { // else it is a person's
          String sha256 = Sha256.of(copy);
          copies.put(sha256, copy);
          if (files.knows(sha256)) {
            hasCome(sha256);
          }
        }
      }
    }
  }

  private void recover(Path file) throws IOException {
    Path folder = Files.createDirectories(dataFolder.resolve(RECOVERED));
    Path copy = folder.resolve(file.getFileName());
    Files.move(file, copy);
    Step.FILE_RECOVERED.done();
    copies.put(Sha256.of(copy), copy);
    LOG.warn(
        "The spool held a file that the ledger does not know; it is now {}. Unless the log says that"
            + " it came again by itself: look at it, and drop it again if it is still wanted",
        copy);
  }

  /** Deletes the recovered copy of bytes that were accepted, if there is one. */
  void hasCome(String sha256) {
    Path copy = copies.remove(sha256);
    try {
      if (copy != null && Files.deleteIfExists(copy)) {
        LOG.info("What was recovered as {} has come again; that copy is deleted", copy);
      }
    } catch (IOException e) { // the file is accepted all the same
      LOG.warn("What was recovered as {} has come again; that copy can't be deleted", copy);
    }
  }

  private static boolean isWhole(Path file) {
    return WHOLE.matcher(file.getFileName().toString()).matches();
  }
}
