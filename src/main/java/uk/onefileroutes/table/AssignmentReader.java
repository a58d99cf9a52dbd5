package uk.onefileroutes.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.feed.Column;
import uk.onefileroutes.feed.FanOut;
import uk.onefileroutes.feed.Feed;

/**
 * What rows ask for, by where a file's columns are: one question a row, or several of a wide one.
 */
final class AssignmentReader {
  // an id, and what may stand in its place, what counts first coming first
  static final List<Column> LEARNERS =
      List.of(Column.LEARNER, Column.LEARNER_MISID, Column.LEARNER_EMAIL);
  static final List<Column> ASSIGNEES =
      List.of(Column.ASSIGNEE, Column.ASSIGNEE_MISID, Column.ASSIGNEE_EMAIL);
  private static final List<Column> STANDARDS = List.of(Column.STANDARD, Column.STANDARD_TITLE);
  private static final List<Column> UNITS = List.of(Column.UNIT, Column.UNIT_TITLE);

  private final Feed.Mapping mapping;
  private final Map<Column, Integer> places;
  private final Map<String, Integer> ignores;
  private final Map<String, Integer> fanOutPlaces;
  private final ReportLines reportLines;

  /**
   * Where the cells are.
   *
   * @param columns where the columns are
   * @param ignores where the headers are by which rows are ignored
   * @param fanOuts where the headers are that wide rows fan out to
   */
  record Places(
      Map<Column, Integer> columns, Map<String, Integer> ignores, Map<String, Integer> fanOuts) {}

  /**
   * @param reportLines tells the lines that are no records
   */
  AssignmentReader(Feed.Mapping mapping, Places places, ReportLines reportLines) {
    this.mapping = mapping;
    this.places = places.columns;
    this.ignores = places.ignores;
    this.fanOutPlaces = places.fanOuts;
    this.reportLines = reportLines;
  }

  /** What these rows ask for, in their order. */
  Iterator<RequestedAssignment> of(Iterator<Row> rows) {
    return new Iterator<>() {
      private Iterator<RequestedAssignment> parts = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        return parts.hasNext() || rows.hasNext();
      }

      @Override
      public RequestedAssignment next() {
        if (!parts.hasNext()) {
          parts = ask(rows.next()).iterator();
        }
        return parts.next();
      }
    };
  }

  /**
   * What a row asks for, at least one; without words where it is blank or its cells don't line up
   * with the header.
   */
  private List<RequestedAssignment> ask(Row row) {
    String line = reportLines.kind(row);
    if (line != null) {
      return List.of(new RequestedAssignment(row.number(), 0, null, List.of(), line));
    }
    List<Code> codes = row.faults().stream().map(Fault::code).toList();
    if (row.isBlank() || codes.stream().anyMatch(code -> code != Code.BAD_ENCODING)) {
      return List.of(new RequestedAssignment(row.number(), 0, null, row.faults()));
    }
    List<String> cells =
        codes.isEmpty() ? row.cells() : row.cells().stream().map(Cells::presentable).toList();
    String ignoredBy = codes.isEmpty() ? ignoredBy(cells) : null;
    if (mapping.fanOuts().isEmpty() || ignoredBy != null) {
      return List.of(
          new RequestedAssignment(row.number(), 0, words(cells), row.faults(), ignoredBy));
    }
    List<RequestedAssignment> parts = new ArrayList<>(mapping.fanOuts().size());
    for (FanOut fanOut : mapping.fanOuts()) {
      parts.add(part(row, parts.size(), fanOut, cells));
    }
    return parts;
  }

  private RequestedAssignment.Words words(List<String> cells) {
    return new RequestedAssignment.Words(
        word(Column.LEARNER, cells),
        word(Column.KIND, cells),
        word(Column.LEVEL, cells),
        word(Column.ROLE, cells),
        word(Column.ASSIGNEE, cells),
        word(Column.STANDARD, cells),
        word(Column.UNIT, cells),
        new RequestedAssignment.References(
            reference(LEARNERS, cells),
            reference(ASSIGNEES, cells),
            reference(STANDARDS, cells),
            reference(UNITS, cells)));
  }

  private RequestedAssignment part(Row row, int part, FanOut fanOut, List<String> cells) {
    FanOut.Source who = fanOut.assignee();
    String by = who.header() == null ? fanOut.key() : who.header();
    String assignee = value(who, cells);
    if (assignee.isEmpty()) {
      return RequestedAssignment.part(row.number(), part, null, List.of(), by);
    }
    boolean isStandard = fanOut.kind() == Kind.LEARNING_AIM;
    boolean isUnit = fanOut.kind() == Kind.UNIT_SUMMARY;
    FanOut.Source about = fanOut.about();
    RequestedAssignment.Words words =
        new RequestedAssignment.Words(
            word(Column.LEARNER, cells),
            fanOut.kind().word(),
            null,
            fanOut.role().word(),
            who.column() == Column.ASSIGNEE ? assignee : null,
            isStandard ? id(Column.STANDARD, about, cells) : null,
            isUnit ? id(Column.UNIT, about, cells) : null,
            new RequestedAssignment.References(
                reference(LEARNERS, cells),
                who.column() == Column.ASSIGNEE ? null : reference(who.column(), assignee),
                isStandard ? reference(STANDARDS, about, cells) : null,
                isUnit ? reference(UNITS, about, cells) : null));
    return RequestedAssignment.part(row.number(), part, words, row.faults(), by);
  }

  private @Nullable String id(Column column, FanOut.@Nullable Source about, List<String> cells) {
    if (about == null) {
      return word(column, cells);
    }
    return about.column() == column ? value(about, cells) : null;
  }

  private RequestedAssignment.@Nullable Reference reference(
      List<Column> columns, FanOut.@Nullable Source about, List<String> cells) {
    if (about == null) {
      return reference(columns, cells);
    }
    return columns.indexOf(about.column()) > 0
        ? reference(about.column(), value(about, cells))
        : null;
  }

  /** The first of the columns that has a value, unless that is the id itself. */
  private RequestedAssignment.@Nullable Reference reference(
      List<Column> columns, List<String> cells) {
    String id = word(columns.get(0), cells);
    if (id != null && !id.isEmpty()) {
      return null;
    }
    for (Column column : columns.subList(1, columns.size())) {
      String value = word(column, cells);
      if (value != null && !value.isEmpty()) {
        return new RequestedAssignment.Reference(column.word(), value);
      }
    }
    return null;
  }

  private static RequestedAssignment.@Nullable Reference reference(Column column, String value) {
    return value.isEmpty() ? null : new RequestedAssignment.Reference(column.word(), value);
  }

  private String value(FanOut.Source source, List<String> cells) {
    if (source.header() == null) {
      return String.valueOf(source.constant());
    }
    return Cells.trim(cells.get(Objects.requireNonNull(fanOutPlaces.get(source.header()))));
  }

  private @Nullable String word(Column column, List<String> cells) {
    Integer place = places.get(column);
    return place == null ? mapping.constants().get(column) : Cells.trim(cells.get(place));
  }

  private @Nullable String ignoredBy(List<String> cells) {
    for (Map.Entry<String, Integer> ignore : ignores.entrySet()) {
      String value = mapping.ignores().getOrDefault(ignore.getKey(), "");
      if (Cells.trim(cells.get(ignore.getValue())).equalsIgnoreCase(value)) {
        return "ignore." + ignore.getKey() + "=" + value;
      }
    }
    return null;
  }
}
