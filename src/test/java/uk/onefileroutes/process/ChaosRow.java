package uk.onefileroutes.process;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file, as its sender wrote it and as the contract understands it.
 *
 * @param line the record, without a line end
 * @param ask what it asks for; null where it is invalid or asks for nothing
 */
record ChaosRow(String line, Meaning meaning, @Nullable Ask ask) {

  /** What has to become of a row, whatever happens on the way. */
  enum Meaning {
    /** Onefile can do it. */
    ASKS,
    /** Onefile refuses it each time. */
    REFUSED,
    INVALID,
    IGNORED
  }

  /** A row of a file that undoes another. */
  static ChaosRow undo(String line) {
    String[] cells = line.split(",", -1);
    return cells[6].equals("restored") ? made(line) : new ChaosRow(line, Meaning.IGNORED, null);
  }

  /** A row of a file that was made here, which asks for something. */
  static ChaosRow made(String line) {
    String[] cells = line.split(",", -1);
    int learner = Integer.parseInt(cells[0]);
    String what =
        Stream.of(cells[1], cells[4] + cells[5], cells[2])
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("/"));
    Meaning meaning = learner == ChaosPeople.UNWANTED ? Meaning.REFUSED : Meaning.ASKS;
    return new ChaosRow(
        line, meaning, new Ask(new Slot(learner, what), Integer.parseInt(cells[3])));
  }

  /** Of an undo's row, the row of the undone file. */
  int undoneRow() {
    return Integer.parseInt(line.split(",", -1)[7]);
  }

  /** What one assignment replaces; {@code what} is such as {@code learning-aim/77/iqa}. */
  record Slot(int learner, String what) {}

  /** An assignment. */
  record Ask(Slot slot, int assignee) {
    boolean isDefaultEmployer() {
      return slot.what().equals("default/employer");
    }

    boolean isAdditionalEmployer() {
      return slot.what().startsWith("additional/")
          && ChaosPeople.EMPLOYERS.contains(Integer.valueOf(assignee));
    }
  }
}
