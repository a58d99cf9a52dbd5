package uk.onefileroutes.plan;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Verdict;
import uk.onefileroutes.ledger.Contradictions;
import uk.onefileroutes.ledger.FileFigures;
import uk.onefileroutes.ledger.SlotFigures;

/** What a file is judged by, counted while it is read. Rows come in order. For one thread. */
final class Figures {
  private long row = -1;
  private boolean asks;
  private final Set<Code> codesOfRow = EnumSet.noneOf(Code.class);
  private long rows;
  private long invalid;
  private final Map<Code, Long> faults = new EnumMap<>(Code.class);
  private final Map<Code, ReadFigures.FaultFigure> faultyRows = new EnumMap<>(Code.class);
  private SlotFigures slots = SlotFigures.NONE;

  /** Takes what one part of a row asks for; the parts of a row follow each other. */
  void add(Verdict verdict) {
    if (verdict.row() != row) {
      row = verdict.row();
      asks = false;
      codesOfRow.clear();
    }
    if (!asks && !(verdict instanceof Verdict.Ignored)) {
      asks = true;
      rows++;
    }
    if (verdict instanceof Verdict.Invalid found) {
      invalid += codesOfRow.isEmpty() ? 1 : 0;
      found
          .faults()
          .forEach(
              fault -> {
                faults.merge(fault.code(), 1L, Long::sum);
                if (codesOfRow.add(fault.code())) {
                  faultyRows.merge(
                      fault.code(),
                      new ReadFigures.FaultFigure(1, row, SafeExample.of(fault)),
                      (before, one) ->
                          new ReadFigures.FaultFigure(
                              before.rows() + 1, before.firstRow(), before.example()));
                }
              });
    }
  }

  /** Takes what a chunk did to slots. */
  void add(SlotFigures chunk) {
    slots = slots.plus(chunk);
  }

  /** Takes what the refusal of contradictions did to rows that were read. */
  void add(Contradictions.Refused refused) {
    invalid += refused.rows();
    slots = slots.plus(refused.slots());
    if (refused.assignments() > 0) {
      faults.put(Code.CONTRADICTION, refused.assignments());
      faultyRows.put(
          Code.CONTRADICTION,
          new ReadFigures.FaultFigure(
              refused.rows(),
              refused.firstRow(),
              "another row asks for somebody else in its place"));
    }
  }

  /** How often which fault was found. */
  Map<Code, Long> faults() {
    return faults;
  }

  /** All there is, with what the next file is compared with. */
  ReadFigures read(FileFigures kept) {
    return new ReadFigures(rows, invalid, faultyRows, slots, kept);
  }
}
