package uk.onefileroutes.process;

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
