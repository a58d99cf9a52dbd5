package uk.onefileroutes.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.ledger.Contradictions;

/** Figures of a file as its message has them. Pure functions. */
final class FigureWords {
  /** How many examples are given. */
  static final int EXAMPLES = 3;

  private FigureWords() {}

  static boolean isAbove(long part, long whole, int percent) {
    return part * 100 > whole * percent;
  }

  /** To one decimal, and none where it is whole. */
  static String percent(long part, long whole) {
    return BigDecimal.valueOf(part * 100)
            .divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  static String number(long number) {
    return String.format(Locale.UK, "%,d", number);
  }

  /** How many rows are invalid, as the begin of a sentence. */
  static String invalid(ReadFigures read) {
    return "%s of %s rows %s"
        .formatted(
            number(read.invalid()),
            number(read.rows()),
            read.invalid() == 1 ? "has an invalid assignment" : "have invalid assignments");
  }

  /** The commonest codes, with how often and one example each. */
  static String examples(Map<Code, ReadFigures.FaultFigure> faults) {
    return faults.entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<Code, ReadFigures.FaultFigure> fault) -> -fault.getValue().rows())
                .thenComparing(Map.Entry::getKey))
        .limit(EXAMPLES)
        .map(
            fault ->
                "%s %s (row %d: %s)"
                    .formatted(
                        number(fault.getValue().rows()),
                        fault.getKey(),
                        fault.getValue().firstRow(),
                        fault.getValue().example()))
        .collect(Collectors.joining(", "));
  }

  /** A sentence about slots that several rows ask for; empty where there are none. */
  static String contradictions(Contradictions.Found found) {
    return found.slots() == 0
        ? ""
        : "%s asked for with different people, and the last row counts: %s%s."
            .formatted(
                found.slots() == 1 ? "1 slot is" : number(found.slots()) + " slots are",
                found.first().stream()
                    .map(pair -> "row %d gives way to row %d".formatted(pair.row(), pair.later()))
                    .collect(Collectors.joining(", ")),
                found.slots() > found.first().size() ? ", and others" : "");
  }
}
