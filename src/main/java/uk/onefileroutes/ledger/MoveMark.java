package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * That a ledger is kept elsewhere now, or is not complete yet: either keeps it from being worked
 * on. Its methods commit nothing.
 *
 * @param other the ledger that it was moved to, or is moved from; without its password
 */
record MoveMark(Way way, LedgerLogin other, Instant at) {
  /** Of the mark; never copied. */
  static final String TABLE = "moved";

  /** Which of the two ledgers has the mark. */
  enum Way {
    /** All of it is in the other one. */
    TO("to"),
    /** It is being copied from the other one, or that was cut off. */
    FROM("from");

    private final String word;

    Way(String word) {
      this.word = word;
    }
  }

  /** The mark of a ledger; empty where it may be worked on. */
  static Optional<MoveMark> find(Connection connection) throws SQLException {
    return Sql.query(connection, "SELECT way, url, login, moved_at FROM moved")
        .one(
            row ->
                new MoveMark(
                    row.getString("way").equals(Way.TO.word) ? Way.TO : Way.FROM,
                    new LedgerLogin(row.getString("url"), row.getString("login"), ""),
                    Sql.instant(row, "moved_at")));
  }

  /**
   * Lets nobody work on a ledger that has one.
   *
   * @throws SQLException whose message says why, and what to do
   */
  static void refuse(Connection connection) throws SQLException {
    Optional<MoveMark> mark = find(connection);
    if (mark.isPresent()) {
      throw new SQLException(mark.get().words());
    }
  }

  /** In place of any other. */
  void write(Connection connection) throws SQLException {
    remove(connection);
    Sql.update(
        connection,
        "INSERT INTO moved (way, url, login, moved_at) VALUES (?, ?, ?, ?)",
        way.word,
        other.url(),
        other.user(),
        at);
  }

  static void remove(Connection connection) throws SQLException {
    Sql.update(connection, "DELETE FROM moved");
  }

  /** Whether it names this ledger. */
  boolean isAbout(LedgerLogin place) {
    return other.url().equals(place.url());
  }

  /** Why the ledger can't be worked on, and what to do. */
  String words() {
    Instant minute = at.truncatedTo(ChronoUnit.SECONDS);
    if (way == Way.FROM) {
      return "it is not complete: ledger move from %s began at %s and has not ended; run it again, with the keys of that ledger and the same --to"
          .formatted(name(other), minute);
    }
    return "it was moved to %s at %s; %s"
        .formatted(
            name(other),
            minute,
            other.isH2()
                ? "remove ledger.url, ledger.user and ledger.password"
                : "set ledger.url=%s, ledger.user=%s and its password"
                    .formatted(other.url(), other.user()));
  }

  /** A file by its path, anything else by its URL. */
  private static String name(LedgerLogin place) {
    return place.file().map(Object::toString).orElse(place.url());
  }
}
