package uk.onefileroutes.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uk.onefileroutes.assignment.EmptyWords;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.feed.Column;
import uk.onefileroutes.feed.FanOut;
import uk.onefileroutes.feed.Feed;

/** Where a file's columns are, by its header and the feed's mapping. Immutable. */
final class Header {
  private static final int SHOWN = 30;

  private final List<String> names;
  private final List<String> comparable;
  private final Feed feed;
  private final Feed.Mapping mapping;
  private final long line;
  private final Map<Column, Integer> places = new EnumMap<>(Column.class);
  private final Map<String, Integer> ignores = new LinkedHashMap<>();
  private final Map<String, Integer> fanOutPlaces = new HashMap<>(); // by header

  /** Finds the columns; refuses nothing yet, so that delimiters and lines can be tried. */
  Header(List<String> names, Feed feed, long line) {
    this.names = List.copyOf(names);
    this.comparable = names.stream().map(Column::comparable).toList();
    this.feed = feed;
    this.mapping = feed.mapping();
    this.line = line;
  }

  List<String> names() {
    return names;
  }

  int width() {
    return names.size();
  }

  /** How many cells a row needs: a column without a name at the header's end needs none. */
  int namedWidth() {
    int named = width();
    while (named > 1 && comparable.get(named - 1).isEmpty()) {
      named--;
    }
    return named;
  }

  long line() {
    return line;
  }

  /** Whether it has all columns that the feed needs. */
  boolean isComplete() {
    return new NeededColumns(mapping).missing(this).isEmpty();
  }

  /** Whether it is that of a file that we wrote. */
  boolean isOurs() {
    return comparable.contains("resultcode") && comparable.contains("resultmessage");
  }

  /** Whether it is more likely the header of a file than that one, which was found earlier. */
  boolean isBetterThan(Header earlier) {
    if (isComplete() != earlier.isComplete()) {
      return isComplete();
    }
    if (isComplete() && line != earlier.line) {
      return line < earlier.line;
    }
    if (known() != earlier.known()) {
      return known() > earlier.known();
    }
    return line == earlier.line && width() > earlier.width();
  }

  /** How many of the feed's columns are named here. */
  long known() {
    return Arrays.stream(Column.values()).filter(this::has).count()
        + mapping.fanOuts().stream().flatMap(FanOut::headers).distinct().filter(this::has).count();
  }

  /**
   * Judges the header; only then rows can be read by it.
   *
   * @return warnings for the log
   */
  List<String> judge(Feed.Limits limits) throws UnreadableFile {
    if (width() > limits.columns()) {
      throw refused(
          FileCode.TOO_LARGE,
          "The header has " + width() + " columns, the feed's limit is " + limits.columns() + ".",
          "Send fewer columns, or raise the feed's limit.columns.");
    }
    if (comparable.contains("resultrow") && comparable.contains("resultstatus")) {
      throw refused(
          FileCode.RESULTS_FILE,
          "This is a results file, which says what became of an earlier file.",
          "Send the export itself, or the fixed rejects file.");
    }
    if (known() == 0) {
      throw NoHeader.of(line, width(), "The first record");
    }
    List<String> warnings = new ArrayList<>();
    for (Column column : Column.values()) {
      place(column, warnings);
    }
    for (String header : mapping.ignores().keySet()) {
      int place = comparable.indexOf(Column.comparable(header));
      if (place >= 0) {
        ignores.put(header, place);
      }
    }
    for (FanOut fanOut : mapping.fanOuts()) {
      place(fanOut.key(), fanOut.assignee());
      if (fanOut.about() != null) {
        place(fanOut.key(), fanOut.about());
      }
    }
    require();
    return warnings;
  }

  private void place(Column column, List<String> warnings) throws UnreadableFile {
    List<Integer> found = find(column);
    if (mapping.constants().containsKey(column)) {
      if (!found.isEmpty()) {
        String key = "constant." + column.word();
        warnings.add(key + " of the feed wins over the file's column " + shown(found.get(0)));
      }
      return;
    }
    if (found.size() > 1) {
      throw refused(
          FileCode.NOT_READABLE,
          "The columns "
              + found.stream().map(this::shown).collect(Collectors.joining(" and "))
              + " both mean "
              + column.word()
              + ".",
          "Remove or rename one, or name the right one by the feed's column."
              + column.word()
              + ".");
    }
    if (!found.isEmpty()) {
      places.put(column, found.get(0));
    }
  }

  /** Whether a column is named here. */
  boolean has(Column column) {
    return !find(column).isEmpty();
  }

  /** Whether there is a column with this header. */
  boolean has(String header) {
    return comparable.contains(Column.comparable(header));
  }

  private List<Integer> find(Column column) {
    String wanted = mapping.columns().get(column);
    List<String> taken = mapping.columns().values().stream().map(Column::comparable).toList();
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < width(); i++) {
      String name = comparable.get(i);
      boolean means =
          wanted == null
              ? column.isCalled(name) && !taken.contains(name)
              : Column.comparable(wanted).equals(name);
      if (means) {
        found.add(i);
      }
    }
    return found;
  }

  private void place(String key, FanOut.Source source) throws UnreadableFile {
    String header = source.header();
    if (header == null) {
      return;
    }
    String wanted = Column.comparable(header);
    int first = comparable.indexOf(wanted);
    if (first < 0) {
      return; // missed with all the others
    }
    if (first != comparable.lastIndexOf(wanted)) {
      throw refused(
          FileCode.NOT_READABLE,
          "The columns %s and %s are both called what the feed's %s means."
              .formatted(shown(first), shown(comparable.lastIndexOf(wanted)), key),
          "Remove or rename one.");
    }
    fanOutPlaces.put(header, first);
  }

  private void require() throws UnreadableFile {
    List<String> missing = new NeededColumns(mapping).missing(this);
    if (!missing.isEmpty()) {
      String seen =
          names.stream().limit(SHOWN).map(Header::shortened).collect(Collectors.joining(", "));
      throw refused(
          FileCode.MISSING_COLUMN,
          "Missing: "
              + String.join(", ", missing)
              + ". Seen: "
              + seen
              + (width() > SHOWN ? ", ..." : "")
              + ".",
          "Add what is missing, or name it by the feed's column.<name> or constant.<name>.");
    }
  }

  /** Where the cells are that are read; all others are only carried. Only once it was judged. */
  BitSet read() {
    BitSet read = new BitSet();
    places.values().forEach(read::set);
    ignores.values().forEach(read::set);
    fanOutPlaces.values().forEach(read::set);
    return read;
  }

  /** By which cells a wide row asks, in the order of what it asks for; empty for any other. */
  List<String> parts() {
    return mapping.fanOuts().stream().map(FanOut::by).toList();
  }

  /**
   * What these rows ask for, in their order. Only once the header was judged.
   *
   * @param notes told of what is odd about the cells
   * @param filled told which cells have a value
   */
  Iterator<RequestedAssignment> asked(Iterator<Row> rows, CellNotes notes, FilledColumns filled) {
    ReportLines lines = new ReportLines(comparable, feed.layout().footer());
    AssignmentReader.Places all = new AssignmentReader.Places(places, ignores, fanOutPlaces, names);
    return new AssignmentReader(mapping, all, lines, notes, filled).of(rows);
  }

  /** Counts in which rows the columns that are read have a value; none is counted yet. */
  FilledColumns filled() {
    Map<String, Integer> columns = new LinkedHashMap<>();
    places.forEach((column, place) -> columns.put(column.word(), place));
    fanOutPlaces.forEach(columns::put);
    return new FilledColumns(columns, new EmptyWords(mapping.empties()));
  }

  private UnreadableFile refused(FileCode code, String what, String remedy) {
    return new UnreadableFile(code, what, line, remedy);
  }

  private String shown(int place) {
    return shortened(names.get(place)) + " (column " + (place + 1) + ")";
  }

  private static String shortened(String name) {
    String trimmed = Cells.trim(name);
    return trimmed.length() > 40 ? trimmed.substring(0, 40) + "..." : trimmed;
  }
}
