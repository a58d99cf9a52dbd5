package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people did: each action is entered before it is done and completed after it, so that one
 * that a crash cut off can be seen too. Entries are never changed otherwise. Thread-safe; each verb
 * is one transaction.
 */
public final class AuditLog {
  private static final int LONGEST_SUBJECT = 1100;
  private static final int LONGEST_STATE = 1000;

  private final Ledger ledger;
  private final String ofAccount;

  /**
   * An action that is about to be done.
   *
   * @param who the login that was used, or the user of the operating system
   * @param way how it was asked for, such as {@code page} or {@code command}
   * @param action one word, such as {@code release}
   * @param subject what it is done to
   * @param before how that stands
   */
  public record NewEntry(
      Instant at, String who, String way, String action, String subject, String before) {}

  /**
   * An action.
   *
   * @param begun what was entered before it was done
   * @param after how its subject stood then, or why it was refused; null where the action was cut
   *     off, or is not over yet
   */
  public record Entry(long no, NewEntry begun, @Nullable String after) {}

  /** The audit where there are no accounts. */
  public AuditLog(Ledger ledger) {
    this(ledger, "");
  }

  /**
   * The audit of the whole ledger, to which what was done to an account is added.
   *
   * @param account which begins what is said of an action's subject; empty: there are no accounts
   */
  public AuditLog(Ledger ledger, String account) {
    this.ledger = ledger;
    this.ofAccount = account.isEmpty() ? "" : "account " + account + ": ";
  }

  /**
   * Enters an action that is about to be done.
   *
   * @return its number
   */
  public long begin(NewEntry entry) {
    NewEntry ofOne =
        new NewEntry(
            entry.at(),
            entry.who(),
            entry.way(),
            entry.action(),
            ofAccount + entry.subject(),
            entry.before());
    return ledger.inTransaction(connection -> begin(connection, ofOne));
  }

  static long begin(Connection connection, NewEntry entry) throws SQLException {
    return Sql.insertReturningKey(
        connection,
        """
        INSERT INTO audit (begun_at, who, way, action, subject, before_it)
          VALUES (?, ?, ?, ?, ?, ?)""",
        entry.at(),
        entry.who(),
        entry.way(),
        entry.action(),
        Sql.bounded(entry.subject(), LONGEST_SUBJECT),
        Sql.bounded(entry.before(), LONGEST_STATE));
  }

  /** Completes an entry. */
  public void end(long no, String after) {
    ledger.inTransaction(connection -> end(connection, no, after));
  }

  static int end(Connection connection, long no, String after) throws SQLException {
    return Sql.update(
        connection,
        "UPDATE audit SET after_it = ? WHERE no = ? AND after_it IS NULL",
        Sql.bounded(after, LONGEST_STATE),
        no);
  }

  /** Completes the newest entry, if it is open. */
  static void endNewest(Connection connection, String after) throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE audit SET after_it = ?
          WHERE no = (SELECT MAX(no) FROM audit) AND after_it IS NULL""",
        Sql.bounded(after, LONGEST_STATE));
  }

  /** The newest entries, newest first. */
  public List<Entry> newest(int most) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT no, begun_at, who, way, action, subject, before_it, after_it FROM audit
                      ORDER BY no DESC LIMIT ?""",
                    most)
                .list(AuditLog::entry));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong("no"),
        new NewEntry(
            Sql.instant(row, "begun_at"),
            row.getString("who"),
            row.getString("way"),
            row.getString("action"),
            row.getString("subject"),
            row.getString("before_it")),
        row.getString("after_it"));
  }
}
