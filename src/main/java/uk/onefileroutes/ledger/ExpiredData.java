package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what was kept long enough. Slots stay, and so do files and the counts of their rows.
 * Thread-safe; several transactions a verb, so that delivery continues meanwhile. What a crash
 * leaves undone is done by the next call.
 */
public final class ExpiredData {
  private static final int CHUNK = 1000;
  private static final String ENDED = "state IN ('done', 'cancelled', 'refused')";

  private final Ledger ledger;

  /**
   * An answer that went out.
   *
   * @param rejectsName null where there was nothing to fix
   */
  public record Answered(
      long file, int seq, String feed, String resultsName, @Nullable String rejectsName) {}

  public ExpiredData(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Notes that the inputs of files that ended before are kept no longer: their rows can't be
   * retried any more. The bytes are for the caller to delete, behind this.
   *
   * @return how many
   */
  public int forgetInputs(Instant endedBefore) {
    return ledger.inTransaction(
        connection -> {
          ledger.lock(connection); // a retry must not reopen one of them meanwhile
          return Sql.update(
              connection,
              "UPDATE file SET stored = '' WHERE account = ? AND done_at < ? AND stored <> '' AND "
                  + ENDED,
              ledger.account(),
              endedBefore);
        });
  }

  /** Where inputs of all accounts are that are still kept, relative to the data folder. */
  public Set<String> keptInputs() {
    return ledger
        .read(
            connection ->
                Sql.query(connection, "SELECT stored FROM file WHERE stored <> ''")
                    .list(r -> r.getString(1)))
        .stream()
        .collect(Collectors.toSet());
  }

  /** The answers of the account's ended files that went out before. */
  public List<Answered> answers(Instant writtenBefore) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    "SELECT p.file_no, p.seq, f.feed, p.results_name, p.rejects_name FROM report p"
                        + " JOIN file f ON f.no = p.file_no WHERE f.account = ? AND p.written_at < ?"
                        + " AND f."
                        + ENDED
                        + " ORDER BY p.file_no, p.seq",
                    ledger.account(),
                    writtenBefore)
                .list(
                    r ->
                        new Answered(
                            r.getLong("file_no"),
                            r.getInt("seq"),
                            r.getString("feed"),
                            r.getString("results_name"),
                            r.getString("rejects_name"))));
  }

  /** Forgets an answer that is kept no longer. */
  public void forget(Answered answer) {
    ledger.inTransaction(
        connection ->
            Sql.update(
                connection,
                "DELETE FROM report WHERE file_no = ? AND seq = ?",
                answer.file(),
                answer.seq()));
  }

  /**
   * Deletes rows, with what was sent for them, of files that ended before; of each feed's last
   * files with rows they stay, for the next file is compared with them. A file goes only where no
   * older one could still be retried or released: by its rows is known that they were overtaken.
   *
   * @return of how many files
   */
  public int purgeRows(Instant endedBefore) {
    List<Long> files =
        ledger.read(
            connection ->
                Sql.query(
                        connection,
                        "SELECT f.no FROM file f WHERE f.account = ? AND f.done_at < ?"
                            + " AND f.stored = '' AND f."
                            + ENDED
                            + " AND EXISTS (SELECT 1 FROM file_row r WHERE r.file_no = f.no)"
                            + " AND NOT EXISTS (SELECT 1 FROM file e WHERE e.account = f.account"
                            + " AND e.no < f.no AND e.stored <> '')"
                            + " AND f.no NOT IN (SELECT MAX(f.no) FROM file f WHERE "
                            + LastFiles.WITH_ROWS
                            + " GROUP BY f.account, f.feed)"
                            + " AND f.no NOT IN (SELECT MAX(f.no) FROM file f WHERE "
                            + LastFiles.WITH_SLOTS
                            + " GROUP BY f.account, f.feed) ORDER BY f.no",
                        ledger.account(),
                        endedBefore)
                    .list(r -> r.getLong("no")));
    for (long file : files) {
      Pages.each(
          file,
          no ->
              ledger.inTransaction(connection -> PlannedRows.deletePage(connection, no, CHUNK))
                  ? Optional.of(no)
                  : Optional.empty());
    }
    return files.size();
  }

  /** Deletes what is known of calls of all accounts that ended before; returns of how many. */
  public long purgeAttempts(Instant endedBefore) {
    return purge("attempt", "ended_at", endedBefore);
  }

  /** Deletes entries of the audit of before; returns how many. */
  public long purgeAudit(Instant begunBefore) {
    return purge("audit", "begun_at", begunBefore);
  }

  private long purge(String table, String column, Instant before) {
    long purged = 0;
    int last;
    do {
      last = ledger.inTransaction(connection -> purgeChunk(connection, table, column, before));
      purged += last;
    } while (last > 0);
    return purged;
  }

  private static int purgeChunk(Connection connection, String table, String column, Instant before)
      throws SQLException {
    Optional<Instant> last =
        Sql.query(
                connection,
                "SELECT %2$s FROM %1$s WHERE %2$s < ? ORDER BY %2$s LIMIT 1 OFFSET ?"
                    .formatted(table, column),
                before,
                CHUNK - 1)
            .one(r -> Sql.instant(r, column));
    return last.isPresent()
        ? Sql.update(
            connection, "DELETE FROM %s WHERE %s <= ?".formatted(table, column), last.get())
        : Sql.update(connection, "DELETE FROM %s WHERE %s < ?".formatted(table, column), before);
  }
}
