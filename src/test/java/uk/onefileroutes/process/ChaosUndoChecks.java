package uk.onefileroutes.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import uk.onefileroutes.process.ChaosEvidence.AnsweredRow;

/** What undos made of the files that they undid. Each check returns what is wrong. */
final class ChaosUndoChecks {
  private ChaosUndoChecks() {}

  /** Nobody is assigned again who was not there before. */
  static List<String> givesBackWhatWasHeld(ChaosEvidence evidence) {
    ChaosModel model = ChaosModel.of(evidence.rows());
    List<String> wrong = new ArrayList<>();
    for (ChaosData.Accepted file : evidence.accepted()) {
      if (file.undo() != null) {
        for (ChaosRow row : evidence.dropped(file).rows()) {
          if (row.ask() != null) {
            Set<Integer> before = model.before(file.undo().of(), row.undoneRow());
            if (!before.contains(row.ask().assignee())) {
              wrong.add(file + " restores " + row + ", where there was " + before);
            }
          }
        }
      }
    }
    return wrong;
  }

  /** Who was there before for sure is assigned again, unless a newer file reached the slot. */
  static List<String> leavesNothingOut(ChaosEvidence evidence) {
    List<AnsweredRow> rows = evidence.rows();
    ChaosModel model = ChaosModel.of(rows);
    List<String> wrong = new ArrayList<>();
    for (ChaosData.Accepted file : evidence.accepted()) {
      if (file.undo() != null) {
        List<ChaosRow> restored =
            evidence.dropped(file).rows().stream().filter(row -> row.ask() != null).toList();
        rows.stream()
            .filter(row -> row.file() == file.undo().of() && row.state().equals("sent"))
            .filter(row -> isToBeRestored(row, model.before(row.file(), row.row())))
            .filter(row -> !isReachedBetween(row, file.no(), rows))
            .filter(row -> restored.stream().noneMatch(back -> isOf(back, row)))
            .forEach(row -> wrong.add(file + " leaves out " + row));
      }
    }
    return wrong;
  }

  private static boolean isToBeRestored(AnsweredRow row, Set<Integer> before) {
    return before.size() == 1
        && !before.contains(ChaosModel.NOTHING)
        && !before.contains(row.ask().assignee())
        && !row.ask().slot().what().startsWith("additional/");
  }

  private static boolean isReachedBetween(AnsweredRow row, long undo, List<AnsweredRow> rows) {
    return rows.stream()
        .filter(other -> other.file() > row.file() && other.file() < undo)
        .filter(other -> other.asked().ask() != null && other.attempts() > 0)
        .anyMatch(other -> other.ask().slot().equals(row.ask().slot()));
  }

  private static boolean isOf(ChaosRow back, AnsweredRow row) {
    return back.undoneRow() == row.row()
        && back.ask() != null
        && back.ask().slot().equals(row.ask().slot());
  }
}
