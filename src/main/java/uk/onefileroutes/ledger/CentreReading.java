package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.ledger.CentreDirectory.Standing;

/**
 * One reading of a centre, stored page by page under an edition of its own. Nobody sees it before
 * it is complete; one that is given up is deleted by the next. Each verb is one transaction.
 */
public final class CentreReading {
  private final Ledger ledger;
  private final Standing standing;
  private final long edition;
  private final Instant begunAt;

  /**
   * @param standing of the centre as the reading begins
   */
  CentreReading(Ledger ledger, Standing standing, long edition, Instant begunAt) {
    this.ledger = ledger;
    this.standing = standing;
    this.edition = edition;
    this.begunAt = begunAt;
  }

  /**
   * An account.
   *
   * @param role Onefile's number for it
   * @param misid null where it has none
   * @param email null where it has none
   */
  public record User(
      long id, int role, boolean archived, @Nullable Lookup misid, @Nullable Lookup email) {}

  /** A standard or a unit. */
  public record Entry(String id, Lookup title) {}

  /** Which centre is read, and how that stood at the beginning. */
  public Standing standing() {
    return standing;
  }

  long edition() {
    return edition;
  }

  /** Adds accounts; the same again does no harm. */
  public void addUsers(Collection<User> users) {
    List<@Nullable Object[]> keys = new ArrayList<>();
    List<@Nullable Object[]> rows = new ArrayList<>();
    Map<List<Object>, User> each = new LinkedHashMap<>();
    users.forEach(user -> each.put(List.of(user.id(), user.role()), user));
    for (User user : each.values()) {
      keys.add(
          new Object[] {
            ledger.account(), standing.organisation(), edition, user.id(), user.role()
          });
      rows.add(
          new @Nullable Object[] {
            ledger.account(),
            standing.organisation(),
            edition,
            user.id(),
            user.role(),
            user.archived(),
            user.misid() == null ? null : user.misid().digest(),
            user.email() == null ? null : user.email().digest()
          });
    }
    ledger.write(
        Step.DIRECTORY_PAGE_STORED,
        connection -> {
          Sql.batch(
              connection,
              """
              DELETE FROM directory_user WHERE account = ? AND organisation = ? AND edition = ?
                AND id = ? AND role = ?""",
              keys);
          Sql.batch(
              connection,
              """
              INSERT INTO directory_user (account, organisation, edition, id, role, archived,
                misid, email) VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
              rows);
          return rows.size();
        });
  }

  /** Adds standards or units; the same again does no harm. */
  public void addEntries(Collection<Entry> entries) {
    List<@Nullable Object[]> keys = new ArrayList<>();
    List<@Nullable Object[]> rows = new ArrayList<>();
    Map<String, Entry> each = new LinkedHashMap<>();
    entries.forEach(entry -> each.put(entry.id(), entry));
    for (Entry entry : each.values()) {
      String sort = entry.title().sort().word();
      keys.add(new Object[] {ledger.account(), standing.organisation(), edition, sort, entry.id()});
      rows.add(
          new Object[] {
            ledger.account(),
            standing.organisation(),
            edition,
            sort,
            entry.id(),
            entry.title().digest()
          });
    }
    ledger.write(
        Step.DIRECTORY_PAGE_STORED,
        connection -> {
          Sql.batch(
              connection,
              """
              DELETE FROM directory_title WHERE account = ? AND organisation = ? AND edition = ?
                AND sort = ? AND id = ?""",
              keys);
          Sql.batch(
              connection,
              """
              INSERT INTO directory_title (account, organisation, edition, sort, id, title)
                VALUES (?, ?, ?, ?, ?, ?)""",
              rows);
          return rows.size();
        });
  }

  /**
   * Makes it the one that counts. In the same transaction it is compared with the one before, and
   * what those hold who left becomes unknown.
   *
   * @param rule who left
   */
  public void complete(Leavers.Rule rule) {
    ledger.write(
        Step.DIRECTORY_READ,
        connection -> {
          ledger.lock(connection);
          long before =
              Sql.query(
                      connection,
                      "SELECT edition FROM directory WHERE account = ? AND organisation = ?",
                      ledger.account(),
                      standing.organisation())
                  .one(r -> r.getLong(1))
                  .orElse(0L);
          Sql.update(
              connection,
              """
              UPDATE directory SET answered = ?, titles_answered = ?, edition = ?, read_at = ?,
                failure = NULL WHERE account = ? AND organisation = ?""",
              standing.ticket(),
              standing.titles(),
              edition,
              begunAt,
              ledger.account(),
              standing.organisation());
          new Leaving(connection, ledger.account())
              .compare(standing.organisation(), before, edition, rule);
          deleteAllBut(connection, edition);
          return edition;
        });
  }

  /** Deletes what other editions hold of this centre. */
  void deleteAllBut(Connection connection, long kept) throws SQLException {
    for (String table : List.of("directory_user", "directory_title")) {
      Sql.update(
          connection,
          "DELETE FROM " + table + " WHERE account = ? AND organisation = ? AND edition <> ?",
          ledger.account(),
          standing.organisation(),
          kept);
    }
  }
}
