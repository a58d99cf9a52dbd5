package uk.onefileroutes.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private final Feed.Mapping mapping;
  private final long line;
  private final Map<Column, Integer> places = new EnumMap<>(Column.class);
  private final Map<String, Integer> ignores = new LinkedHashMap<>();
  private final Map<String, Integer> fanOutPlaces = new HashMap<>(); // by header
  private final List<String> missing = new ArrayList<>();

  /** Finds the columns; refuses nothing yet, so that delimiters can be tried. */
  Header(List<String> names, Feed.Mapping mapping, long line) {
    this.names = List.copyOf(names);
    this.comparable = names.stream().map(Column::comparable).toList();
    this.mapping = mapping;
    this.line = line;
  }

  List<String> names() {
    return names;
  }

  int width() {
    return names.size();
  }

  /** How many of the feed's columns are named here. */
  long known() {
    return Arrays.stream(Column.values()).filter(column -> !find(column).isEmpty()).count()
        + fanOutHeaders().filter(header -> comparable.contains(Column.comparable(header))).count();
  }

  private Stream<String> fanOutHeaders() {
    return mapping.fanOuts().stream()
        .flatMap(fanOut -> Stream.of(fanOut.assignee(), fanOut.about()))
        .filter(Objects::nonNull)
        .map(FanOut.Source::header)
        .filter(Objects::nonNull)
        .distinct();
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
      throw noHeader(line);
    }
    List<String> warnings = new ArrayList<>();
    for (Column column : Column.values()) {
      place(column, warnings);
    }
    mapping.ignores().keySet().forEach(this::placeIgnore);
    for (FanOut fanOut : mapping.fanOuts()) {
      place(fanOut.key(), fanOut.assignee());
      if (fanOut.about() != null) {
        place(fanOut.key(), fanOut.about());
      }
    }
    require();
    return warnings;
  }

  static UnreadableFile noHeader(long line) {
    return new UnreadableFile(
        FileCode.NO_HEADER,
        "The first record names none of the columns that the feed needs.",
        line,
        "Put a header first: learner_id, role, kind or level, assignee_id.");
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
    String wanted = mapping.columns().get(column);
    if (!found.isEmpty()) {
      places.put(column, found.get(0));
    } else if (wanted != null) {
      missing.add(column.word() + " (by the feed's column." + column.word() + ": " + wanted + ")");
    }
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
      missing.add(header + " (by the feed's " + key + ")");
    } else if (first != comparable.lastIndexOf(wanted)) {
      throw refused(
          FileCode.NOT_READABLE,
          "The columns %s and %s are both called what the feed's %s means."
              .formatted(shown(first), shown(comparable.lastIndexOf(wanted)), key),
          "Remove or rename one.");
    } else {
      fanOutPlaces.put(header, first);
    }
  }

  private void placeIgnore(String header) {
    int place = comparable.indexOf(Column.comparable(header));
    if (place < 0) {
      missing.add(header + " (by the feed's ignore." + header + ")");
    } else {
      ignores.put(header, place);
    }
  }

  private void require() throws UnreadableFile {
    requireOne(Column.LEARNER.word(), AssignmentReader.LEARNERS);
    if (mapping.fanOuts().isEmpty()) {
      requireOne(Column.ROLE.word(), List.of(Column.ROLE));
      requireOne(Column.ASSIGNEE.word(), AssignmentReader.ASSIGNEES);
      requireOne("kind or level", List.of(Column.KIND, Column.LEVEL));
    }
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

  /** One of several columns; what the feed names is missed by its own name already. */
  private void requireOne(String name, List<Column> oneOf) {
    if (oneOf.stream()
        .noneMatch(column -> supplied(column) || mapping.columns().containsKey(column))) {
      missing.add(name);
    }
  }

  private boolean supplied(Column column) {
    return places.containsKey(column) || mapping.constants().containsKey(column);
  }

  /**
   * What these rows ask for, in their order. Only once the header was judged.
   *
   * @param notes told of what is odd about the cells
   */
  Iterator<RequestedAssignment> asked(Iterator<Row> rows, CellNotes notes) {
    return new AssignmentReader(mapping, places, ignores, fanOutPlaces, notes).of(rows);
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
