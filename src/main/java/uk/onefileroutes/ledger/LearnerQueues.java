package uk.onefileroutes.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.durable.Step;

/**
 * The learner queues (table {@code line}): which request is next for each learner, and what becomes
 * of it. A learner has at most one queue and a queue one next request, so that two requests for one
 * learner are never on their way at once. Thread-safe; each verb is one transaction.
 */
public final class LearnerQueues {
  private static final String CLAIM_COLUMNS =
      "r.file_no, r.row_no, r.part, (SELECT feed FROM file WHERE no = r.file_no) AS feed,"
          + " r.learner, r.slot, r.assignee, r.kind, r.path, r.payload, r.attempts,"
          + " r.first_attempt_at, l.claim, CASE WHEN s.known = TRUE AND s.assignee = r.assignee"
          + " AND r.repeats = FALSE THEN TRUE ELSE FALSE END AS held";
  private static final String CLAIM_JOINS =
      " JOIN request r ON r.file_no = l.file_no AND r.row_no = l.row_no AND r.part = l.part LEFT"
          + " JOIN slot s ON s.account = l.account AND s.learner = r.learner AND s.slot = r.slot";

  private final Ledger ledger;
  private final GroupCommit<QueueChange, Boolean> changes;

  public LearnerQueues(Ledger ledger) {
    this.ledger = ledger;
    this.changes =
        new GroupCommit<>(
            ledger,
            (connection, round) -> QueueRound.write(connection, ledger.account(), round),
            change -> change.step().done());
  }

  /** The next requests that are due and not on their way, oldest first. Reserves nothing. */
  public List<Claim> due(Instant now, int limit) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    "SELECT "
                        + CLAIM_COLUMNS
                        + " FROM (SELECT * FROM line WHERE account = ? AND claim IS NULL AND due_at"
                        + " <= ? AND file_no NOT IN (SELECT no FROM file WHERE state = 'cancelled'"
                        + " AND done_at IS NULL)"
                        + " ORDER BY account, due_at, file_no, place LIMIT ?) l"
                        + CLAIM_JOINS
                        + " ORDER BY l.due_at, l.file_no, l.place",
                    ledger.account(),
                    now,
                    limit)
                .list(Claim::read));
  }

  /** The requests that are on their way under another token than this: their answers are lost. */
  public List<Claim> orphans(String token) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    "SELECT "
                        + CLAIM_COLUMNS
                        + " FROM line l"
                        + CLAIM_JOINS
                        + " WHERE l.account = ? AND l.claim IS NOT NULL AND l.claim <> ?",
                    ledger.account(),
                    token)
                .list(Claim::read));
  }

  /**
   * Marks a request as on its way, just before its call. Committed when it returns.
   *
   * @return false if it is no longer the next one, or already on its way, or its file was
   *     cancelled: then it must not be sent
   */
  public boolean sending(Claim claim, String token, Instant at) {
    return changes.run(new QueueChange.Mark(claim, token, at));
  }

  /**
   * Writes down that a request needs no call because its slot holds what it asks for. Committed
   * when it returns.
   *
   * @return false if it is no longer the next one, or on its way, or its slot was forgotten
   *     meanwhile
   */
  public boolean unchanged(Claim claim, Instant at) {
    return changes.run(new QueueChange.Skip(claim, at));
  }

  /**
   * Writes down what came back, and moves the learner's queue on. Committed when it returns; doing
   * it again changes nothing.
   *
   * @return false if the claim is no longer the one under which the request is on its way: a late
   *     answer
   */
  public boolean settle(Claim claim, String token, Settlement settlement) {
    return changes.run(new QueueChange.Settle(claim, token, settlement));
  }

  /** Whether anything of the account was ever sent, or taken on its way. */
  public boolean hasSent() {
    return ledger.read(
        connection ->
            Sql.query(
                        connection,
                        """
                        SELECT f.no FROM file f WHERE f.account = ?
                          AND EXISTS (SELECT 1 FROM attempt a WHERE a.file_no = f.no) LIMIT 1""",
                        ledger.account())
                    .isAny()
                || Sql.query(
                        connection,
                        "SELECT row_no FROM line WHERE account = ? AND claim IS NOT NULL LIMIT 1",
                        ledger.account())
                    .isAny());
  }

  /** Gives attempts back that an outage cost: Onefile failed, not these rows. */
  public void giveBackAttempts(List<RowKey> keys) {
    ledger.write(
        Step.ATTEMPTS_GIVEN_BACK,
        connection -> {
          ledger.lock(connection);
          List<@Nullable Object[]> rows = new ArrayList<>();
          keys.forEach(key -> rows.add(new Object[] {key.file(), key.row(), key.part()}));
          Sql.batch(
              connection,
              """
              UPDATE request SET attempts = attempts - 1,
                first_attempt_at = CASE WHEN attempts > 1 THEN first_attempt_at END
                WHERE file_no = ? AND row_no = ? AND part = ? AND attempts > 0""",
              rows);
          return keys.size();
        });
  }

  static String supersededBy(RowKey newer) {
    return "Row " + newer.row() + " of the later file " + newer.file() + " asks in its place.";
  }
}
