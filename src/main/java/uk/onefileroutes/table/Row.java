package uk.onefileroutes.table;

import java.util.List;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;

/**
 * One record of a file as it stands there, the header aside.
 *
 * @param number the first after the header is 1
 * @param text the record's own text without its line end; only its beginning where the record is
 *     over the feed's limit
 * @param cells its cells, untouched; split as well as possible where the quoting is broken
 * @param faults what is wrong with the record itself
 */
public record Row(long number, String text, List<String> cells, List<Fault> faults) {

  /** Whether {@link #text} is whole and well quoted, so that it can be repeated as it is. */
  public boolean isWellFormed() {
    return faults.stream()
        .noneMatch(fault -> fault.code() == Code.BAD_QUOTING || fault.code() == Code.TOO_LONG);
  }

  /** Whether there is nothing in the record but delimiters and spaces. */
  public boolean isBlank() {
    return faults.isEmpty() && Cells.areBlank(cells);
  }
}
