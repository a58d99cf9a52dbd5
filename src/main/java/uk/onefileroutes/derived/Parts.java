package uk.onefileroutes.derived;

import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.assignment.Slot;
import uk.onefileroutes.dryrun.PlanFile;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.FileEntry.Made;

/**
 * Releases parts of held files: writes a file that asks for some of what the held one asks for, and
 * accepts it as the newest of its feed. The held one stays held; what the part sent is unchanged
 * there once it is released too. Thread-safe.
 */
public final class Parts {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
  private static final String HEADER = Columns.HEADER + ",of_row\n";

  private final MadeSpool spool;

  /**
   * Which rows of a plan.
   *
   * @param onlyAdds those that are not known to replace anybody
   * @param first so many, in the order of the file; null: all
   */
  public record Selection(boolean onlyAdds, @Nullable Long first) {
    boolean takes(PlanFile.Line line, long taken) {
      return (!onlyAdds || line.change().isAdd()) && (first == null || taken < first);
    }
  }

  /**
   * A part that was accepted.
   *
   * @param rows how many rows it has
   */
  public record Part(long file, String name, long rows) {}

  public Parts(MadeSpool spool) {
    this.spool = spool;
  }

  /**
   * Begins with a held file, before it is looked at what it would send.
   *
   * @return for {@link #accept}
   * @throws ActionRefused while a newer file is read
   */
  public long begin(FileEntry held) throws ActionRefused {
    return spool.ledger().begin(held);
  }

  /**
   * Accepts a part of a held file; planning it follows, and it is not held.
   *
   * @param begun what {@link #begin} said
   * @param now what the file would send
   * @throws ActionRefused if nothing is selected, or a file came in meanwhile; nothing was done
   */
  public Part accept(FileEntry held, long begun, PlanFile now, Selection selection)
      throws ActionRefused, IOException {
    long[] rows = new long[1];
    Optional<MadeSpool.Accepted> made =
        spool.accept(
            held,
            Made.PART,
            begun,
            to -> {
              rows[0] = now.read(lines -> write(lines, selection, to));
              if (rows[0] == 0) {
                throw new ActionRefused(
                    "File %d would send nothing of that kind; it stays held.".formatted(held.no()));
              }
            });
    if (made.isEmpty()) {
      throw new ActionRefused(
          "Files came in while file %d was looked at; release its part again."
              .formatted(held.no()));
    }
    LOG.info(
        "File {} made: {} assignments of the held file {}", made.get().no(), rows[0], held.no());
    return new Part(made.get().no(), made.get().name(), rows[0]);
  }

  private static long write(Iterator<PlanFile.Line> lines, Selection selection, Writer to)
      throws IOException {
    to.write(HEADER);
    long rows = 0;
    while (lines.hasNext()) {
      PlanFile.Line line = lines.next();
      if (selection.takes(line, rows)) {
        rows++;
        to.write(line(line));
      }
    }
    return rows;
  }

  private static String line(PlanFile.Line line) {
    PlanFile.Change change = line.change();
    String cells = Columns.of(change.learner(), Slot.of(change.slot()), line.role(), change.to());
    return cells + "," + line.row() + "\n";
  }
}
