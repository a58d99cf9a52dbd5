package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.durable.Step;

/**
 * Requests that may not be sent before a day opens: until then they are planned, and in no queue.
 * Thread-safe.
 */
public final class ComingDays {
  static final String WAITING =
      """
      SELECT COUNT(*) FROM request
        WHERE not_before > ? AND file_no + 0 = ? AND closed = FALSE""";

  // the bound below leaves out those that wait for nothing, which an index has first; by the
  // account alone another index would lead through all of its requests
  static final String OPENED =
      "not_before > ? AND not_before <= ? AND file_no > 0 AND COALESCE(account, '') = ?";

  private static final int PAGE = 2000;

  private final Ledger ledger;

  public ComingDays(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Lets requests be sent whose day has opened. Several transactions; may run again. The files of
   * these are to be queued next, see {@link Releases#queueLearners}.
   *
   * @return the released files that have such requests
   */
  public Set<Long> open(Instant now) {
    Set<Long> files = new LinkedHashSet<>();
    while (isAny(now)) { // no write while there is none
      List<RowKey> page =
          ledger.write(
              Step.LEARNERS_QUEUED,
              connection -> {
                ledger.lock(connection);
                return page(connection, now);
              });
      page.forEach(key -> files.add(key.file()));
    }
    files.removeIf(file -> !isReleased(file));
    return files;
  }

  private boolean isAny(Instant now) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    "SELECT file_no FROM request WHERE " + OPENED + " LIMIT 1",
                    Instant.EPOCH,
                    now,
                    ledger.account())
                .isAny());
  }

  private boolean isReleased(long file) {
    return ledger.read(
        connection ->
            Sql.query(connection, "SELECT no FROM file WHERE no = ? AND state = 'delivering'", file)
                .isAny());
  }

  private List<RowKey> page(Connection connection, Instant now) throws SQLException {
    List<RowKey> page =
        Sql.query(
                connection,
                "SELECT file_no, row_no, part FROM request WHERE "
                    + OPENED
                    + " ORDER BY not_before, file_no LIMIT ?",
                Instant.EPOCH,
                now,
                ledger.account(),
                PAGE)
            .list(RowKey::read);
    List<@Nullable Object[]> keys = new ArrayList<>(page.size());
    page.forEach(key -> keys.add(new Object[] {key.file(), key.row(), key.part()}));
    Sql.batch(
        connection,
        """
        UPDATE file_row SET code = NULL, message = NULL WHERE file_no = ? AND row_no = ?
          AND part = ? AND state = 'planned' AND code = 'NOT_YET'""",
        keys);
    Sql.batch(
        connection,
        "UPDATE request SET not_before = NULL WHERE file_no = ? AND row_no = ? AND part = ?",
        keys);
    return page;
  }

  /**
   * How many requests of a file wait for their day. Costs what waits in all files, and nothing of
   * what may be sent already: so the file's own requests are not to be looked through.
   */
  public long waiting(long file) {
    return ledger.read(
        connection ->
            Sql.query(connection, WAITING, Instant.EPOCH, file).one(r -> r.getLong(1)).orElse(0L));
  }
}
