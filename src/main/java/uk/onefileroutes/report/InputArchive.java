package uk.onefileroutes.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.FileEntry;

/**
 * Where inputs are kept once their files are done: a folder a month. May be interrupted anywhere
 * and called again. Stateless.
 */
final class InputArchive {
  private final Path dataFolder;
  private final AcceptedFiles files;

  InputArchive(Path dataFolder, AcceptedFiles files) {
    this.dataFolder = dataFolder;
    this.files = files;
  }

  /**
   * Moves a file's input from the spool; the ledger knows the new place before the old one goes.
   */
  void add(FileEntry file, LocalDateTime now) throws IOException {
    if (!file.stored().startsWith(Reports.SPOOL + "/")) {
      return; // archived already, by a run that ended before it could say so, or before a retry
    }
    Path spooled = dataFolder.resolve(file.stored());
    String month = "archive/%04d/%02d".formatted(now.getYear(), now.getMonthValue());
    Path folder = Files.createDirectories(dataFolder.resolve(month));
    Path place = SafeName.put(folder, file.name(), spooled, now);
    Step.INPUT_ARCHIVED.done();
    files.storedAt(file.no(), month + "/" + place.getFileName());
    Files.delete(spooled);
    Step.SPOOL_CLEARED.done();
  }
}
