package uk.onefileroutes.dryrun;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.table.UnreadableFile;

/**
 * Says how two exports of one feed differ: both are run dry, one within the other, and what they
 * ask for is compared where it stands, in the ledger. Thread-safe.
 */
public final class ExportComparison {
  private final DryRuns dryRuns;

  public ExportComparison(DryRuns dryRuns) {
    this.dryRuns = dryRuns;
  }

  /**
   * Compares them.
   *
   * @param file as of {@link DryRuns#run}; what is new
   * @param other the same; what was before
   */
  public ExportDifference of(String file, String other, String feedName) throws IOException {
    Path place = dryRuns.newFolder();
    Path otherPlace = dryRuns.newFolder();
    try {
      DryRun mine = asked(file, feedName, place);
      DryRun theirs = asked(other, feedName, otherPlace);
      if (!mine.feed().name().equals(theirs.feed().name())) {
        throw new ActionRefused(
            "%s is of feed %s, %s of feed %s; only exports of one feed are compared."
                .formatted(
                    mine.file().name(),
                    mine.feed().name(),
                    theirs.file().name(),
                    theirs.feed().name()));
      }
      List<ExportDifference> found = new ArrayList<>();
      mine.lookAt(
          rows -> {
            theirs.lookAt(others -> found.add(ExportDifference.of(mine, theirs, rows, others)));
            DryRunReport unused = dryRuns.run(theirs);
          });
      DryRunReport unused = dryRuns.run(mine);
      return found.get(0);
    } catch (UnreadableFile | ActionRefused e) {
      return ExportDifference.fault(file, other, String.valueOf(e.getMessage()));
    } finally {
      DryRun.delete(place);
      DryRun.delete(otherPlace);
    }
  }

  private DryRun asked(String file, String feedName, Path place) throws ActionRefused {
    return dryRuns.asked(file.strip(), feedName.strip(), place, DryRun.Wanted.NOTHING);
  }
}
