package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Alarms that stand, and the notices that are still owed, so that a restart neither says a thing
 * again nor forgets to say that it is over. A crash before a commit only says it again: a reader
 * that looks finds it again. Thread-safe; each verb is one transaction.
 */
public final class StandingAlarms {
  private static final int MESSAGE = 1000;
  private static final int ABOUT = 300;

  private final Ledger ledger;

  /**
   * An alarm.
   *
   * @param code its word
   * @param about the feed, file or place that it concerns; empty where there is only one
   * @param returns how often in a row it came back soon after it was over
   */
  public record StoredAlarm(
      String code, String about, Instant since, String message, int returns) {}

  /**
   * What one channel must be told.
   *
   * @param id the same for all channels
   * @param event the word for what happened to the alarm
   * @param at when that was
   */
  public record StoredNotice(
      String id, String channel, String event, StoredAlarm alarm, Instant at) {}

  /** A change to store. Storing it once more changes nothing. */
  public sealed interface Entry {
    /** The alarm stands. */
    record Raised(StoredAlarm alarm) implements Entry {}

    /** It stands no more. */
    record Ended(String code, String about) implements Entry {}

    /** A channel must be told. */
    record Owed(StoredNotice notice) implements Entry {}

    /** It was told, or that was given up. */
    record Settled(String id, String channel) implements Entry {}
  }

  public StandingAlarms(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Stores changes in their order, all or none. */
  public void store(List<Entry> entries) {
    int unused =
        ledger.inTransaction(
            connection -> {
              for (Entry entry : entries) {
                store(connection, entry);
              }
              return entries.size();
            });
  }

  /** The alarms that stand, oldest first. */
  public List<StoredAlarm> standing() {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT code, about, since, message, returns FROM alarm WHERE account = ?
                      ORDER BY since, code, about""",
                    ledger.account())
                .list(r -> alarm(r, r.getInt("returns"))));
  }

  /** The notices that are owed, oldest first. */
  public List<StoredNotice> owed() {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT id, channel, event, code, about, since, happened_at, message FROM
                      notice WHERE account = ? ORDER BY happened_at, since, id""",
                    ledger.account())
                .list(
                    r ->
                        new StoredNotice(
                            r.getString("id"),
                            r.getString("channel"),
                            r.getString("event"),
                            alarm(r, 0),
                            Sql.instant(r, "happened_at"))));
  }

  private static StoredAlarm alarm(ResultSet row, int returns) throws SQLException {
    return new StoredAlarm(
        row.getString("code"),
        row.getString("about"),
        Sql.instant(row, "since"),
        row.getString("message"),
        returns);
  }

  private void store(Connection connection, Entry entry) throws SQLException {
    if (entry instanceof Entry.Raised raised) {
      raise(connection, raised.alarm());
    } else if (entry instanceof Entry.Ended ended) {
      end(connection, ended.code(), ended.about());
    } else if (entry instanceof Entry.Owed owed) {
      owe(connection, owed.notice());
    } else if (entry instanceof Entry.Settled settled) {
      settle(connection, settled.id(), settled.channel());
    }
  }

  private void raise(Connection connection, StoredAlarm alarm) throws SQLException {
    end(connection, alarm.code(), alarm.about());
    int unused =
        Sql.update(
            connection,
            """
            INSERT INTO alarm (account, code, about, since, message, returns) VALUES (?, ?, ?, ?,
              ?, ?)""",
            ledger.account(),
            alarm.code(),
            Sql.bounded(alarm.about(), ABOUT),
            alarm.since(),
            Sql.bounded(alarm.message(), MESSAGE),
            alarm.returns());
  }

  private void end(Connection connection, String code, String about) throws SQLException {
    int unused =
        Sql.update(
            connection,
            "DELETE FROM alarm WHERE account = ? AND code = ? AND about = ?",
            ledger.account(),
            code,
            Sql.bounded(about, ABOUT));
  }

  private void owe(Connection connection, StoredNotice notice) throws SQLException {
    settle(connection, notice.id(), notice.channel());
    int unused =
        Sql.update(
            connection,
            """
            INSERT INTO notice (account, id, channel, event, code, about, since, happened_at,
              message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            ledger.account(),
            notice.id(),
            notice.channel(),
            notice.event(),
            notice.alarm().code(),
            Sql.bounded(notice.alarm().about(), ABOUT),
            notice.alarm().since(),
            notice.at(),
            Sql.bounded(notice.alarm().message(), MESSAGE));
  }

  private void settle(Connection connection, String id, String channel) throws SQLException {
    int unused =
        Sql.update(
            connection,
            "DELETE FROM notice WHERE account = ? AND id = ? AND channel = ?",
            ledger.account(),
            id,
            channel);
  }
}
