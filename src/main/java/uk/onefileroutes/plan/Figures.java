package uk.onefileroutes.plan;

import java.util.EnumMap;
import java.util.Map;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Verdict;
import uk.onefileroutes.ledger.SlotFigures;

/** What a file is judged by, counted while it is read. Rows come in order. For one thread. */
final class Figures {
  private long row = -1;
  private boolean asks;
  private boolean isInvalid;
  private long rows;
  private long invalid;
  private final Map<Code, Long> faults = new EnumMap<>(Code.class);
  private SlotFigures slots = SlotFigures.NONE;

  /** Takes what one part of a row asks for; the parts of a row follow each other. */
  void add(Verdict verdict) {
    if (verdict.row() != row) {
      row = verdict.row();
      asks = false;
      isInvalid = false;
    }
    if (!asks && !(verdict instanceof Verdict.Ignored)) {
      asks = true;
      rows++;
    }
    if (verdict instanceof Verdict.Invalid found) {
      invalid += isInvalid ? 0 : 1;
      isInvalid = true;
      found.faults().forEach(fault -> faults.merge(fault.code(), 1L, Long::sum));
    }
  }

  /** Takes what a chunk did to slots. */
  void add(SlotFigures chunk) {
    slots = slots.plus(chunk);
  }

  /** Rows that ask for something: one each, however many assignments they ask for. */
  long rows() {
    return rows;
  }

  /** Rows of which something is invalid. */
  long invalid() {
    return invalid;
  }

  /** How often which fault was found. */
  Map<Code, Long> faults() {
    return faults;
  }

  SlotFigures slots() {
    return slots;
  }
}
