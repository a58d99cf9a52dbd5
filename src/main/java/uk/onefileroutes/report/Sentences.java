package uk.onefileroutes.report;

import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.StoredRow;

/**
 * The sentences of the results where the code says it all, so that the ledger need not keep them
 * for a million rows.
 */
final class Sentences {
  /** What is said of a request that Onefile took. */
  static final String SENT = "Assigned.";

  private Sentences() {}

  static RowAnswer answer(StoredRow row, FileEntry file) {
    return RowAnswer.of(
        row,
        sentence(row.state(), file),
        new RowAnswer.Tried(row.httpStatus(), row.attempts(), row.changedAt()));
  }

  private static String sentence(RowState state, FileEntry file) {
    @Nullable Long equalFile = file.received().equalFile();
    return switch (state) {
      case PLANNED -> file.state() == FileState.HELD ? "Held: not sent yet." : "Not sent yet.";
      case SENDING -> "Being sent.";
      case WAITING -> "Will be tried again.";
      case SENT -> SENT;
      case UNCHANGED ->
          "Nothing was sent: as far as we know Onefile holds this already."
              + (equalFile == null ? "" : " This file equals the earlier file " + equalFile + ".");
      case IGNORED -> "Asks for nothing.";
      case SUPERSEDED -> "Something newer asks in its place.";
      case CANCELLED -> "Cancelled.";
      case INVALID, REJECTED, BLOCKED -> "";
    };
  }
}
