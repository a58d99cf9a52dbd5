package uk.onefileroutes.plan;

import uk.onefileroutes.assignment.Verdict;
import uk.onefileroutes.ledger.SlotFigures;

/** What a file is judged by, counted while it is read. Rows come in order. For one thread. */
final class Figures {
  private long row = -1;
  private boolean asks;
  private boolean isInvalid;
  private long rows;
  private long invalid;
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
    if (!isInvalid && verdict instanceof Verdict.Invalid) {
      isInvalid = true;
      invalid++;
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

  SlotFigures slots() {
    return slots;
  }
}
