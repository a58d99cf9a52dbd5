package uk.onefileroutes.derived;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Slot;
import uk.onefileroutes.feed.MadeFiles;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.UndoDecision;
import uk.onefileroutes.ledger.UndoDecision.Cannot;
import uk.onefileroutes.ledger.UndoDecision.Kept;
import uk.onefileroutes.ledger.UndoDecision.KeptByHand;
import uk.onefileroutes.ledger.UndoDecision.Restored;
import uk.onefileroutes.ledger.UndoDecision.Unchanged;
import uk.onefileroutes.ledger.Undoing;

/** The rows of a file that undoes another, as text; counted while they are written. */
final class UndoRows {
  /** How many of what stays are listed. */
  static final int LISTED = 20;

  private static final String HEADER =
      "%s,%s,undo_row,undo_assignee,undo_reason\n".formatted(Columns.HEADER, MadeFiles.UNDO);

  private long restored;
  private long kept;
  private long cannot;
  private final List<Undone.Stays> stays = new ArrayList<>();

  /**
   * Writes all rows, with a header.
   *
   * @throws ActionRefused if there is none
   */
  void write(long file, Iterator<Undoing.Row> rows, Writer to) throws ActionRefused, IOException {
    to.write(HEADER);
    while (rows.hasNext()) {
      Undoing.Row row = rows.next();
      UndoDecision decision = row.decision();
      if (decision instanceof Restored restore) {
        restored++;
        to.write(line(row, MadeFiles.RESTORED, restore.to(), ""));
      } else if (decision instanceof Kept by) {
        kept++;
        to.write(
            stays(row, MadeFiles.KEPT, "File %d asks for something newer.".formatted(by.by())));
      } else if (decision instanceof KeptByHand) {
        kept++;
        to.write(stays(row, MadeFiles.KEPT, "A person changed it in Onefile since."));
      } else if (decision instanceof Cannot why) {
        cannot++;
        to.write(stays(row, MadeFiles.CANNOT, reason(why.why())));
      } else if (!(decision instanceof Unchanged)) {
        throw new IllegalStateException(decision.toString());
      }
    }
    if (counts().all() == 0) {
      throw new ActionRefused(
          "File %d changed nothing at Onefile; there is nothing to undo.".formatted(file));
    }
  }

  private String stays(Undoing.Row row, String word, String reason) {
    List<Undone.Stays> same = stays.stream().filter(each -> each.undo().equals(word)).toList();
    if (same.size() < LISTED) {
      stays.add(
          new Undone.Stays(
              row.row(), row.learner(), row.slot().slot(), row.slot().assignee(), word, reason));
    }
    return line(row, word, null, reason);
  }

  private static String line(Undoing.Row row, String word, @Nullable Long assignee, String reason) {
    Slot slot = Slot.of(row.slot().slot());
    return String.join(
            ",",
            Columns.of(row.learner(), slot, slot.role(), assignee),
            word,
            Long.toString(row.row()),
            Long.toString(row.slot().assignee()),
            reason.isEmpty() ? "" : '"' + reason + '"')
        + "\n";
  }

  private static String reason(UndoDecision.Why why) {
    return switch (why) {
      case WAS_EMPTY -> "Nobody was assigned before, and Onefile has no unassign.";
      case ADDITIONAL -> "An additional assignment replaces nobody, and Onefile has no unassign.";
      case WAS_UNKNOWN -> "It was not known who was assigned before.";
      case NOT_KEPT -> "It was sent by a version that did not keep who was assigned before.";
    };
  }

  /** How many there were. */
  Undone.Counts counts() {
    return new Undone.Counts(restored, kept, cannot);
  }

  /** The first that stay as they are. */
  List<Undone.Stays> stays() {
    return stays;
  }
}
