package uk.onefileroutes.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import uk.onefileroutes.ledger.Leavers.Comparison;
import uk.onefileroutes.ledger.Leavers.Holder;
import uk.onefileroutes.ledger.Leavers.Listed;

/**
 * Makes the slots of those who left unknown. Works within the transaction that makes a centre's new
 * reading count, which holds the account's row.
 */
final class Leaving {
  /** The entries of accounts in the readings that count. */
  private static final String COUNTING =
      """
      directory_user u JOIN directory d ON d.account = u.account
        AND d.organisation = u.organisation AND d.edition = u.edition""";

  private final Connection connection;
  private final String account;

  Leaving(Connection connection, String account) {
    this.connection = connection;
    this.account = account;
  }

  /**
   * Compares a centre's reading that counts now with the one before it, whose entries are there
   * still. Where one of the two has no account there is nothing to compare.
   */
  void compare(int organisation, long before, long now, Leavers.Rule rule) throws SQLException {
    deleteSettled(connection, account);
    deleteReturned();
    if (accounts(organisation, before) == 0 || accounts(organisation, now) == 0) {
      return;
    }
    List<Holder> holders = holders(organisation, before);
    Set<Long> left =
        rule.left(
            new Comparison(
                organisation,
                accounts(organisation, before),
                lost(organisation, before, now),
                holders));
    if (left.isEmpty()) {
      return;
    }
    list(left, holders);
    makeUnknown(left);
  }

  /** Ends the list of slots that are known again, or erased. */
  static void deleteSettled(Connection connection, String account) throws SQLException {
    Sql.update(
        connection,
        """
        DELETE FROM leaver_slot WHERE account = ? AND NOT EXISTS (SELECT 1 FROM slot s
          WHERE s.account = leaver_slot.account AND s.learner = leaver_slot.learner
          AND s.slot = leaver_slot.slot AND s.known = FALSE)""",
        account);
  }

  /** Ends the list of these slots; returns how many. */
  static int delete(Connection connection, String account, SlotsOf which) throws SQLException {
    if (which.file() != null) {
      return Sql.update(
          connection,
          """
          DELETE FROM leaver_slot WHERE account = ? AND EXISTS (SELECT 1 FROM file_row n
            WHERE n.learner = leaver_slot.learner AND n.slot = leaver_slot.slot
            AND n.file_no = ?)""",
          account,
          which.file());
    }
    if (which.learner() != null) {
      return Sql.update(
          connection,
          "DELETE FROM leaver_slot WHERE account = ? AND learner = ?",
          account,
          which.learner());
    }
    return Sql.update(connection, "DELETE FROM leaver_slot WHERE account = ?", account);
  }

  /** Ends the list of those whose account is back. */
  private void deleteReturned() throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM leaver_slot WHERE account = ? AND EXISTS (SELECT 1 FROM "
            + COUNTING
            + " WHERE u.account = leaver_slot.account AND u.id = leaver_slot.leaver"
            + " AND u.archived = FALSE)",
        account);
  }

  private long accounts(int organisation, long edition) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT COUNT(DISTINCT id) FROM directory_user
              WHERE account = ? AND organisation = ? AND edition = ?""",
            account,
            organisation,
            edition)
        .one(r -> r.getLong(1))
        .orElse(0L);
  }

  private long lost(int organisation, long before, long now) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT COUNT(DISTINCT b.id) FROM directory_user b
              WHERE b.account = ? AND b.organisation = ? AND b.edition = ?
              AND NOT EXISTS (SELECT 1 FROM directory_user n WHERE n.account = b.account
                AND n.organisation = b.organisation AND n.edition = ? AND n.id = b.id)""",
            account,
            organisation,
            before,
            now)
        .one(r -> r.getLong(1))
        .orElse(0L);
  }

  private List<Holder> holders(int organisation, long before) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT h.assignee,
              EXISTS (SELECT 1 FROM directory_user b WHERE b.account = ? AND b.organisation = ?
                AND b.edition = ? AND b.id = h.assignee) AS was_listed,
              EXISTS (SELECT 1 FROM %1$s WHERE u.account = ? AND u.id = h.assignee) AS is_listed,
              EXISTS (SELECT 1 FROM %1$s WHERE u.account = ? AND u.id = h.assignee
                AND u.archived = FALSE) AS is_active
            FROM (SELECT DISTINCT assignee FROM slot WHERE account = ? AND known = TRUE) h
            ORDER BY h.assignee"""
                .formatted(COUNTING),
            account,
            organisation,
            before,
            account,
            account,
            account)
        .list(
            r ->
                new Holder(
                    r.getLong("assignee"),
                    r.getBoolean("was_listed"),
                    r.getBoolean("is_active")
                        ? Listed.ACTIVE
                        : r.getBoolean("is_listed") ? Listed.ARCHIVED : Listed.NOT));
  }

  private void list(Set<Long> left, List<Holder> holders) throws SQLException {
    for (Listed now : List.of(Listed.ARCHIVED, Listed.NOT)) {
      Object[] accounts =
          holders.stream()
              .filter(holder -> holder.now() == now && left.contains(holder.account()))
              .map(Holder::account)
              .toArray();
      Sql.update(
          connection,
          """
          INSERT INTO leaver_slot (account, learner, slot, leaver, archived)
            SELECT account, learner, slot, assignee, CAST(? AS BOOLEAN) FROM slot
            WHERE account = ? AND known = TRUE AND slot NOT LIKE 'additional/%'
            AND assignee IN (SELECT k.id FROM UNNEST(CAST(? AS BIGINT ARRAY)) AS k (id))""",
          now == Listed.ARCHIVED,
          account,
          array(accounts));
    }
  }

  private void makeUnknown(Set<Long> left) throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE slot SET known = FALSE, kept_for = NULL WHERE account = ? AND known = TRUE
          AND assignee IN (SELECT k.id FROM UNNEST(CAST(? AS BIGINT ARRAY)) AS k (id))""",
        account,
        array(left.toArray()));
    Forgetting.overtake(connection, account);
  }

  private Array array(Object[] ids) throws SQLException {
    return connection.createArrayOf("BIGINT", ids);
  }
}
