package uk.onefileroutes.derived;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.FileEntry.Made;
import uk.onefileroutes.ledger.Undoing;

/**
 * Undoes files: writes a file that gives their slots back what they held, and accepts it as the
 * newest of its feed. Thread-safe.
 */
public final class Undos {
  private static final Logger LOG = LoggerFactory.getLogger(Undos.class);
  private static final int MAX_TRIES = 10;

  private final MadeSpool spool;
  private final Undoing ledger;

  public Undos(MadeSpool spool, Undoing ledger) {
    this.spool = spool;
    this.ledger = ledger;
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
    for (int i = 0; i < MAX_TRIES; i++) {
      long newest = ledger.begin(file);
      UndoRows rows = new UndoRows();
      Optional<MadeSpool.Accepted> made =
          spool.accept(
              file, Made.UNDO, newest, to -> rows.write(file.no(), ledger.rows(file.no()), to));
      if (made.isPresent()) {
        long no = made.get().no();
        LOG.info("File {} made: it undoes file {}: {}", no, file.no(), rows.counts());
        return new Undone(no, made.get().name(), rows.counts(), rows.stays());
      }
    }
    throw new ActionRefused(
        "Files came in while file %d was looked at; undo it again.".formatted(file.no()));
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
    String unusedDigest =
        spool.write(file, place, to -> rows.write(file.no(), ledger.rows(file.no()), to));
    return new Undone(null, MadeSpool.name(file, Made.UNDO), rows.counts(), rows.stays());
  }
}
