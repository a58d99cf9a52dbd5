package uk.onefileroutes.ledger;

import uk.onefileroutes.durable.Step;

/**
 * Whether the ledger can be written. Only a commit tells: an open ledger that lost its disk still
 * reads well. Thread-safe.
 */
public final class WriteProbe {
  // no pause has this name, and none is left behind
  private static final String NOBODYS = "probe";

  private final Ledger ledger;

  public WriteProbe(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Commits a write that leaves nothing behind.
   *
   * @throws LedgerException if the ledger can't be written
   */
  public void write() {
    ledger.write(
        Step.LEDGER_PROBED,
        connection -> {
          Sql.update(
              connection,
              """
              INSERT INTO pause (account, reason, pause_until, step, message)
                VALUES (?, ?, CURRENT_TIMESTAMP, 0, '')""",
              ledger.account(),
              NOBODYS);
          return Sql.update(
              connection,
              "DELETE FROM pause WHERE account = ? AND reason = ?",
              ledger.account(),
              NOBODYS);
        });
  }
}
