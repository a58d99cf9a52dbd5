package uk.onefileroutes.table;

import java.util.List;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Feed;

/**
 * In which row a header may be: the first of the first rows with anything in them that has all
 * columns, unless the feed says where. Pure functions.
 */
final class HeaderRow {
  /** How many rows with anything in them are looked at. */
  static final int LOOKED_AT = 30;

  private HeaderRow() {}

  /** Whether a row lies behind all that may be the header. */
  static boolean isBehind(int filled, long line, Feed feed) {
    Integer declared = feed.layout().headerRow();
    return declared == null ? filled > LOOKED_AT : line > declared;
  }

  /**
   * Whether a row may be the header. Whatever row the feed names: a file that we wrote, such as
   * rejects that come back, has its header first.
   */
  static boolean mayBe(Header header, long line, boolean isFirst, Feed feed) {
    Integer declared = feed.layout().headerRow();
    return declared == null
        || line == declared
        || (isFirst && header.isOurs() && header.isComplete());
  }

  /** What the log says of what stands above a header that was searched for. */
  static List<String> above(long line, String what, Feed feed) {
    long count = line - 1;
    return count <= 0 || feed.layout().headerRow() != null
        ? List.of()
        : List.of(
            "the header is in row %d; what stands above it (%d %s) is not read"
                .formatted(line, count, count == 1 ? what.replaceAll("s$", "") : what));
  }

  /** That the row which the feed names is none. */
  static UnreadableFile missing(int declared) {
    return new UnreadableFile(
        FileCode.NO_HEADER,
        "The feed says header.row=" + declared + ", but there is nothing in that row.",
        declared,
        "Change the feed's header.row, or remove it: then the header is searched for.");
  }
}
