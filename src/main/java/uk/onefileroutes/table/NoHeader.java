package uk.onefileroutes.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Feed;

/**
 * Why no header was found, in words for who sent the file. Cells are shown only where they turn out
 * to be names of columns: else they may be anybody's data.
 */
final class NoHeader {
  private static final int SHOWN = 60;
  private static final String REMEDY =
      "Put a header first: learner_id, role, kind or level, assignee_id; or name the headers by the"
          + " feed's column.<name>.";

  private NoHeader() {}

  /**
   * @param first the best that was found; null where no record has anything in it
   */
  static UnreadableFile of(Path file, Feed feed, CsvHeader.@Nullable Found first)
      throws IOException {
    Integer declared = feed.layout().headerRow();
    if (first == null && Files.size(file) == 0) {
      return refused("The file is empty.", 0, "Export it again, and send it when it is complete.");
    }
    if (first == null) {
      return declared == null
          ? refused("The file has nothing but blank lines.", 0, "Export it again.")
          : HeaderRow.missing(declared);
    }
    Header header = first.header();
    if (header.width() == 1) {
      String guess = delimiter(header.names().get(0), feed);
      if (guess != null) {
        return refused(
            "One column: %s; is the delimiter %s ? None of comma, semicolon, tab and pipe shows a header."
                .formatted(shortened(header.names().get(0)), guess),
            header.line(),
            "Separate the columns by a comma, semicolon, tab or pipe, or set the feed's delimiter.");
      }
    }
    return of(header.line(), header.width(), "The first record");
  }

  /** That none of the rows names a column, whatever the format. */
  static UnreadableFile of(long line, int width, String what) {
    return refused(
        what
            + " names none of the columns that the feed needs (it has "
            + (width == 1 ? "1 column" : width + " columns")
            + "), nor does any of the first "
            + HeaderRow.LOOKED_AT
            + ".",
        line,
        REMEDY);
  }

  static UnreadableFile refused(String what, long line, String remedy) {
    return new UnreadableFile(FileCode.NO_HEADER, what, line, remedy);
  }

  /** By which characters the text is columns that the feed knows, in words; null for none. */
  private static @Nullable String delimiter(String text, Feed feed) {
    List<Character> tried =
        text.chars()
            .mapToObj(c -> (char) c)
            .filter(c -> c > ' ' && !Character.isLetterOrDigit(c) && "\"'_-.".indexOf(c) < 0)
            .distinct()
            .limit(20)
            .toList();
    for (char delimiter : tried) {
      if (new Header(Cells.split(text, delimiter), feed, 0).known() > 1) {
        return shown(delimiter);
      }
    }
    List<String> words = Arrays.asList(text.strip().split("\\s+"));
    return new Header(words, feed, 0).known() > 1 ? "a space" : null;
  }

  static String shown(char delimiter) {
    return delimiter == '\t' ? "tab" : String.valueOf(delimiter);
  }

  private static String shortened(String text) {
    String trimmed = Cells.trim(text);
    return trimmed.length() > SHOWN ? trimmed.substring(0, SHOWN) + "..." : trimmed;
  }
}
