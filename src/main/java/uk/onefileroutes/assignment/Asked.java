package uk.onefileroutes.assignment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One assignment as a feed asks for it, in the sender's own words, before anything is judged.
 *
 * @param row number of the record in its file; the first after the header is 1
 * @param part which of the row's assignments this is, from 0; above 0 only where a wide row fans
 *     out
 * @param words the cells, trimmed; null where the record is blank or could not be read into cells
 * @param faults what was wrong with the record itself: quoting, number of columns, encoding, length
 * @param ignoredBy the feed's rule that says this row asks nothing, such as {@code
 *     ignore.status=left}; null where none does. A row with faults is never ignored
 */
public record Asked(
    long row, int part, @Nullable Words words, List<Fault> faults, @Nullable String ignoredBy) {

  /** A row that no rule of the feed ignores. */
  public Asked(long row, int part, @Nullable Words words, List<Fault> faults) {
    this(row, part, words, faults, null);
  }

  /**
   * The cells that matter, each null where the feed has no such column and empty where the cell is.
   *
   * @param learner the learner's user id
   * @param kind the kind, in any of its words
   * @param level the level, in any of the kind's words
   * @param role the role, in any of its words
   * @param assignee the user id of who is assigned
   * @param standard the catalogue id of the standard
   * @param unit the id of the unit, not always a number
   */
  public record Words(
      @Nullable String learner,
      @Nullable String kind,
      @Nullable String level,
      @Nullable String role,
      @Nullable String assignee,
      @Nullable String standard,
      @Nullable String unit) {}

  /** Whether a rule of the feed says that this row asks nothing. */
  public boolean isIgnored() {
    return ignoredBy != null;
  }

  /** Whether the record asks for nothing at all: a blank line. */
  public boolean isBlank() {
    return words == null && faults.isEmpty();
  }
}
