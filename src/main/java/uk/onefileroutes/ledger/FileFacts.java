package uk.onefileroutes.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a file that was read whole compares with what is known; nothing is decided here.
 *
 * @param gone what the feed's last file held and it does not name
 * @param last the feed's last file that had rows; null where there is none
 * @param age how old it is
 * @param changes the first rows that would change what a slot holds
 * @param gains who would gain the most learners from others, the most first
 * @param roles how much of it looks as if roles were swapped
 */
public record FileFacts(
    GoneSlots.Gone gone,
    @Nullable LastFile last,
    Age age,
    List<Change> changes,
    List<Gain> gains,
    Roles roles) {
  public FileFacts {
    changes = List.copyOf(changes);
    gains = List.copyOf(gains);
  }

  /**
   * A file that was released before.
   *
   * @param invalid how many of its rows were invalid, by code
   * @param figures null for one that was read before they were kept
   */
  public record LastFile(long no, Map<String, Long> invalid, @Nullable FileFigures figures) {
    public LastFile {
      invalid = Map.copyOf(invalid);
    }
  }

  /**
   * How old a file is, compared with others of its feed.
   *
   * @param modified when its source was changed; null where that is not known
   * @param last the file that was released last, with rows or not; null where there is none
   * @param equal an earlier one with the same bytes, released before the last; null where there is
   *     none, or the last has them too
   */
  public record Age(@Nullable Instant modified, @Nullable Other last, @Nullable Other equal) {
    /** Nothing to compare it with. */
    public static final Age UNKNOWN = new Age(null, null, null);
  }

  /**
   * Another file of the feed.
   *
   * @param modified when its source was changed, and when it came if that is earlier; null where
   *     that is not known
   * @param hasLineEnd whether its last record had one; null where that is not known
   */
  public record Other(
      long no, Instant acceptedAt, @Nullable Instant modified, @Nullable Boolean hasLineEnd) {}

  /** A row that would make its slot hold somebody else. */
  public record Change(long row, long from, long to) {}

  /** How many learners an assignee would gain from other assignees. */
  public record Gain(long assignee, long learners) {}

  /**
   * Different people whom a file names.
   *
   * @param knownAsAssignees learners who are known as assignees and not as learners
   * @param knownAsLearners the reverse
   */
  public record Roles(long learners, long knownAsAssignees, long assignees, long knownAsLearners) {
    /** Nobody is named. */
    public static final Roles NONE = new Roles(0, 0, 0, 0);
  }
}
