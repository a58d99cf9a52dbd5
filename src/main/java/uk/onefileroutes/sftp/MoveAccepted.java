package uk.onefileroutes.sftp;

import com.jcraft.jsch.SftpATTRS;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
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
import uk.onefileroutes.receive.Markers;
import uk.onefileroutes.receive.ReadyFilter;
import uk.onefileroutes.receive.RemoveAccepted;
import uk.onefileroutes.receive.SourceTime;

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
  private final ReadyFilter<?> ready;
  private final AcceptedFiles files;
  private final InstantSource clock;
  private final ZoneId zone;
  private final AtomicBoolean mayBeUnfinished = new AtomicBoolean(true);

  /**
   * @param feed one whose files come from a server
   * @param zone of the stamps in names
   */
  public MoveAccepted(
      Feed feed, ReadyFilter<?> ready, AcceptedFiles files, InstantSource clock, ZoneId zone) {
    this.feed = feed;
    this.drop = (Place.Remote) feed.places().source();
    this.ready = ready;
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
    FeedSftpOperations server = (FeedSftpOperations) operations;
    if (exchange.getMessage().getBody() instanceof Answered answered) {
      moveUnlessChanged(server, file);
      answered.sourceRemoved();
      return;
    }
    Long no = exchange.getMessage().getBody(Long.class);
    if (no != null) {
      mayBeUnfinished.set(true);
      moveUnlessChanged(server, file);
      files.sourceRemoved(no);
      mayBeUnfinished.set(false);
    }
  }

  /** What was written to since it was read is another file: it stays, and is taken for itself. */
  private void moveUnlessChanged(FeedSftpOperations server, GenericFile<SftpRemoteFile> file) {
    String name = file.getFileNameOnly();
    SftpSession session = server.files();
    boolean isChanged =
        session
            .find(path(name))
            .filter(
                found ->
                    found.getSize() != file.getFileLength()
                        || found.getMTime() * 1000L != file.getLastModified())
            .isPresent();
    if (isChanged) {
      RemoveAccepted.sayChanged(feed, file);
    } else {
      move(session, name, ready.markersOf(name));
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
            move(session, source.name(), markersOf(session, source.name()));
          }
          files.sourceRemoved(source.no());
        }
      }
    }
    mayBeUnfinished.set(false);
  }

  private static boolean isSame(SftpATTRS found, AcceptedFiles.Source source) {
    return found.getSize() == source.bytes()
        && SourceTime.of(found.getMTime() * 1000L).equals(source.modified());
  }

  private List<String> markersOf(SftpSession session, String name) {
    return feed.places().ready() == Feed.Ready.DONE
        ? new Markers(session.names(drop.directory())).of(name)
        : List.of();
  }

  private void move(SftpSession session, String name, List<String> markers) {
    // first: a marker left alone would pass the next file of that name off as complete
    for (String marker : markers) {
      if (session.find(path(marker)).isPresent()) {
        session.remove(path(marker));
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
