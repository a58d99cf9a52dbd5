package uk.onefileroutes.receive;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.strategy.GenericFileDeleteProcessStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.AcceptedFiles;

/**
 * Removes a source file with its marker once it was accepted, and only then notes in the ledger
 * that it is gone: a file that is found again before that was left behind by a crash, one that is
 * found after it was dropped again. A file that is not what was listed is not read, and one that is
 * no more what was read stays: it is another, and taken for itself.
 */
public final class RemoveAccepted extends GenericFileDeleteProcessStrategy<File> {
  private static final Logger LOG = LoggerFactory.getLogger(RemoveAccepted.class);
  private static final String SOURCE = "sourceBeforeItWasRead";

  private final Feed feed;
  private final ReadyFilter<?> ready;
  private final AcceptedFiles files;

  /** What tells a file from what it was. */
  private record State(long bytes, long modified) {
    static State of(GenericFile<File> file) {
      return new State(file.getFile().length(), file.getFile().lastModified());
    }
  }

  public RemoveAccepted(Feed feed, ReadyFilter<?> ready, AcceptedFiles files) {
    this.feed = feed;
    this.ready = ready;
    this.files = files;
  }

  @Override
  public boolean begin(
      GenericFileOperations<File> operations,
      GenericFileEndpoint<File> endpoint,
      Exchange exchange,
      GenericFile<File> file)
      throws Exception {
    State before = State.of(file);
    exchange.setProperty(SOURCE, before);
    return ready.isStill(file.getFileNameOnly(), before.bytes, before.modified)
        && super.begin(operations, endpoint, exchange, file);
  }

  @Override
  public void commit(
      GenericFileOperations<File> operations,
      GenericFileEndpoint<File> endpoint,
      Exchange exchange,
      GenericFile<File> file)
      throws Exception {
    if (State.of(file).equals(exchange.getProperty(SOURCE))) {
      removeMarkers(file.getFile().toPath());
      remove(operations, endpoint, exchange, file);
    } else if (file.getFile().exists()) {
      sayChanged(feed, file);
    }
    Step.SOURCE_REMOVED.done();
    if (exchange.getMessage().getBody() instanceof Answered answered) {
      answered.sourceRemoved();
      return;
    }
    Long no = exchange.getMessage().getBody(Long.class);
    if (no != null) {
      files.sourceRemoved(no);
    }
  }

  private void remove(
      GenericFileOperations<File> operations,
      GenericFileEndpoint<File> endpoint,
      Exchange exchange,
      GenericFile<File> file)
      throws Exception {
    try {
      super.commit(operations, endpoint, exchange, file);
    } catch (GenericFileOperationFailedException e) {
      throw new IOException(
          "it was read and can't be removed; give the user of this process the right to write to "
              + feed.places().source(),
          e);
    }
  }

  /** Says that what was read is not what lies there now. */
  public static void sayChanged(Feed feed, GenericFile<?> file) {
    LOG.warn(
        "Feed {}: {} was changed after it was read; it stays, and is taken again as a file of its"
            + " own. Have it written under another name and renamed when it is complete",
        feed.name(),
        SafeName.of(file.getFileNameOnly()));
  }

  /** First: a marker left alone would pass the next file of that name off as complete. */
  private void removeMarkers(Path file) throws IOException {
    for (String marker : ready.markersOf(file.getFileName().toString())) {
      Files.deleteIfExists(file.resolveSibling(marker));
    }
  }
}
