package uk.onefileroutes.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.table.UnreadableFile;

/**
 * Puts files that can't be read into {@code refused/}, each beside a text that says why and how to
 * fix it. Thread-safe.
 */
public final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final String FOLDER = "refused";

  private final Path dataFolder;
  private final AcceptedFiles files;
  private final InstantSource clock;
  private final ZoneId zone;

  public Refusals(Path dataFolder, AcceptedFiles files, InstantSource clock, ZoneId zone) {
    this.dataFolder = dataFolder;
    this.files = files;
    this.clock = clock;
    this.zone = zone;
  }

  /** Refuses a file. May run again after a crash: the same bytes are not put there twice. */
  public void refuse(@Variable("file") FileEntry file, Exception cause) throws IOException {
    UnreadableFile reason = reason(cause);
    Path spooled = dataFolder.resolve(file.stored());
    Path folder = Files.createDirectories(dataFolder.resolve(FOLDER));
    LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), zone);
    // put there by a run that ended before it could say so: then these are its only bytes
    boolean isMoved = file.stored().startsWith(FOLDER + "/");
    String kept = isMoved ? spooled.getFileName().toString() : SafeName.of(file.name());
    if (!isMoved && Files.exists(spooled)) {
      kept = SafeName.put(folder, file.name(), spooled, now).getFileName().toString();
      Step.REFUSED_FILE_MOVED.done();
    }
    String which =
        "File %d, \"%s\" of feed %s. Nothing of it was sent to Onefile. Drop the fixed file again, under any name."
            .formatted(file.no(), SafeName.of(file.name()), file.feed());
    Files.writeString(folder.resolve(explanation(kept)), text(reason, which));
    Step.REFUSAL_EXPLAINED.done();
    files.storedAt(file.no(), FOLDER + "/" + kept);
    files.refuse(
        file.no(), reason.code().name(), reason.what() + " " + reason.remedy(), clock.instant());
    if (!isMoved) {
      Files.deleteIfExists(spooled);
      Step.SPOOL_CLEARED.done();
    }
    LOG.warn(
        "File {} refused: {} ({}). It is in {} with an error.txt beside it",
        file.no(),
        reason.code(),
        SafeName.of(file.name()),
        FOLDER);
  }

  /** Where the text lies that says why this file was refused. */
  static String explanation(String refused) {
    return refused + ".error.txt";
  }

  private static UnreadableFile reason(Exception cause) {
    if (cause instanceof UnreadableFile.WhileReading reading) {
      return reading.reason();
    }
    return (UnreadableFile) cause;
  }

  /**
   * What is told of a file that can't be read.
   *
   * @param which a sentence on what file it is
   */
  static String text(UnreadableFile reason, String which) {
    return """
        %s

        What:   %s
        Where:  %s
        To do:  %s

        %s
        """
        .formatted(
            reason.code(),
            reason.what(),
            reason.line() > 0 ? "line " + reason.line() : "the file as a whole",
            reason.remedy(),
            which);
  }
}
