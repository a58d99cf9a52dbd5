package uk.onefileroutes.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.durable.Step;

/**
 * The directory: accounts, standards and units of centres, as last read from Onefile. A reading
 * counts only once it is complete; until then the one before it does. How one is stored is in
 * {@link CentreReading}. Thread-safe; each verb is one transaction.
 */
public final class CentreDirectory {
  private final Ledger ledger;

  public CentreDirectory(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * How the reading of a centre stands.
   *
   * @param ticket the last that was drawn
   * @param isWanted whether a reading is wanted
   * @param titles whether titles are wanted too
   * @param readAt when the last complete reading began; null: there was none
   * @param failure why it can't be read now; null while nothing is wrong
   */
  public record Standing(
      int organisation,
      long ticket,
      boolean isWanted,
      boolean titles,
      @Nullable Instant readAt,
      @Nullable String failure) {}

  /**
   * What a lookup found.
   *
   * @param role of an account; 0 of a standard or a unit
   */
  public record Hit(String id, int role, boolean archived) {}

  /**
   * Draws a ticket: the centre is to be read again by a reading that begins from now on.
   *
   * @param titles whether its standards and units are wanted too
   */
  public long ask(int organisation, boolean titles) {
    return ledger.write(
        Step.DIRECTORY_ASKED,
        connection -> {
          ledger.lock(connection);
          int known =
              Sql.update(
                  connection,
                  """
                  UPDATE directory SET asked = asked + 1, titles_asked = titles_asked OR ?
                    WHERE account = ? AND organisation = ?""",
                  titles,
                  ledger.account(),
                  organisation);
          if (known == 0) {
            Sql.update(
                connection,
                """
                INSERT INTO directory (account, organisation, asked, answered, titles_asked,
                  titles_answered, edition) VALUES (?, ?, 1, 0, ?, FALSE, 0)""",
                ledger.account(),
                organisation,
                titles);
          }
          return number(connection, "asked", organisation);
        });
  }

  /** Has a centre read that never was asked for; any other is left as it is. */
  public void askOnce(int organisation, boolean titles) {
    if (all().stream().noneMatch(centre -> centre.organisation() == organisation)) {
      long unused = ask(organisation, titles);
    }
  }

  /** Draws a ticket for each centre that was ever asked for; how many that are. */
  public int askAll() {
    return ledger.write(
        Step.DIRECTORY_ASKED,
        connection -> {
          ledger.lock(connection);
          return Sql.update(
              connection,
              "UPDATE directory SET asked = asked + 1 WHERE account = ?",
              ledger.account());
        });
  }

  /** Whether a reading that began after this ticket was drawn is complete. */
  public boolean isAnswered(int organisation, long ticket) {
    return ledger.read(connection -> number(connection, "answered", organisation)) >= ticket;
  }

  /**
   * Whether a centre was ever read completely.
   *
   * @param titles its standards and units too
   */
  public boolean exists(int organisation, boolean titles) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT titles_answered FROM directory WHERE account = ? AND organisation = ?
                      AND edition > 0""",
                    ledger.account(),
                    organisation)
                .one(r -> r.getBoolean(1) || !titles)
                .orElse(false));
  }

  /** The centres of which a reading is wanted. */
  public List<Standing> wanted() {
    return standings("AND asked > answered");
  }

  /** All centres that were ever asked for. */
  public List<Standing> all() {
    return standings("");
  }

  private List<Standing> standings(String which) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    "SELECT organisation, asked, answered, titles_asked, read_at, failure FROM"
                        + " directory"
                        + " WHERE account = ? "
                        + which
                        + " ORDER BY organisation",
                    ledger.account())
                .list(
                    r ->
                        new Standing(
                            r.getInt("organisation"),
                            r.getLong("asked"),
                            r.getLong("asked") > r.getLong("answered"),
                            r.getBoolean("titles_asked"),
                            Sql.nullableInstant(r, "read_at"),
                            r.getString("failure"))));
  }

  /** Begins a reading. What one that was given up has left is deleted. */
  public CentreReading begin(Standing standing, Instant at) {
    return ledger.write(
        Step.DIRECTORY_BEGUN,
        connection -> {
          int organisation = standing.organisation();
          CentreReading reading =
              new CentreReading(
                  ledger, standing, number(connection, "edition", organisation) + 1, at);
          reading.deleteAllBut(connection, reading.edition() - 1);
          return reading;
        });
  }

  /** Notes why a centre can't be read now. */
  public void failed(int organisation, String why) {
    ledger.write(
        Step.DIRECTORY_FAILED,
        connection ->
            Sql.update(
                connection,
                "UPDATE directory SET failure = ? WHERE account = ? AND organisation = ?",
                Sql.bounded(why, 1000),
                ledger.account(),
                organisation));
  }

  /** What these lookups find in a centre; nothing found, no entry. */
  public Map<Lookup, List<Hit>> find(int organisation, Set<Lookup> lookups) {
    Map<Lookup, List<Hit>> found = new HashMap<>();
    Map<Lookup.Sort, List<Lookup>> bySort =
        lookups.stream().collect(Collectors.groupingBy(Lookup::sort));
    bySort.forEach(
        (sort, wanted) ->
            ledger.read(
                connection -> {
                  find(connection, organisation, sort, wanted, found);
                  return wanted.size();
                }));
    return found;
  }

  private void find(
      Connection connection,
      int organisation,
      Lookup.Sort sort,
      List<Lookup> wanted,
      Map<Lookup, List<Hit>> found)
      throws SQLException {
    Array digests =
        connection.createArrayOf("VARCHAR", wanted.stream().map(Lookup::digest).toArray());
    String columns =
        sort.isUser() ? "e.id, e.role, e.archived" : "e.id, 0 AS role, FALSE AS archived";
    String table =
        sort.isUser()
            ? "directory_user e ON e." + sort.word() + " = k.digest"
            : "directory_title e ON e.title = k.digest AND e.sort = '" + sort.word() + "'";
    Sql.query(
            connection,
            "SELECT k.digest, "
                + columns
                + " FROM UNNEST(CAST(? AS VARCHAR(64) ARRAY)) AS k (digest) LEFT JOIN "
                + table
                + " AND e.account = ? AND e.organisation = ? AND e.edition = ?",
            digests,
            ledger.account(),
            organisation,
            number(connection, "edition", organisation))
        .each(
            r -> {
              String id = r.getString("id");
              if (id != null) {
                found
                    .computeIfAbsent(
                        new Lookup(sort, r.getString("digest")), lookup -> new ArrayList<>())
                    .add(new Hit(id, r.getInt("role"), r.getBoolean("archived")));
              }
            });
  }

  /** What the directory of any centre knows of these accounts; of others there is no entry. */
  public Map<Long, List<Hit>> accounts(Set<Long> users) {
    return ledger.read(
        connection -> {
          Map<Long, List<Hit>> accounts = new HashMap<>();
          Sql.query(
                  connection,
                  """
                  SELECT u.id, u.role, u.archived
                    FROM UNNEST(CAST(? AS BIGINT ARRAY)) AS k (id)
                    LEFT JOIN directory_user u ON u.id = k.id AND u.account = ?
                    LEFT JOIN directory d ON d.account = u.account
                    AND d.organisation = u.organisation AND d.edition = u.edition
                    WHERE d.edition IS NOT NULL""",
                  connection.createArrayOf("BIGINT", users.toArray()),
                  ledger.account())
              .each(
                  r ->
                      accounts
                          .computeIfAbsent(r.getLong("id"), id -> new ArrayList<>())
                          .add(
                              new Hit(
                                  r.getString("id"), r.getInt("role"), r.getBoolean("archived"))));
          return accounts;
        });
  }

  private long number(Connection connection, String column, int organisation) throws SQLException {
    Optional<Long> number =
        Sql.query(
                connection,
                "SELECT " + column + " FROM directory WHERE account = ? AND organisation = ?",
                ledger.account(),
                organisation)
            .one(r -> r.getLong(1));
    return number.orElse(0L);
  }
}
