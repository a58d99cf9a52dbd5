package uk.onefileroutes.report;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers by row: each row must have at least one, and each answer its row. */
final class Answers {
  private final Iterator<RowAnswer> ordered;
  private @Nullable RowAnswer ahead;

  Answers(Iterator<RowAnswer> ordered) {
    this.ordered = ordered;
    this.ahead = ordered.hasNext() ? ordered.next() : null;
  }

  /** The answers for the next row; rows must be asked for in order. */
  List<RowAnswer> of(long row) {
    List<RowAnswer> parts = new ArrayList<>(1);
    for (RowAnswer answer = ahead; answer != null && answer.row() <= row; answer = ahead) {
      int last = parts.isEmpty() ? -1 : parts.get(parts.size() - 1).part();
      if (answer.row() < row || answer.part() <= last) {
        throw surplus(answer);
      }
      parts.add(answer);
      ahead = ordered.hasNext() ? ordered.next() : null;
    }
    if (parts.isEmpty()) {
      throw new IllegalStateException("row " + row + " has no answer");
    }
    return parts;
  }

  /** Says that there are no more rows. */
  void end() {
    if (ahead != null) {
      throw surplus(ahead);
    }
  }

  private static IllegalStateException surplus(RowAnswer answer) {
    return new IllegalStateException(
        "row " + answer.row() + ", part " + answer.part() + ": an answer too many");
  }
}
