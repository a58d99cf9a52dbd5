package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Ids;
import uk.onefileroutes.feed.Column;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.Trust;
import uk.onefileroutes.onefile.Said;
import uk.onefileroutes.onefile.UserDefaults;
import uk.onefileroutes.table.Row;
import uk.onefileroutes.table.Table;
import uk.onefileroutes.table.UnreadableFile;

/**
 * The users of an export of Onefile, with their default assessors and employers. Of all else that
 * is in it nothing is kept.
 */
final class UserExport {
  static final String USER = "UserID";
  private static final List<String> ASSESSORS = List.of("DefaultAssessorID", "DefaultAssessor");
  private static final List<String> EMPLOYERS = List.of("DefaultEmployerID", "DefaultEmployer");
  private static final Said OPEN = new Said.Open("the export names nobody by id");

  private final Map<Long, UserDefaults> users = new HashMap<>();

  private UserExport() {}

  /**
   * Reads an export, of any format that a feed reads.
   *
   * @throws UnreadableFile if it can't be read, or has no column {@value #USER}
   */
  static UserExport read(Path file) throws UnreadableFile, IOException {
    UserExport export = new UserExport();
    try (Table table = Table.open(file, feed())) {
      List<String> headers = table.columns().stream().map(Column::comparable).toList();
      int user = headers.indexOf(Column.comparable(USER));
      int assessor = place(headers, ASSESSORS);
      int employer = place(headers, EMPLOYERS);
      for (Iterator<Row> rows = table.rows(); rows.hasNext(); ) {
        Row row = rows.next();
        Long id = row.faults().isEmpty() && !row.isBlank() ? Ids.parse(cell(row, user)) : null;
        if (id != null) {
          export.users.put(id, new UserDefaults(said(row, assessor), said(row, employer)));
        }
      }
    } catch (UnreadableFile.WhileReading e) {
      throw e.reason();
    }
    return export;
  }

  /** What it says of a user; null: it has no such user. */
  @Nullable UserDefaults of(long user) {
    return users.get(user);
  }

  private static int place(List<String> headers, List<String> names) {
    return names.stream()
        .map(name -> headers.indexOf(Column.comparable(name)))
        .filter(place -> place >= 0)
        .findFirst()
        .orElse(-1);
  }

  private static String cell(Row row, int place) {
    return place < row.cells().size() ? row.cells().get(place).strip() : "";
  }

  /** An empty cell is nobody; one with a name says nothing that could be compared. */
  private static Said said(Row row, int place) {
    if (place < 0) {
      return OPEN;
    }
    String text = cell(row, place);
    if (text.isEmpty() || text.equals("0")) {
      return new Said.Nobody();
    }
    Long id = Ids.parse(text);
    return id == null ? OPEN : new Said.Somebody(id);
  }

  /** A feed that any file is right for which has the column. */
  private static Feed feed() {
    List<String> faults = new ArrayList<>();
    return Feed.read(
            "users",
            Map.of(
                "source", "directory",
                "directory", "in",
                "results.directory", "out",
                "column.learner_id", USER,
                "constant.assignee_id", "1",
                "constant.kind", "default",
                "constant.role", "assessor"),
            Trust.FOR_EVER,
            faults)
        .orElseThrow(() -> new IllegalStateException(String.join(" ", faults)));
  }
}
