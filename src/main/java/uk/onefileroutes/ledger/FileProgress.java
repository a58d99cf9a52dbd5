package uk.onefileroutes.ledger;

import java.util.Map;
import uk.onefileroutes.assignment.RowState;

/**
 * How far a file is.
 *
 * @param tally how many of its rows are in which state; states without rows are left out
 * @param rows their sum: an assignment each, where a row asks for several
 */
public record FileProgress(FileEntry file, Map<RowState, Long> tally, long rows) {
  public FileProgress {
    tally = Map.copyOf(tally);
  }
}
