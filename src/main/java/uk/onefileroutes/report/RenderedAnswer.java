package uk.onefileroutes.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.feed.ResultsPlace;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.ReportSteps;
import uk.onefileroutes.ledger.ReportSteps.Announced;

/**
 * A file's answer on its way into the feed's results place.
 *
 * @param complete whether all of the file's rows are final
 * @param results of a refused file: why it was
 * @param rejects null where no row was rejected
 */
record RenderedAnswer(FileEntry file, boolean complete, Path results, @Nullable Path rejects) {

  /**
   * Announces the names under which it is written; committed when it returns. Those of an earlier
   * run stand, unless rows have moved on or somebody took its names.
   *
   * @param now stamps names that are taken
   */
  Announced announce(ReportSteps reports, ResultsPlace.Look look, LocalDateTime now)
      throws IOException {
    Optional<Announced> earlier = reports.unwritten(file.no());
    if (earlier.isPresent() && isStillGood(earlier.get(), look)) {
      return earlier.get();
    }
    String like = SafeName.ofAnswer(file.name());
    String ending = SafeName.ending(like);
    String resultsName =
        file.state() == FileState.REFUSED
            // as in refused/: the whole name stays, with its ending
            ? look.freeName(SafeName.of(file.name()) + ".refused", "error.txt", now)
            : look.freeName(like, "results." + ending, now);
    String rejectsName = rejects == null ? null : look.freeName(like, "rejects." + ending, now);
    return reports.announce(file.no(), complete, resultsName, rejectsName);
  }

  private boolean isStillGood(Announced earlier, ResultsPlace.Look look) throws IOException {
    return earlier.complete() == complete
        && isFreeFor(look, earlier.resultsName(), results)
        && (earlier.rejectsName() == null
            ? rejects == null
            : rejects != null && isFreeFor(look, earlier.rejectsName(), rejects));
  }

  private static boolean isFreeFor(ResultsPlace.Look look, String name, Path bytes)
      throws IOException {
    return look.isFree(name) || look.holds(name, bytes);
  }

  /** What of it is not in the results place yet, in the order in which it is to be written. */
  List<ReportFile> missing(Announced announced, ResultsPlace.Look look) throws IOException {
    List<ReportFile> all = new ArrayList<>();
    if (announced.rejectsName() != null && rejects != null) {
      all.add(new ReportFile(file.feed(), announced.rejectsName(), rejects));
    }
    // last, so that a sender who waits for the results finds the rejects beside them
    all.add(new ReportFile(file.feed(), announced.resultsName(), results));
    List<ReportFile> missing = new ArrayList<>();
    for (ReportFile report : all) {
      if (!look.holds(report.name(), report.bytes())) {
        missing.add(report);
      }
    }
    return missing;
  }
}
