package uk.onefileroutes.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.EmptyWords;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.assignment.WrittenIds;
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
  private final Places places;
  private final ReportLines reportLines;
  private final EmptyWords empty;
  private final CellNotes notes;
  private final FilledColumns filled;
  private final Map<Column, CellNotes.Named> named = new EnumMap<>(Column.class);

  /**
   * Where the cells are.
   *
   * @param columns where the columns are
   * @param ignores where the headers are by which rows are ignored
   * @param fanOuts where the headers are that wide rows fan out to
   * @param headers all of them, as the sender wrote them
   */
  record Places(
      Map<Column, Integer> columns,
      Map<String, Integer> ignores,
      Map<String, Integer> fanOuts,
      List<String> headers) {}

  /**
   * @param reportLines tells the lines that are no records
   * @param notes told of what is odd about the cells
   * @param filled told which cells of the rows that ask have a value
   */
  AssignmentReader(
      Feed.Mapping mapping,
      Places places,
      ReportLines reportLines,
      CellNotes notes,
      FilledColumns filled) {
    this.mapping = mapping;
    this.places = places;
    this.reportLines = reportLines;
    this.empty = new EmptyWords(mapping.empties());
    this.notes = notes;
    this.filled = filled;
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
    notes.begin(row.number());
    List<String> cells =
        codes.isEmpty() ? row.cells() : row.cells().stream().map(Cells::presentable).toList();
    String ignoredBy = codes.isEmpty() ? ignoredBy(cells) : null;
    if (ignoredBy == null) {
      filled.add(cells);
    }
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
            reference(UNITS, cells),
            new RequestedAssignment.Others(others(LEARNERS, cells), others(ASSIGNEES, cells))),
        word(Column.EFFECTIVE_FROM, cells));
  }

  private RequestedAssignment part(Row row, int part, FanOut fanOut, List<String> cells) {
    FanOut.Source who = fanOut.assignee();
    String by = fanOut.by();
    String assignee = value(who, fanOut.key(), cells);
    if (assignee.isEmpty()) {
      return RequestedAssignment.part(row.number(), part, null, List.of(), by);
    }
    boolean isStandard = fanOut.kind() == Kind.LEARNING_AIM;
    boolean isUnit = fanOut.kind() == Kind.UNIT_SUMMARY;
    RequestedAssignment.Words words =
        new RequestedAssignment.Words(
            word(Column.LEARNER, cells),
            fanOut.kind().word(),
            null,
            fanOut.role().word(),
            who.column() == Column.ASSIGNEE ? assignee : null,
            isStandard ? id(Column.STANDARD, fanOut, cells) : null,
            isUnit ? id(Column.UNIT, fanOut, cells) : null,
            new RequestedAssignment.References(
                reference(LEARNERS, cells),
                who.column() == Column.ASSIGNEE ? null : reference(who, assignee),
                isStandard ? reference(STANDARDS, fanOut, cells) : null,
                isUnit ? reference(UNITS, fanOut, cells) : null,
                new RequestedAssignment.Others(others(LEARNERS, cells), List.of())),
            word(Column.EFFECTIVE_FROM, cells));
    List<Fault> faults = row.faults().stream().map(Fault::ofRow).toList();
    return RequestedAssignment.part(row.number(), part, words, faults, by);
  }

  private @Nullable String id(Column column, FanOut fanOut, List<String> cells) {
    FanOut.Source about = fanOut.about();
    if (about == null) {
      return word(column, cells);
    }
    return about.column() == column ? value(about, fanOut.key(), cells) : null;
  }

  private RequestedAssignment.@Nullable Reference reference(
      List<Column> columns, FanOut fanOut, List<String> cells) {
    FanOut.Source about = fanOut.about();
    if (about == null) {
      return reference(columns, cells);
    }
    return columns.indexOf(about.column()) > 0
        ? reference(about, value(about, fanOut.key(), cells))
        : null;
  }

  /** The first of the columns that has a value, unless that is the id itself. */
  private RequestedAssignment.@Nullable Reference reference(
      List<Column> columns, List<String> cells) {
    String id = word(columns.get(0), cells);
    List<RequestedAssignment.Reference> all = references(columns, cells);
    return all.isEmpty() || (id != null && !id.isEmpty()) ? null : all.get(0);
  }

  /** The references that an id wins over. */
  private List<RequestedAssignment.Reference> others(List<Column> columns, List<String> cells) {
    String id = word(columns.get(0), cells);
    return id == null || id.isEmpty() ? List.of() : references(columns, cells);
  }

  private List<RequestedAssignment.Reference> references(List<Column> columns, List<String> cells) {
    List<RequestedAssignment.Reference> all = List.of();
    for (Column column : columns.subList(1, columns.size())) {
      String value = word(column, cells);
      if (value != null && !value.isEmpty()) {
        all = all.isEmpty() ? new ArrayList<>(columns.size()) : all; // most files have none
        String header = named.containsKey(column) ? named(column).header() : column.word();
        all.add(new RequestedAssignment.Reference(column.word(), header, value));
      }
    }
    return all;
  }

  private static RequestedAssignment.@Nullable Reference reference(
      FanOut.Source source, String value) {
    String word = source.column().word();
    String header = source.header() == null ? word : source.header();
    return value.isEmpty() ? null : new RequestedAssignment.Reference(word, header, value);
  }

  private String value(FanOut.Source source, String key, List<String> cells) {
    if (source.header() == null) {
      return String.valueOf(source.constant());
    }
    String cell = cells.get(Objects.requireNonNull(places.fanOuts().get(source.header())));
    return meant(new CellNotes.Named(source.header(), source.column(), key), cell);
  }

  private @Nullable String word(Column column, List<String> cells) {
    Integer place = places.columns().get(column);
    return place == null
        ? mapping.constants().get(column)
        : meant(named.computeIfAbsent(column, this::named), cells.get(place));
  }

  private CellNotes.Named named(Column column) {
    String header = mapping.columns().get(column);
    return header == null
        ? new CellNotes.Named(
            Cells.trim(places.headers().get(Objects.requireNonNull(places.columns().get(column)))),
            column,
            "")
        : new CellNotes.Named(header, column, "column." + column.word());
  }

  /**
   * What a cell means: trimmed, without what programs put around a text, and empty where it says
   * that there is no value; an id as Onefile writes it.
   */
  private String meant(CellNotes.Named column, String cell) {
    String text = Cells.trim(cell);
    return switch (column.column()) {
      case KIND, LEVEL -> WrittenIds.level(WrittenIds.bare(text));
      case ROLE -> WrittenIds.bare(text);
      case LEARNER, ASSIGNEE, STANDARD -> {
        String id = empty.has(text) ? "" : WrittenIds.plain(text);
        if (empty.has(id)) {
          yield "";
        }
        notes.add(column, text, id);
        yield id;
      }
      case UNIT,
          UNIT_TITLE,
          STANDARD_TITLE,
          LEARNER_MISID,
          LEARNER_EMAIL,
          ASSIGNEE_MISID,
          ASSIGNEE_EMAIL,
          EFFECTIVE_FROM -> {
        String value = WrittenIds.bare(text);
        yield empty.has(value) ? "" : value;
      }
    };
  }

  private @Nullable String ignoredBy(List<String> cells) {
    for (Map.Entry<String, Integer> ignore : places.ignores().entrySet()) {
      String cell = Cells.trim(cells.get(ignore.getValue()));
      for (String value : mapping.ignores().getOrDefault(ignore.getKey(), List.of())) {
        if (cell.equalsIgnoreCase(value)) {
          return "ignore." + ignore.getKey() + "=" + value;
        }
      }
    }
    return null;
  }
}
