package uk.onefileroutes.sftp;

import com.jcraft.jsch.SftpATTRS;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.component.file.strategy.GenericFileProcessStrategySupport;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Place;
import uk.onefileroutes.feed.PlaceFailure;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.receive.Answered;

/**
 * Moves a source file into {@code .done/} of its folder on the server once it was accepted, and
 * only then notes in the ledger that it is gone. A move that failed, or whose answer was lost, is
 * finished before the next poll: without that a file whose marker is gone would lie there for ever,
 * and one that was moved would be taken for left behind when it is dropped again. For one thread.
 */
@SuppressWarnings("rawtypes") // Camel's own signature
public final class MoveAccepted extends GenericFileProcessStrategySupport<SftpRemoteFile> {
  /** The folder for files that were accepted, within the drop folder. */
  public static final String DONE = ".done";

  private final Feed feed;
  private final Place.Remote drop;
  private final AcceptedFiles files;
  private final InstantSource clock;
  private final ZoneId zone;
  private final AtomicBoolean mayBeUnfinished = new AtomicBoolean(true);

  /**
   * @param zone of the stamps in names
   */
  public MoveAccepted(
      Feed feed, Place.Remote drop, AcceptedFiles files, InstantSource clock, ZoneId zone) {
    this.feed = feed;
    this.drop = drop;
    this.files = files;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public void commit(
      GenericFileOperations<SftpRemoteFile> operations,
      GenericFileEndpoint<SftpRemoteFile> endpoint,
      Exchange exchange,
      GenericFile<SftpRemoteFile> file)
      throws Exception {
    super.commit(operations, endpoint, exchange, file);
    if (exchange.getMessage().getBody() instanceof Answered answered) {
      move(((FeedSftpOperations) operations).files(), file.getFileNameOnly());
      answered.sourceRemoved();
      return;
    }
    Long no = exchange.getMessage().getBody(Long.class);
    if (no != null) {
      mayBeUnfinished.set(true);
      move(((FeedSftpOperations) operations).files(), file.getFileNameOnly());
      files.sourceRemoved(no);
      mayBeUnfinished.set(false);
    }
  }

  /**
   * Finishes what an earlier poll, or an earlier run, accepted and could not move or note.
   *
   * @throws PlaceFailure if the server doesn't let it; then it is tried again
   */
  public void finishEarlier() {
    if (!mayBeUnfinished.get()) {
      return;
    }
    var unfinished = files.notRemoved(feed.name());
    if (!unfinished.isEmpty()) {
      try (SftpSession session = SftpSession.open(drop.server())) {
        for (AcceptedFiles.Source source : unfinished) {
          // whatever else is there under its name is not what was accepted
          if (session
              .find(path(source.name()))
              .filter(found -> isSame(found, source))
              .isPresent()) {
            move(session, source.name());
          }
          files.sourceRemoved(source.no());
        }
      }
    }
    mayBeUnfinished.set(false);
  }

  private static boolean isSame(SftpATTRS found, AcceptedFiles.Source source) {
    return found.getSize() == source.bytes()
        && found.getMTime() == source.modified().getEpochSecond();
  }

  private void move(SftpSession session, String name) {
    if (feed.places().ready() == Feed.Ready.DONE) {
      // first: a marker left alone would pass the next file of that name off as complete
      String marker = path(name) + ".done";
      if (session.find(marker).isPresent()) {
        session.remove(marker);
      }
    }
    String folder = path(DONE);
    if (session.find(folder).isEmpty()) {
      session.makeFolder(folder);
    }
    LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), zone);
    String free =
        SafeName.free(
            name,
            SafeName.ending(name),
            now,
            candidate -> session.find(folder + "/" + candidate).isEmpty());
    session.move(path(name), folder + "/" + free);
    Step.SOURCE_REMOVED.done();
  }

  private String path(String name) {
    return drop.directory() + (drop.directory().endsWith("/") ? "" : "/") + name;
  }
}
