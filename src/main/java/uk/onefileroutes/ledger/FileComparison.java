package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.ledger.FileFacts.Age;
import uk.onefileroutes.ledger.FileFacts.Change;
import uk.onefileroutes.ledger.FileFacts.Gain;
import uk.onefileroutes.ledger.FileFacts.LastFile;
import uk.onefileroutes.ledger.FileFacts.Other;
import uk.onefileroutes.ledger.FileFacts.Roles;

/**
 * Compares a file that was read whole with the files before it and with what slots hold, in sets;
 * what that means is decided elsewhere. Thread-safe.
 */
public final class FileComparison {
  private static final int SHOWN = 3;
  private static final String SELECT_OTHER =
      "SELECT f.no, f.sha256, f.source_modified, f.accepted_at, g.line_end FROM file f"
          + " LEFT JOIN file_figures g ON g.file_no = f.no WHERE "
          + LastFiles.RELEASED
          + " AND f.account = ? AND f.feed = ? AND f.no < ?";
  private static final String NEWEST = " ORDER BY f.account DESC, f.feed DESC, f.no DESC LIMIT 1";

  private final Ledger ledger;

  public FileComparison(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Keeps the figures of a file that was read whole, in place of earlier ones. May run again. */
  public void keep(long fileNo, FileFigures figures) {
    ledger.inTransaction(
        connection -> {
          Sql.update(connection, "DELETE FROM file_column WHERE file_no = ?", fileNo);
          Sql.update(connection, "DELETE FROM file_figures WHERE file_no = ?", fileNo);
          Sql.update(
              connection,
              "INSERT INTO file_figures (file_no, snapshot, line_end, records) VALUES (?, ?, ?, ?)",
              fileNo,
              figures.isSnapshot(),
              figures.hasLineEnd(),
              figures.records());
          List<@Nullable Object[]> columns = new ArrayList<>();
          figures
              .filled()
              .forEach(
                  (name, filled) ->
                      columns.add(new Object[] {fileNo, Sql.bounded(name, 200), filled}));
          Sql.batch(
              connection,
              "INSERT INTO file_column (file_no, name, filled) VALUES (?, ?, ?)",
              columns);
          return fileNo;
        });
  }

  /**
   * What a file that was read whole is like. Changes nothing; what is gone is read page by page.
   *
   * @param isSnapshot whether what it does not name is gone
   */
  public FileFacts with(FileEntry file, boolean isSnapshot) {
    return with(file, file.no(), isSnapshot, SHOWN);
  }

  /**
   * The same where its rows stand under another number.
   *
   * @param rows the number of a dry run
   * @param listed how many of what is gone are wanted by name
   */
  FileFacts with(FileEntry file, long rows, boolean isSnapshot, int listed) {
    GoneSlots.Gone gone =
        isSnapshot ? new GoneSlots(ledger).with(file, rows, listed) : GoneSlots.Gone.NOTHING;
    return ledger.read(
        connection ->
            new FileFacts(
                gone,
                last(connection, file).orElse(null),
                age(connection, file),
                changes(connection, rows),
                gains(connection, rows),
                roles(connection, rows)));
  }

  /** How many of a file's rows would be sent to slots that are not known to hold anybody. */
  public long adds(long fileNo) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT COUNT(*) FROM file_row
                    WHERE file_no = ? AND state = 'planned' AND held IS NULL""",
                    fileNo)
                .one(r -> r.getLong(1))
                .orElse(0L));
  }

  private Optional<LastFile> last(Connection connection, FileEntry file) throws SQLException {
    if (file.isMade()) { // no export, so that it is like none
      return Optional.empty();
    }
    OptionalLong found = LastFiles.before(connection, ledger.account(), file, LastFiles.WITH_ROWS);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    long no = found.getAsLong();
    return Optional.of(new LastFile(no, invalid(connection, no), figures(connection, no)));
  }

  private static Map<String, Long> invalid(Connection connection, long no) throws SQLException {
    Map<String, Long> invalid = new HashMap<>();
    Sql.query(
            connection,
            """
            SELECT code, COUNT(DISTINCT row_no) AS amount FROM file_row
            WHERE file_no = ? AND state = 'invalid' GROUP BY code""",
            no)
        .each(
            r -> {
              for (String code : String.valueOf(r.getString("code")).split(";", -1)) {
                invalid.merge(code, r.getLong("amount"), Long::sum);
              }
            });
    return invalid;
  }

  private static @Nullable FileFigures figures(Connection connection, long no) throws SQLException {
    Map<String, Long> filled = new HashMap<>();
    Sql.query(connection, "SELECT name, filled FROM file_column WHERE file_no = ?", no)
        .each(r -> filled.put(r.getString("name"), r.getLong("filled")));
    return Sql.query(
            connection,
            "SELECT snapshot, line_end, records FROM file_figures WHERE file_no = ?",
            no)
        .one(
            r ->
                new FileFigures(
                    r.getBoolean("snapshot"),
                    r.getBoolean("line_end"),
                    r.getLong("records"),
                    filled))
        .orElse(null);
  }

  /** A released file, and what its bytes are. */
  private record Released(Other file, String sha256) {
    static Released read(ResultSet row) throws SQLException {
      Instant accepted = Sql.instant(row, "accepted_at");
      Instant modified = Sql.instant(row, "source_modified");
      // a clock that is ahead must not make all that follows look old
      @Nullable Instant known = known(modified.isAfter(accepted) ? accepted : modified);
      @Nullable Boolean lineEnd = row.getObject("line_end", Boolean.class);
      return new Released(
          new Other(row.getLong("no"), accepted, known, lineEnd), row.getString("sha256"));
    }
  }

  /** A place that does not know says the beginning of 1970. */
  private static @Nullable Instant known(Instant modified) {
    return modified.equals(Instant.EPOCH) ? null : modified;
  }

  private Age age(Connection connection, FileEntry file) throws SQLException {
    if (file.isMade()) {
      return Age.UNKNOWN;
    }
    Optional<Released> last =
        Sql.query(connection, SELECT_OTHER + NEWEST, ledger.account(), file.feed(), file.no())
            .one(Released::read);
    if (last.isEmpty()) {
      return Age.UNKNOWN;
    }
    Optional<Instant> modified =
        Sql.query(connection, "SELECT source_modified FROM file WHERE no = ?", file.no())
            .one(r -> Sql.instant(r, "source_modified"));
    Optional<Released> equal =
        last.get().sha256.equals(file.received().sha256())
            ? Optional.empty()
            : Sql.query(
                    connection,
                    SELECT_OTHER + " AND f.sha256 = ?" + NEWEST,
                    ledger.account(),
                    file.feed(),
                    file.no(),
                    file.received().sha256())
                .one(Released::read);
    return new Age(
        modified.map(FileComparison::known).orElse(null),
        last.get().file,
        equal.map(Released::file).orElse(null));
  }

  private static List<Change> changes(Connection connection, long rows) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT row_no, held, assignee FROM file_row WHERE file_no = ? AND state = 'planned'
            AND held <> assignee ORDER BY file_no, row_no, part LIMIT ?""",
            rows,
            SHOWN)
        .list(r -> new Change(r.getLong("row_no"), r.getLong("held"), r.getLong("assignee")));
  }

  private static List<Gain> gains(Connection connection, long rows) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT assignee, COUNT(DISTINCT learner) AS learners FROM file_row
            WHERE file_no = ? AND state = 'planned' AND held <> assignee
            GROUP BY assignee ORDER BY learners DESC, assignee LIMIT ?""",
            rows,
            SHOWN)
        .list(r -> new Gain(r.getLong("assignee"), r.getLong("learners")));
  }

  /** Who is in few rows is looked up in many: assignees are few, learners many. */
  private Roles roles(Connection connection, long rows) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT
              (SELECT COUNT(DISTINCT learner) FROM file_row
                WHERE file_no = ? AND slot IS NOT NULL) AS learners,
              (SELECT COUNT(*) FROM
                (SELECT DISTINCT assignee FROM slot WHERE account = ?) a
                WHERE EXISTS (SELECT 1 FROM file_row r WHERE r.learner = a.assignee
                    AND r.slot IS NOT NULL AND r.file_no = ?)
                  AND NOT EXISTS (SELECT 1 FROM slot s WHERE s.account = ?
                    AND s.learner = a.assignee)) AS as_assignees,
              (SELECT COUNT(DISTINCT assignee) FROM file_row
                WHERE file_no = ? AND slot IS NOT NULL) AS assignees,
              (SELECT COUNT(*) FROM
                (SELECT DISTINCT assignee FROM file_row
                  WHERE file_no = ? AND slot IS NOT NULL) a
                WHERE EXISTS (SELECT 1 FROM slot s WHERE s.account = ? AND s.learner = a.assignee)
                  AND NOT EXISTS (SELECT 1 FROM slot s WHERE s.account = ?
                    AND s.assignee = a.assignee)) AS as_learners""",
            rows,
            ledger.account(),
            rows,
            ledger.account(),
            rows,
            rows,
            ledger.account(),
            ledger.account())
        .one(
            r ->
                new Roles(
                    r.getLong("learners"),
                    r.getLong("as_assignees"),
                    r.getLong("assignees"),
                    r.getLong("as_learners")))
        .orElse(Roles.NONE);
  }
}
