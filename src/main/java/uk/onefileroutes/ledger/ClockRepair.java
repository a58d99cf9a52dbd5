package uk.onefileroutes.ledger;

import java.time.Duration;
import java.time.Instant;
import uk.onefileroutes.durable.Step;

/** Keeps the ledger from waiting for times that only a wrong clock could name. Thread-safe. */
public final class ClockRepair {
  private final Ledger ledger;

  public ClockRepair(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * For the start, and whenever the clock was put back: open files count as accepted now, rather
   * than in the future; requests that were never sent are due now; those to be tried again are due
   * now if they would wait longer than any wait. Committed when it returns; may run again.
   *
   * @param longest the longest wait that there is
   * @return how many requests would have waited
   */
  public int notAheadOf(Instant now, Duration longest) {
    return ledger.write(
        Step.CLOCK_REPAIRED,
        connection -> {
          ledger.lock(connection);
          Sql.update(
              connection,
              """
              UPDATE file SET accepted_at = ? WHERE state IN ('receiving', 'held', 'delivering',
                'cancelled') AND account = ? AND accepted_at > ?""",
              now,
              ledger.account(),
              now);
          int planned =
              Sql.update(
                  connection,
                  """
                  UPDATE line SET due_at = ? WHERE account = ? AND due_at > ? AND EXISTS (SELECT 1
                    FROM file_row r WHERE r.file_no = line.file_no AND r.row_no =
                    line.row_no AND r.part = line.part AND r.state = 'planned')""",
                  now,
                  ledger.account(),
                  now);
          return planned
              + Sql.update(
                  connection,
                  "UPDATE line SET due_at = ? WHERE account = ? AND due_at > ?",
                  now,
                  ledger.account(),
                  now.plus(longest));
        });
  }
}
