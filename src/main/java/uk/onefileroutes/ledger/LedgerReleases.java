package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.RowState;

/** Lets files that were read whole go to delivery. Thread-safe. */
public final class LedgerReleases {
  /** How many rows are moved at a time, so that memory stays bounded whatever the backlog. */
  private static final int PAGE = 2000;

  private final Ledger ledger;

  public LedgerReleases(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Releases a file in one transaction: undelivered requests of older files for its slots are
   * superseded, except what is on its way. Its own rows are not touched. {@link #lineUp} follows.
   *
   * @return false if a slot of an {@code unchanged} row got another request since the row was
   *     stored: then the file must be read again
   */
  public boolean release(long fileNo, Instant at) {
    return ledger.inTransaction(
        connection -> {
          ledger.lock(connection);
          if (hasOvertakenRows(connection, fileNo)) {
            return false;
          }
          for (long older : olderFiles(connection, fileNo)) {
            supersede(connection, older, fileNo, at);
          }
          Sql.update(
              connection,
              "UPDATE file SET state = 'delivering', released_at = ? WHERE no = ? AND state ="
                  + " 'receiving'",
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
    OptionalLong last = OptionalLong.of(0);
    while (last.isPresent()) {
      long after = last.getAsLong();
      last =
          ledger.inTransaction(
              connection -> {
                ledger.lock(connection);
                return lineUp(connection, fileNo, after);
              });
    }
  }

  private boolean hasOvertakenRows(Connection connection, long fileNo) throws SQLException {
    return Sql.query(
            connection,
            "SELECT n.row_no FROM file f"
                + " JOIN request r ON r.file_no = f.no AND r.closed = FALSE"
                + " JOIN file_row n ON n.learner = r.learner AND n.slot = r.slot AND n.file_no = ?"
                + " WHERE f.state = 'delivering' AND f.no < ? AND n.state = 'unchanged' LIMIT 1",
            fileNo,
            fileNo)
        .one(r -> r.getLong(1))
        .isPresent();
  }

  private static List<Long> olderFiles(Connection connection, long fileNo) throws SQLException {
    return Sql.query(
            connection,
            "SELECT no FROM file WHERE state = 'delivering' AND no < ? ORDER BY no",
            fileNo)
        .list(r -> r.getLong("no"));
  }

  /** An open request of an older file, and what asks in its place, if anything does. */
  private record Older(
      RowKey key,
      long learner,
      long place,
      RowState state,
      @Nullable RowKey newer,
      boolean isHead,
      boolean isOnItsWay) {}

  private void supersede(Connection connection, long older, long newer, Instant at)
      throws SQLException {
    long afterLearner = 0;
    long afterPlace = -1;
    while (true) {
      List<Older> page = openRequests(connection, older, newer, afterLearner, afterPlace);
      supersede(
          connection,
          page.stream().filter(row -> row.newer != null && !row.isOnItsWay).toList(),
          at);
      if (page.size() < PAGE) {
        return;
      }
      Older last = page.get(page.size() - 1);
      afterLearner = last.learner;
      afterPlace = last.place;
    }
  }

  private List<Older> openRequests(
      Connection connection, long older, long newer, long afterLearner, long afterPlace)
      throws SQLException {
    return Sql.query(
            connection,
            "SELECT r.file_no, r.row_no, r.part, r.learner, r.place, o.state,"
                + " n.row_no AS newer_row, n.part AS newer_part, l.learner AS head, l.claim"
                + " FROM (SELECT file_no, row_no, part, account, learner, slot, place FROM request"
                + " WHERE file_no = ? AND closed = FALSE AND learner >= ?"
                + " AND (learner > ? OR place > ?)"
                + " ORDER BY file_no, closed, learner, place LIMIT ?) r"
                + " LEFT JOIN file_row o ON o.file_no = r.file_no AND o.row_no = r.row_no"
                + " AND o.part = r.part"
                + " LEFT JOIN file_row n ON n.learner = r.learner AND n.slot = r.slot"
                + " AND n.file_no = ? AND n.state = 'planned'"
                + " LEFT JOIN line l ON l.account = r.account AND l.learner = r.learner"
                + " AND l.file_no = r.file_no AND l.row_no = r.row_no AND l.part = r.part"
                + " ORDER BY r.learner, r.place",
            older,
            afterLearner,
            afterLearner,
            afterPlace,
            PAGE,
            newer)
        .list(
            r ->
                new Older(
                    RowKey.read(r),
                    r.getLong("learner"),
                    r.getLong("place"),
                    RowState.of(r.getString("state")),
                    r.getObject("newer_row") == null
                        ? null
                        : new RowKey(newer, r.getLong("newer_row"), r.getInt("newer_part")),
                    r.getObject("head") != null,
                    r.getString("claim") != null));
  }

  private void supersede(Connection connection, List<Older> rows, Instant at) throws SQLException {
    Tally tally = new Tally();
    List<@Nullable Object[]> states = new ArrayList<>();
    List<@Nullable Object[]> requests = new ArrayList<>();
    List<@Nullable Object[]> heads = new ArrayList<>();
    for (Older row : rows) {
      if (row.newer == null) {
        continue;
      }
      RowKey key = row.key;
      states.add(
          new Object[] {
            Code.SUPERSEDED.name(),
            LedgerLines.supersededBy(row.newer),
            at,
            key.file(),
            key.row(),
            key.part()
          });
      requests.add(new Object[] {key.file(), key.row(), key.part()});
      if (row.isHead) {
        heads.add(new Object[] {ledger.account(), row.learner});
      }
      tally.move(key.file(), row.state, RowState.SUPERSEDED);
    }
    Sql.batch(
        connection,
        "UPDATE file_row SET state = 'superseded', code = ?, message = ?, changed_at = ?"
            + " WHERE file_no = ? AND row_no = ? AND part = ?",
        states);
    Sql.batch(
        connection,
        "UPDATE request SET closed = TRUE WHERE file_no = ? AND row_no = ? AND part = ?",
        requests);
    Sql.batch(connection, "DELETE FROM line WHERE account = ? AND learner = ?", heads);
    Sql.batch(connection, LedgerLines.START_LINE, heads);
    tally.write(connection);
  }

  /**
   * The next page of open requests: their learners get lines. Returns the last learner of the page;
   * empty if there was none.
   */
  private OptionalLong lineUp(Connection connection, long fileNo, long after) throws SQLException {
    List<@Nullable Object[]> lines = new ArrayList<>();
    Set<Long> learners = new LinkedHashSet<>();
    Sql.query(
            connection,
            "SELECT r.row_no, r.part, r.learner, r.place, f.accepted_at, l.learner AS lined"
                + " FROM (SELECT file_no, row_no, part, learner, place FROM request"
                + " WHERE file_no = ? AND closed = FALSE AND learner > ?"
                + " ORDER BY file_no, closed, learner, place LIMIT ?) r"
                + " LEFT JOIN file f ON f.no = r.file_no"
                + " LEFT JOIN line l ON l.account = ? AND l.learner = r.learner"
                + " ORDER BY r.learner, r.place",
            fileNo,
            after,
            PAGE,
            ledger.account())
        .each(
            r -> {
              long learner = r.getLong("learner");
              if (learners.add(learner) && r.getObject("lined") == null) {
                lines.add(
                    new Object[] {
                      ledger.account(),
                      learner,
                      fileNo,
                      r.getLong("row_no"),
                      r.getInt("part"),
                      r.getLong("place"),
                      Sql.instant(r, "accepted_at")
                    });
              }
            });
    Sql.batch(
        connection,
        "INSERT INTO line (account, learner, file_no, row_no, part, place, due_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        lines);
    return learners.stream().mapToLong(learner -> learner).max();
  }
}
