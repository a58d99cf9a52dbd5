package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Assignment;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.Judge;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.assignment.Verdict;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.ConfigurationParts;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.table.Dialect;
import uk.onefileroutes.table.Table;
import uk.onefileroutes.table.UnreadableFile;

/**
 * How a feed understands a file: its shape, what its first rows ask for, and what all of them come
 * to. By feed and file alone: no ledger, no Onefile.
 *
 * @param lines for people
 * @param isUnderstood whether the file can be read and none of its rows is invalid
 */
public record Sample(List<String> lines, boolean isUnderstood) {
  private static final int ROWS = 10;
  // in place of what only the directory can say; two, since nobody is assigned to themselves, and
  // such as hardly any file names
  static final RequestedAssignment.Found LATER =
      new RequestedAssignment.Found("2147483646", "2147483647", "1", "1", List.of());

  /**
   * Reads a file.
   *
   * @param feedName by whose keys; empty: the only feed, or the only one that wants the file's name
   * @throws ConfigurationFault if no such feed can be had
   * @throws IOException if the file can't be read
   */
  public static Sample of(Folders folders, String feedName, Path file)
      throws ConfigurationFault, IOException {
    return of(file, ConfigurationParts.feed(folders, feedName, file));
  }

  static Sample of(Path file, Feed feed) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("%s by feed %s".formatted(file.getFileName(), feed.name()));
    try (Table table = Table.open(file, feed)) {
      Dialect dialect = table.dialect();
      lines.add(
          "charset %s, delimiter %s, %d columns: %s"
              .formatted(
                  dialect.charset(),
                  dialect.delimiter() == '\t' ? "tab" : "\"" + dialect.delimiter() + "\"",
                  table.columns().size(),
                  String.join(" | ", table.columns())));
      table.warnings().forEach(warning -> lines.add("note: " + warning));
      return rows(table, feed, lines);
    } catch (UnreadableFile e) {
      lines.add("refused: " + e.getMessage());
    } catch (UnreadableFile.WhileReading e) {
      lines.add("refused: " + e.getMessage());
    }
    return new Sample(List.copyOf(lines), false);
  }

  private static Sample rows(Table table, Feed feed, List<String> lines) {
    Judge judge = new Judge(feed.mapping().words());
    SampleSummary summary = new SampleSummary();
    boolean isLonger = false;
    int width = String.valueOf(ROWS).length();
    for (Iterator<RequestedAssignment> all = table.assignments(); all.hasNext(); ) {
      RequestedAssignment requested = all.next();
      Verdict verdict = judge.judge(requested.with(LATER));
      summary.add(requested, verdict);
      if (requested.row() > ROWS) {
        isLonger = true;
      } else {
        lines.add(
            ("row %" + width + "d  %s").formatted(requested.row(), words(requested, verdict)));
      }
    }
    if (isLonger) {
      lines.add("... and more rows, which are not shown");
    }
    lines.addAll(summary.lines());
    table.notes().forEach(note -> lines.add("note: " + note));
    return new Sample(List.copyOf(lines), summary.isUnderstood());
  }

  private static String words(RequestedAssignment requested, Verdict verdict) {
    if (verdict instanceof Verdict.Invalid invalid) {
      return "invalid "
          + invalid.faults().stream()
              .map((Fault fault) -> fault.code() + ": " + fault.message())
              .collect(Collectors.joining(" "));
    }
    if (verdict instanceof Verdict.Valid valid && requested.words() != null) {
      String note = valid.warning().isEmpty() ? "" : " (" + valid.warning() + ")";
      return asks(valid.assignment(), requested.words()) + note;
    }
    String why = requested.ignoredBy() != null ? ", by " + requested.ignoredBy() : "";
    String where = requested.by() == null ? "" : ", empty: " + requested.by();
    return "asks for nothing" + why + where;
  }

  private static String asks(Assignment assignment, RequestedAssignment.Words words) {
    RequestedAssignment.References instead = words.references();
    String about =
        switch (assignment.kind()) {
          case LEARNING_AIM -> ", standard " + shown(instead.standard(), assignment.standard());
          case UNIT_SUMMARY -> ", unit " + shown(instead.unit(), assignment.unit());
          case DEFAULT, ADDITIONAL -> "";
        };
    return "%s %s: learner %s, assignee %s%s"
        .formatted(
            assignment.kind().word(),
            assignment.role().word(),
            shown(instead.learner(), assignment.learner()),
            shown(instead.assignee(), assignment.assignee()),
            about);
  }

  private static String shown(
      RequestedAssignment.@Nullable Reference reference, @Nullable Object id) {
    return reference == null
        ? String.valueOf(id)
        : "\"" + reference.value() + "\" (looked up by " + reference.column() + ")";
  }
}
