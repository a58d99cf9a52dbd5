package uk.onefileroutes.ledger;

import java.time.Instant;
import java.util.List;
import uk.onefileroutes.durable.Step;

/**
 * Pauses of an account that must outlive the process. Thread-safe; each verb is one transaction.
 */
public final class StoredPauses {
  private final Ledger ledger;

  /**
   * A pause.
   *
   * @param reason its name; one of each at a time
   * @param step how often in a row it was prolonged
   */
  public record StoredPause(String reason, Instant until, int step, String message) {}

  public StoredPauses(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Stores a pause in place of one with the same reason, unless that one lasts longer. */
  public void save(StoredPause pause) {
    ledger.write(
        Step.PAUSE_STORED,
        connection -> {
          ledger.lock(connection);
          boolean outlasted =
              Sql.query(
                      connection,
                      """
                      SELECT reason FROM pause WHERE account = ? AND reason = ? AND pause_until >
                        ?""",
                      ledger.account(),
                      pause.reason(),
                      pause.until())
                  .isAny();
          if (outlasted) {
            return 0;
          }
          Sql.update(
              connection,
              "DELETE FROM pause WHERE account = ? AND reason = ?",
              ledger.account(),
              pause.reason());
          return Sql.update(
              connection,
              """
              INSERT INTO pause (account, reason, pause_until, step, message) VALUES (?, ?, ?, ?,
                ?)""",
              ledger.account(),
              pause.reason(),
              pause.until(),
              pause.step(),
              Sql.bounded(pause.message(), 1000));
        });
  }

  /** Forgets the pause with this reason, if there is one. */
  public void clear(String reason) {
    ledger.write(
        Step.PAUSE_CLEARED,
        connection ->
            Sql.update(
                connection,
                "DELETE FROM pause WHERE account = ? AND reason = ?",
                ledger.account(),
                reason));
  }

  /** All stored pauses, also those that are over by now. */
  public List<StoredPause> all() {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    "SELECT reason, pause_until, step, message FROM pause WHERE account = ?",
                    ledger.account())
                .list(
                    r ->
                        new StoredPause(
                            r.getString("reason"),
                            Sql.instant(r, "pause_until"),
                            r.getInt("step"),
                            r.getString("message"))));
  }
}
