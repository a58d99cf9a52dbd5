package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.RowState;

/**
 * Ends a file's open requests, except what is on its way, page by page, so that memory stays
 * bounded whatever the backlog. The queues whose next they were continue with the request after it.
 * Within the caller's transaction, which holds the account's row.
 */
final class Undelivered {
  /** How many requests are looked at in one step. */
  static final int PAGE = 2000;

  private final Ledger ledger;

  Undelivered(Ledger ledger) {
    this.ledger = ledger;
  }

  /** How far a file's open requests were looked at. */
  record Place(long learner, long place) {
    static final Place START = new Place(0, -1);
  }

  /**
   * A file whose rows ask in the place of others.
   *
   * @param which of its rows {@code n} do, as SQL
   */
  record Asking(long file, String which) {}

  /** An open request, and what asks in its place, if anything does. */
  private record Open(
      RowKey key,
      Place place,
      RowState state,
      @Nullable String message,
      @Nullable RowKey newer,
      boolean isNext,
      boolean isOnItsWay) {}

  private record End(Open request, Code code, @Nullable String message) {}

  /** Supersedes one page of a file's requests; returns where to continue, empty at the end. */
  Optional<Place> supersede(Connection connection, long file, Asking newer, Place after, Instant at)
      throws SQLException {
    List<Open> page = page(connection, file, newer, after);
    List<End> ends = new ArrayList<>();
    for (Open request : page) {
      if (request.newer != null && !request.isOnItsWay) {
        ends.add(new End(request, Code.SUPERSEDED, LearnerQueues.supersededBy(request.newer)));
      }
    }
    end(connection, RowState.SUPERSEDED, ends, at);
    return Pages.next(page, PAGE, Open::place);
  }

  /** Cancels one page of a file's requests; returns where to continue, empty at the end. */
  Optional<Place> cancel(Connection connection, long file, Place after, Instant at)
      throws SQLException {
    List<Open> page = page(connection, file, null, after);
    List<End> ends =
        page.stream()
            .filter(request -> !request.isOnItsWay)
            .map(request -> new End(request, Code.CANCELLED, cancelled(request)))
            .toList();
    end(connection, RowState.CANCELLED, ends, at);
    return Pages.next(page, PAGE, Open::place);
  }

  /** What was tried before it was cancelled may have arrived, so its last failure is kept. */
  static String cancelledAfter(String message) {
    return "Cancelled instead of being tried again. " + message;
  }

  private static @Nullable String cancelled(Open request) {
    return request.state == RowState.WAITING && request.message != null
        ? cancelledAfter(request.message)
        : null;
  }

  private List<Open> page(Connection connection, long file, @Nullable Asking newer, Place after)
      throws SQLException {
    String columns = newer == null ? "" : ", n.row_no AS newer_row, n.part AS newer_part";
    String join =
        newer == null
            ? ""
            : " LEFT JOIN file_row n ON n.learner = r.learner AND n.slot = r.slot"
                + " AND n.file_no = ? AND "
                + newer.which;
    List<Object> parameters =
        new ArrayList<>(List.of(file, after.learner, after.learner, after.place, PAGE));
    if (newer != null) {
      parameters.add(newer.file);
    }
    return Sql.query(
            connection,
            "SELECT r.file_no, r.row_no, r.part, r.learner, r.place, o.state, o.message,"
                + " l.learner AS head, l.claim"
                + columns
                + " FROM (SELECT file_no, row_no, part, account, learner, slot, place FROM request"
                + " WHERE file_no = ? AND closed = FALSE AND learner >= ?"
                + " AND (learner > ? OR place > ?)"
                + " ORDER BY file_no, closed, learner, place LIMIT ?) r"
                + " LEFT JOIN file_row o ON o.file_no = r.file_no AND o.row_no = r.row_no"
                + " AND o.part = r.part"
                + join
                + " LEFT JOIN line l ON l.account = r.account AND l.learner = r.learner"
                + " AND l.file_no = r.file_no AND l.row_no = r.row_no AND l.part = r.part"
                + " ORDER BY r.learner, r.place",
            parameters.toArray())
        .list(r -> open(r, newer));
  }

  private static Open open(ResultSet row, @Nullable Asking newer) throws SQLException {
    return new Open(
        RowKey.read(row),
        new Place(row.getLong("learner"), row.getLong("place")),
        RowState.of(row.getString("state")),
        row.getString("message"),
        newer == null || row.getObject("newer_row") == null
            ? null
            : new RowKey(newer.file, row.getLong("newer_row"), row.getInt("newer_part")),
        row.getObject("head") != null,
        row.getString("claim") != null);
  }

  private void end(Connection connection, RowState state, List<End> ends, Instant at)
      throws SQLException {
    RowChanges rows = new RowChanges();
    List<@Nullable Object[]> requests = new ArrayList<>();
    List<@Nullable Object[]> learners = new ArrayList<>();
    for (End end : ends) {
      RowKey key = end.request.key;
      rows.move(key, end.request.state, new RowChanges.To(state, end.code.name(), end.message, at));
      requests.add(new Object[] {key.file(), key.row(), key.part()});
      if (end.request.isNext) {
        learners.add(new Object[] {ledger.account(), end.request.place.learner});
      }
    }
    rows.write(connection);
    Sql.batch(
        connection,
        "UPDATE request SET closed = TRUE WHERE file_no = ? AND row_no = ? AND part = ?",
        requests);
    Sql.batch(connection, "DELETE FROM line WHERE account = ? AND learner = ?", learners);
    Sql.batch(connection, LearnerQueue.START, learners);
  }
}
