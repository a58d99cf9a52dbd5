package uk.onefileroutes.runtime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.assignment.Verdict;

/**
 * What all rows of a file come to: how many assignments are asked for, and of each fault how often
 * it occurs with a few examples. Memory does not grow with the file.
 */
final class SampleSummary {
  private static final int EXAMPLES = 3;

  private final Map<Code, Faults> faults = new EnumMap<>(Code.class);
  private long rows;
  private long lastRow;
  private long asked;
  private long nothing;
  private long invalid;

  private static final class Faults {
    private final Set<String> sentences = new LinkedHashSet<>();
    private final List<String> examples = new ArrayList<>();
    private long count;

    /** Of equal sentences the first: three rows with one mistake would say it three times over. */
    void add(long row, String sentence) {
      count++;
      if (examples.size() < EXAMPLES && sentences.add(sentence)) {
        examples.add("row %,d: %s".formatted(row, sentence));
      }
    }
  }

  void add(RequestedAssignment requested, Verdict verdict) {
    if (requested.row() != lastRow) {
      rows++;
      lastRow = requested.row();
    }
    if (verdict instanceof Verdict.Invalid found) {
      invalid++;
      for (Fault fault : found.faults()) {
        faults
            .computeIfAbsent(fault.code(), code -> new Faults())
            .add(requested.row(), fault.message());
      }
    } else if (verdict instanceof Verdict.Valid && requested.words() != null) {
      asked++;
    } else {
      nothing++;
    }
  }

  /** Whether no assignment is invalid. */
  boolean isUnderstood() {
    return invalid == 0;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "all rows (%,d): %,d assignments asked for, %,d invalid, %,d times nothing asked"
            .formatted(rows, asked, invalid, nothing));
    faults.forEach(
        (code, found) -> {
          lines.add("%,6d  %s".formatted(found.count, code));
          found.examples.forEach(example -> lines.add("        " + example));
        });
    return lines;
  }
}
