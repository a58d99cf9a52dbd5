package uk.onefileroutes.assignment;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was made of one requested assignment. */
public sealed interface Verdict {
  /** Number of the record in its file. */
  long row();

  /** Which of the row's assignments, from 0. */
  int part();

  /**
   * The word of the kind, for the content-based router; empty where there is nothing to send.
   *
   * @see Kind#word()
   */
  default String kind() {
    return "";
  }

  /**
   * It can be asked of Onefile.
   *
   * @param warning what is odd but harmless, a sentence for the sender; empty if nothing is
   * @param from the day from which on it is to be sent; null: at once
   */
  record Valid(long row, int part, Assignment assignment, String warning, @Nullable LocalDate from)
      implements Verdict {
    /** One that is to be sent at once. */
    public Valid(long row, int part, Assignment assignment, String warning) {
      this(row, part, assignment, warning, null);
    }

    @Override
    public String kind() {
      return assignment.kind().word();
    }
  }

  /**
   * It can't, for all of these reasons.
   *
   * @param faults at least one
   * @param learner whom it is about; null where that can't be read
   */
  record Invalid(long row, int part, List<Fault> faults, @Nullable Long learner)
      implements Verdict {
    /** One of which nothing can be read. */
    public Invalid(long row, int part, List<Fault> faults) {
      this(row, part, faults, null);
    }
  }

  /** It asks for nothing. */
  record Ignored(long row, int part, Code code) implements Verdict {}
}
