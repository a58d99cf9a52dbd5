package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.durable.Step;

/**
 * Cancels a file: first its state, from when on nothing of it leaves, then its rows. What happens
 * between the two is taken up by {@link #sweepAll}.
 */
final class Cancelling {
  private final Ledger ledger;
  private final Undelivered undelivered;

  Cancelling(Ledger ledger) {
    this.ledger = ledger;
    this.undelivered = new Undelivered(ledger);
  }

  /**
   * Commits the file's new state.
   *
   * @return whether it is still to be read
   */
  boolean mark(long fileNo) throws ActionRefused {
    record Marked(boolean isToBeRead, Optional<String> refusal) {}
    Marked marked =
        ledger.write(
            Step.FILE_CANCELLED,
            connection -> {
              ledger.lock(connection);
              FileEntry file = FileEntry.find(connection, ledger.account(), fileNo).orElseThrow();
              Optional<String> refusal = refusal(connection, file);
              if (refusal.isPresent()) {
                return new Marked(false, refusal);
              }
              Sql.update(
                  connection,
                  """
                  UPDATE file SET state = 'cancelled', to_be_read = (to_be_read OR state =
                    'receiving') WHERE no = ?""",
                  fileNo);
              return Sql.query(connection, "SELECT to_be_read FROM file WHERE no = ?", fileNo)
                  .one(r -> new Marked(r.getBoolean(1), Optional.empty()))
                  .orElseThrow();
            });
    if (marked.refusal.isPresent()) {
      throw new ActionRefused(marked.refusal.get());
    }
    return marked.isToBeRead;
  }

  private static Optional<String> refusal(Connection connection, FileEntry file)
      throws SQLException {
    return switch (file.state()) {
      case RECEIVING, HELD, CANCELLED -> Optional.empty();
      case DELIVERING -> {
        Map<RowState, Long> tally = Tally.of(connection, file.no());
        yield tally.keySet().stream().allMatch(RowState::isFinal)
            ? Optional.of(
                "File %d has nothing left to cancel: each of its assignments is final, and its results are being written."
                    .formatted(file.no()))
            : Optional.empty();
      }
      case DONE, REFUSED ->
          Optional.of(
              "File %d is %s; only a file that is being read, held or delivered can be cancelled."
                  .formatted(file.no(), file.state().word()));
    };
  }

  /** Cancels a cancelled file's undelivered rows. May run again at any time. */
  void sweep(long fileNo, Instant at) {
    Pages.each(
        Undelivered.Place.START,
        after ->
            ledger.write(
                Step.ROWS_CANCELLED,
                connection -> {
                  ledger.lock(connection);
                  return undelivered.cancel(connection, fileNo, after, at);
                }));
  }

  /** Completes what a crash interrupted. */
  void sweepAll(Instant at) {
    List<Long> files =
        ledger.read(
            connection ->
                Sql.query(
                        connection,
                        """
                        SELECT no FROM file WHERE state = 'cancelled' AND done_at IS NULL
                          AND NOT to_be_read AND account = ? ORDER BY no""",
                        ledger.account())
                    .list(r -> r.getLong("no")));
    files.forEach(file -> sweep(file, at));
  }
}
