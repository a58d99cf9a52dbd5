package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one learner, within a transaction that holds the account's row: so none is lost or
 * doubled between a release and a settlement. It has at most one next request.
 */
final class LearnerQueue {
  /** Which of a learner's requests is next: the oldest open one of a released file. */
  private static final String NEXT_OF =
      """
      FROM request r JOIN file f ON f.no = r.file_no
        WHERE r.account = ? AND r.learner = %s AND r.closed = FALSE AND r.not_before IS NULL
        AND f.state = 'delivering' ORDER BY r.file_no, r.place LIMIT 1""";

  /**
   * Gives a learner who has no queue one with their next request, if there is any. Needs account
   * and learner.
   */
  static final String START =
      """
      INSERT INTO line (account, learner, file_no, row_no, part, place, due_at)
        SELECT r.account, r.learner, r.file_no, r.row_no, r.part, r.place, f.accepted_at
      """
          + NEXT_OF.formatted("?");

  /** The next request of each learner. Needs an array of learners and thrice the account. */
  private static final String NEXT =
      """
      SELECT k.learner, n.file_no, n.row_no, n.part, n.place, f.accepted_at
      FROM UNNEST(CAST(? AS BIGINT ARRAY)) AS k (learner)
      LEFT JOIN request n ON n.account = ? AND n.learner = k.learner AND n.closed = FALSE
        AND n.file_no = (SELECT r.file_no %s)
        AND n.place = (SELECT r.place %s)
      LEFT JOIN file f ON f.no = n.file_no"""
          .formatted(NEXT_OF.formatted("k.learner"), NEXT_OF.formatted("k.learner"));

  private final Connection connection;
  private final String account;
  private final long learner;

  LearnerQueue(Connection connection, String account, long learner) {
    this.connection = connection;
    this.account = account;
    this.learner = learner;
  }

  /** Points each at its learner's next open request of a released file, or ends it. */
  static void advance(Connection connection, String account, List<Long> learners)
      throws SQLException {
    if (learners.isEmpty()) {
      return;
    }
    List<@Nullable Object[]> ended = new ArrayList<>();
    List<@Nullable Object[]> moved = new ArrayList<>();
    Sql.query(
            connection,
            NEXT,
            connection.createArrayOf("BIGINT", learners.toArray()),
            account,
            account,
            account)
        .each(
            r -> {
              long learner = r.getLong("learner");
              if (r.getObject("row_no") == null) {
                ended.add(new Object[] {account, learner});
              } else {
                RowKey key = RowKey.read(r);
                moved.add(
                    new Object[] {
                      key.file(),
                      key.row(),
                      key.part(),
                      r.getLong("place"),
                      Sql.instant(r, "accepted_at"),
                      account,
                      learner
                    });
              }
            });
    Sql.batch(connection, "DELETE FROM line WHERE account = ? AND learner = ?", ended);
    Sql.batch(
        connection,
        """
        UPDATE line SET file_no = ?, row_no = ?, part = ?, place = ?, due_at = ?, claim = NULL
          WHERE account = ? AND learner = ?""",
        moved);
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
      advance(connection, account, List.of(learner));
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
        .isAny();
  }
}
