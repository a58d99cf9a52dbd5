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
 * @param by the header of the cell that asks, where a wide row fans out; null else
 * @param found what the directory says of it
 */
public record RequestedAssignment(
    long row,
    int part,
    @Nullable Words words,
    List<Fault> faults,
    @Nullable String ignoredBy,
    @Nullable String by,
    Found found) {

  /** A row's only assignment, of which the directory was not asked. */
  public RequestedAssignment(
      long row, int part, @Nullable Words words, List<Fault> faults, @Nullable String ignoredBy) {
    this(row, part, words, faults, ignoredBy, null, Found.NOTHING);
  }

  /** A row that no rule of the feed ignores. */
  public RequestedAssignment(long row, int part, @Nullable Words words, List<Fault> faults) {
    this(row, part, words, faults, null);
  }

  /** One of a wide row's assignments, by the header of the cell that asks for it. */
  public static RequestedAssignment part(
      long row, int part, @Nullable Words words, List<Fault> faults, String by) {
    return new RequestedAssignment(row, part, words, faults, null, by, Found.NOTHING);
  }

  /** The same with what the directory says of it. */
  public RequestedAssignment with(Found newFound) {
    return new RequestedAssignment(row, part, words, faults, ignoredBy, by, newFound);
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
   * @param references what stands in place of ids
   * @param effectiveFrom the day from which on it is to be assigned
   */
  public record Words(
      @Nullable String learner,
      @Nullable String kind,
      @Nullable String level,
      @Nullable String role,
      @Nullable String assignee,
      @Nullable String standard,
      @Nullable String unit,
      References references,
      @Nullable String effectiveFrom) {

    /** Ids only. */
    public Words(
        @Nullable String learner,
        @Nullable String kind,
        @Nullable String level,
        @Nullable String role,
        @Nullable String assignee,
        @Nullable String standard,
        @Nullable String unit) {
      this(learner, kind, level, role, assignee, standard, unit, References.NONE, null);
    }
  }

  /**
   * What the directory has to turn into ids. Each is null where there is none, and where its id is
   * there: an id always wins, and of an account the MIS value over the e-mail address.
   *
   * @param others of the learner and of the assignee: what stands beside an id, and must mean the
   *     same account
   */
  public record References(
      @Nullable Reference learner,
      @Nullable Reference assignee,
      @Nullable Reference standard,
      @Nullable Reference unit,
      Others others) {
    /** Nothing to be looked up. */
    public static final References NONE = new References(null, null, null, null, Others.NONE);
  }

  /** References that an id wins over. */
  public record Others(List<Reference> learner, List<Reference> assignee) {
    /** There are none. */
    public static final Others NONE = new Others(List.of(), List.of());
  }

  /**
   * A value that stands in place of an id.
   *
   * @param column the canonical name of its column, such as {@code learner_email}
   * @param header as the sender calls it
   * @param value as the sender wrote it, not empty
   */
  public record Reference(String column, String header, String value) {}

  /**
   * What the directory says of an assignment.
   *
   * @param learner the id that its reference means; null without one
   * @param assignee the same
   * @param standard the same
   * @param unit the same
   * @param faults what was not found, or is not what it should be
   */
  public record Found(
      @Nullable String learner,
      @Nullable String assignee,
      @Nullable String standard,
      @Nullable String unit,
      List<Fault> faults) {
    /** Nothing was looked up, and nothing is known. */
    public static final Found NOTHING = new Found(null, null, null, null, List.of());
  }

  /** Whether a rule of the feed says that this row asks nothing. */
  public boolean isIgnored() {
    return ignoredBy != null;
  }

  /** Whether the record asks for nothing at all: a blank line. */
  public boolean isBlank() {
    return words == null && faults.isEmpty();
  }
}
