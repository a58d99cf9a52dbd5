package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets files that were read whole go to delivery. Thread-safe. */
public final class LedgerReleases {
  /** How many rows are moved at a time, so that memory stays bounded whatever the backlog. */
  private static final int PAGE = 2000;

  private final Ledger ledger;
  private final LedgerLines lines;

  public LedgerReleases(Ledger ledger, LedgerLines lines) {
    this.ledger = ledger;
    this.lines = lines;
  }

  /**
   * Releases a file in one transaction: undelivered older requests for its slots are superseded,
   * except what is on its way. Its own rows are not touched. {@link #lineUp} follows.
   *
   * @return false if a slot of an {@code unchanged} row got another request since the row was
   *     stored: then the file must be read again
   */
  public boolean release(long fileNo, Instant at) {
    return ledger.inTransaction(
        connection -> {
          lines.lock(connection);
          if (hasOvertakenRows(connection, fileNo)) {
            return false;
          }
          while (supersedeOlder(connection, fileNo, at)) {
            // page by page; what was superseded is not found again
          }
          Sql.update(
              connection,
              "UPDATE file SET state = 'delivering', released_at = ? WHERE no = ? AND state = 'receiving'",
              at,
              fileNo);
          return true;
        });
  }

  /**
   * Gives each learner with open requests in a released file a line, where they have none; several
   * transactions, and sending may begin after the first. May run again at any time: it completes
   * what a crash interrupted.
   */
  public void lineUp(long fileNo) {
    long after = 0;
    while (true) {
      long from = after;
      List<Long> learners =
          ledger.inTransaction(
              connection -> {
                lines.lock(connection);
                return lineUp(connection, fileNo, from);
              });
      if (learners.isEmpty()) {
        return;
      }
      after = learners.get(learners.size() - 1);
    }
  }

  private boolean hasOvertakenRows(Connection connection, long fileNo) throws SQLException {
    return Sql.query(
            connection,
            "SELECT n.row_no FROM file f"
                + " JOIN request r ON r.file_no = f.no AND r.closed = FALSE"
                + " JOIN file_row n ON n.learner = r.learner AND n.slot = r.slot AND n.file_no = ?"
                + " WHERE f.state = 'delivering' AND f.no <> ? AND n.state = 'unchanged' LIMIT 1",
            fileNo,
            fileNo)
        .one(r -> r.getLong(1))
        .isPresent();
  }

  private boolean supersedeOlder(Connection connection, long fileNo, Instant at)
      throws SQLException {
    record Older(RowKey key, RowKey newer, long learner, boolean isHead) {}
    List<Older> page =
        Sql.query(
                connection,
                "SELECT r.file_no, r.row_no, r.part, r.learner, n.row_no AS newer_row,"
                    + " n.part AS newer_part, l.learner AS head FROM file f"
                    + " JOIN request r ON r.file_no = f.no AND r.closed = FALSE"
                    + " JOIN file_row n ON n.learner = r.learner AND n.slot = r.slot AND n.file_no = ?"
                    + " AND n.state = 'planned'"
                    + " LEFT JOIN line l ON l.account = r.account AND l.learner = r.learner"
                    + " AND l.file_no = r.file_no AND l.row_no = r.row_no AND l.part = r.part"
                    + " WHERE f.state = 'delivering' AND f.no <> ? AND l.claim IS NULL LIMIT ?",
                fileNo,
                fileNo,
                PAGE)
            .list(
                r ->
                    new Older(
                        RowKey.read(r),
                        new RowKey(fileNo, r.getLong("newer_row"), r.getInt("newer_part")),
                        r.getLong("learner"),
                        r.getObject("head") != null));
    for (Older older : page) {
      LedgerLines.supersede(connection, older.key, older.newer, at);
      if (older.isHead) {
        lines.advance(connection, older.learner);
      }
    }
    return page.size() == PAGE;
  }

  private List<Long> lineUp(Connection connection, long fileNo, long after) throws SQLException {
    record First(long learner, long place) {}
    List<First> firsts =
        Sql.query(
                connection,
                "SELECT learner, MIN(place) AS place FROM request"
                    + " WHERE file_no = ? AND closed = FALSE AND learner > ?"
                    + " GROUP BY learner ORDER BY learner LIMIT ?",
                fileNo,
                after,
                PAGE)
            .list(r -> new First(r.getLong("learner"), r.getLong("place")));
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (First first : firsts) {
      rows.add(
          new Object[] {
            ledger.account(), fileNo, first.learner, first.place, ledger.account(), first.learner
          });
    }
    Sql.batch(
        connection,
        "INSERT INTO line (account, learner, file_no, row_no, part, place, due_at)"
            + " SELECT ?, r.learner, r.file_no, r.row_no, r.part, r.place, f.accepted_at"
            + " FROM request r JOIN file f ON f.no = r.file_no"
            + " WHERE r.file_no = ? AND r.closed = FALSE AND r.learner = ? AND r.place = ?"
            + " AND NOT EXISTS (SELECT 1 FROM line WHERE account = ? AND learner = ?)",
        rows);
    return firsts.stream().map(First::learner).toList();
  }
}
