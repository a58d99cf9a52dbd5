package uk.onefileroutes.plan;

import java.util.Map;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.ledger.FileFigures;
import uk.onefileroutes.ledger.SlotFigures;

/**
 * What a file was found to be while it was read.
 *
 * @param rows that ask for something: one each, however many assignments they ask for
 * @param invalid of these, those of which something is invalid
 * @param faults what is wrong with them
 * @param slots what it does to slots
 * @param kept what the next file is compared with
 */
record ReadFigures(
    long rows, long invalid, Map<Code, FaultFigure> faults, SlotFigures slots, FileFigures kept) {
  ReadFigures {
    faults = Map.copyOf(faults);
  }

  /**
   * Rows that have the same code.
   *
   * @param rows how many
   * @param firstRow the first of them
   * @param example what is wrong with that one, without what must not be shown
   */
  record FaultFigure(long rows, long firstRow, String example) {}
}
