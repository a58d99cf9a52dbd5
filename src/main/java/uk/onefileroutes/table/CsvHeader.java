package uk.onefileroutes.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Feed;

/**
 * Finds out where the header of a CSV file is and how its records are written. The header is the
 * first of the first records that has all columns which the feed needs.
 */
final class CsvHeader {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
  private static final Pattern HINT =
      Pattern.compile("\\s*\"?(?i:sep)=(\\\\t|\t|[^\"\\p{Alnum}\\s])\"?[,;\t|\\s]*");
  private static final int ROWS_LOOKED_AT = 20;

  private final Path file;
  private final Feed feed;
  private final Encoding encoding;
  private final @Nullable Character hint;
  private @Nullable UnreadableFile refusal;

  /**
   * A header as one grammar shows it.
   *
   * @param text its own
   * @param records how many records to skip until the first row
   * @param above how many of them have anything in them
   */
  record Found(
      Header header,
      String text,
      Grammar grammar,
      Dialect dialect,
      int records,
      int above,
      List<String> warnings) {}

  private CsvHeader(Path file, Feed feed, Encoding encoding) throws IOException {
    this.file = file;
    this.feed = feed;
    this.encoding = encoding;
    this.hint = hint();
  }

  /**
   * Finds the header; it is not judged yet.
   *
   * @throws UnreadableFile where no record names any column of the feed
   */
  static Found find(Path file, Feed feed, Encoding encoding) throws UnreadableFile, IOException {
    return new CsvHeader(file, feed, encoding).find();
  }

  private Found find() throws UnreadableFile, IOException {
    Found best = null;
    for (char delimiter : candidates()) {
      Found found = search(Grammar.of(delimiter));
      if (found != null && (best == null || found.header.isBetterThan(best.header))) {
        best = found;
      }
    }
    // Broken quotes under one delimiter may look like a single strange column under another.
    if (refusal != null && (best == null || best.header.known() == 0)) {
      throw refusal;
    }
    if (best == null || best.header.known() == 0) {
      throw NoHeader.of(file, feed, best);
    }
    if (isInSingleQuotes(best)) {
      Found quoted = search(best.grammar.quotedBy('\''));
      best = quoted == null || best.header.isBetterThan(quoted.header) ? best : quoted;
    }
    return best;
  }

  private List<Character> candidates() {
    Character declared = feed.layout().delimiter();
    if (declared != null) {
      return List.of(declared);
    }
    List<Character> candidates = new ArrayList<>();
    if (hint != null) {
      candidates.add(hint);
    }
    DELIMITERS.stream().filter(delimiter -> !delimiter.equals(hint)).forEach(candidates::add);
    return candidates;
  }

  /** The delimiter that a line {@code sep=;} names, by which Excel knows it. */
  private @Nullable Character hint() throws IOException {
    try (Records records = Records.open(file, encoding, Grammar.of(','), feed.limits())) {
      RecordSplitter.Split first = records.next();
      Matcher hinted = HINT.matcher(first == null ? "" : first.text());
      return !hinted.matches()
          ? null
          : hinted.group(1).startsWith("\\") ? Character.valueOf('\t') : hinted.group(1).charAt(0);
    }
  }

  /** The best header under one grammar, null where there is no record with anything in it. */
  private @Nullable Found search(Grammar grammar) throws IOException {
    Found best = null;
    try (Records records = Records.open(file, encoding, grammar, feed.limits())) {
      int count = 0;
      int filled = 0;
      for (var split = records.next(); split != null; split = records.next()) {
        count++;
        if ((count == 1 && hint != null) || isBlank(split, grammar)) {
          continue;
        }
        if (HeaderRow.isBehind(++filled, split.line(), feed)) {
          break;
        }
        Found found = best(split, grammar, records.lineEnd(), new int[] {count, filled - 1});
        if (found != null
            && HeaderRow.mayBe(found.header, split.line(), filled == 1, feed)
            && (best == null || found.header.isBetterThan(best.header))) {
          best = found;
          if (best.header.isComplete()) {
            break;
          }
        }
      }
    }
    return best;
  }

  private static boolean isBlank(RecordSplitter.Split split, Grammar grammar) {
    List<String> cells = split.problem() == null ? grammar.cells(split.text()) : null;
    return cells != null && Cells.areBlank(cells);
  }

  /** A record as a header, as it is or taken out of the quotes in which the whole line stands. */
  private @Nullable Found best(
      RecordSplitter.Split split, Grammar grammar, @Nullable String lineEnd, int[] place) {
    Found plain = found(split.text(), split, grammar, lineEnd, place);
    String inside =
        split.problem() == null && grammar.around() == null
            ? Grammar.inside(split.text(), grammar.delimiter())
            : null;
    if (inside == null || plain == null || plain.header.known() > 0) {
      return plain;
    }
    Found best = plain;
    Character declared = feed.layout().delimiter();
    for (char delimiter : declared == null ? DELIMITERS : List.of(declared)) {
      Found found = found(inside, split, grammar.within(delimiter), lineEnd, place);
      if (found != null && found.header.isBetterThan(best.header)) {
        best = found;
      }
    }
    return best;
  }

  private @Nullable Found found(
      String text,
      RecordSplitter.Split split,
      Grammar grammar,
      @Nullable String lineEnd,
      int[] place) {
    List<String> names = split.problem() == null ? grammar.cells(text) : null;
    if (names == null) {
      refuse(split);
      return null;
    }
    Dialect dialect =
        new Dialect(
            encoding.charset(),
            encoding.bom() > 0,
            grammar.delimiter(),
            grammar.quote(),
            lineEnd == null ? "\r\n" : lineEnd,
            hint == null ? null : "sep=" + grammar.delimiter());
    Header header = new Header(names, feed, split.line());
    return new Found(
        header,
        grammar.strict(text, names),
        grammar,
        dialect,
        place[0],
        place[1],
        warnings(grammar, split.line(), place[1]));
  }

  private void refuse(RecordSplitter.Split split) {
    if (refusal != null) {
      return;
    }
    refusal =
        split.problem() == Code.TOO_LONG
            ? new UnreadableFile(
                FileCode.TOO_LARGE,
                "The header has more than " + split.text().length() + " characters.",
                split.line(),
                "Shorten the header, or raise the feed's limit.line.")
            : new UnreadableFile(
                FileCode.NOT_READABLE,
                "The quotes of the header are broken.",
                split.line(),
                "Close each quote, and write a quote within a name twice.");
  }

  private List<String> warnings(Grammar grammar, long line, int above) {
    List<String> warnings = new ArrayList<>();
    if (hint != null && hint != grammar.delimiter()) {
      warnings.add(
          "the line sep= names another delimiter (%s) than the header has (%s); the header's is taken"
              .formatted(NoHeader.shown(hint), NoHeader.shown(grammar.delimiter())));
    }
    if (grammar.around() != null) {
      warnings.add("each line stands in one pair of quotes; they are taken off");
    }
    if (above > 0) {
      warnings.addAll(HeaderRow.above(line, "lines", feed));
    }
    return warnings;
  }

  /**
   * Whether cells stand in single quotes: at least two of the header, or of each of the first rows,
   * and none in double quotes.
   */
  private boolean isInSingleQuotes(Found found) throws IOException {
    if (isInSingleQuotes(found.text, found.grammar)) {
      return true;
    }
    try (Records records = Records.open(file, encoding, found.grammar, feed.limits())) {
      int rows = 0;
      int skipped = 0;
      for (var split = records.next(); split != null; split = records.next()) {
        if (skipped++ < found.records || split.text().isBlank()) {
          continue;
        }
        if (!isInSingleQuotes(split.text(), found.grammar)) {
          return false;
        }
        if (++rows == ROWS_LOOKED_AT) {
          return true;
        }
      }
      return rows > 0;
    }
  }

  private static boolean isInSingleQuotes(String text, Grammar grammar) {
    return text.indexOf('"') < 0
        && Cells.split(text, grammar.delimiter()).stream()
                .map(Cells::trim)
                .filter(cell -> cell.length() > 1 && cell.startsWith("'") && cell.endsWith("'"))
                .count()
            > 1;
  }
}
