package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one learner, within a transaction that holds the account's row: so none is lost or
 * doubled between a release and a settlement. It has at most one next request.
 */
final class LearnerQueue {
  /**
   * Gives a learner who has no queue one with their next open request of a released file, if there
   * is any. Needs account and learner.
   */
  static final String START =
      """
      INSERT INTO line (account, learner, file_no, row_no, part, place, due_at)
        SELECT r.account, r.learner, r.file_no, r.row_no, r.part, r.place, f.accepted_at
        FROM request r JOIN file f ON f.no = r.file_no
        WHERE r.account = ? AND r.learner = ? AND r.closed = FALSE AND f.state = 'delivering'
        AND r.not_before IS NULL ORDER BY r.file_no, r.place LIMIT 1""";

  private final Connection connection;
  private final String account;
  private final long learner;

  LearnerQueue(Connection connection, String account, long learner) {
    this.connection = connection;
    this.account = account;
    this.learner = learner;
  }

  /**
   * Whether a request is its next one.
   *
   * @param token the run under which it is on its way; null: it is not
   */
  boolean isNext(RowKey key, @Nullable String token) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT claim FROM line WHERE account = ? AND learner = ? AND file_no = ?
              AND row_no = ? AND part = ? AND claim IS NOT DISTINCT FROM ?""",
            account,
            learner,
            key.file(),
            key.row(),
            key.part(),
            token)
        .one(r -> true)
        .isPresent();
  }

  /** Points it at the learner's next open request of a released file, or ends it. */
  void advance() throws SQLException {
    record NextRequest(RowKey key, long place, Instant dueAt) {}
    Optional<NextRequest> next =
        Sql.query(
                connection,
                """
                SELECT r.file_no, r.row_no, r.part, r.place, f.accepted_at
                  FROM request r JOIN file f ON f.no = r.file_no
                  WHERE r.account = ? AND r.learner = ? AND r.closed = FALSE
                  AND r.not_before IS NULL AND f.state = 'delivering'
                  ORDER BY r.file_no, r.place LIMIT 1""",
                account,
                learner)
            .one(
                r ->
                    new NextRequest(
                        RowKey.read(r), r.getLong("place"), Sql.instant(r, "accepted_at")));
    if (next.isEmpty()) {
      Sql.update(
          connection, "DELETE FROM line WHERE account = ? AND learner = ?", account, learner);
      return;
    }
    NextRequest request = next.get();
    Sql.update(
        connection,
        """
        UPDATE line SET file_no = ?, row_no = ?, part = ?, place = ?, due_at = ?, claim = NULL
          WHERE account = ? AND learner = ?""",
        request.key.file(),
        request.key.row(),
        request.key.part(),
        request.place,
        request.dueAt,
        account,
        learner);
  }

  /**
   * Begins it with the learner's oldest open request of a released file, unless one is on its way:
   * then that follows.
   */
  void restart() throws SQLException {
    Optional<Boolean> onItsWay =
        Sql.query(
                connection,
                "SELECT claim FROM line WHERE account = ? AND learner = ?",
                account,
                learner)
            .one(r -> r.getString("claim") != null);
    if (onItsWay.isEmpty()) {
      Sql.update(connection, START, account, learner);
    } else if (!onItsWay.get() && isBehind()) {
      advance();
    }
  }

  /** Whether it waits for something newer than the learner's oldest open request. */
  boolean isBehind() throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT r.row_no FROM line l JOIN request r ON r.account = l.account
              AND r.learner = l.learner AND r.closed = FALSE AND r.not_before IS NULL
              AND (r.file_no < l.file_no OR r.file_no = l.file_no AND r.place < l.place)
              JOIN file f ON f.no = r.file_no AND f.state = 'delivering'
              WHERE l.account = ? AND l.learner = ? LIMIT 1""",
            account,
            learner)
        .one(r -> true)
        .isPresent();
  }
}
