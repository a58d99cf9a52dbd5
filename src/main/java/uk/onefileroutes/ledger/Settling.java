package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.RowState;

/** What a settlement writes, within its transaction, which holds the account's row. */
final class Settling {
  private final LearnerQueue queue;
  private final String account;
  private final Connection connection;
  private final Claim claim;

  Settling(LearnerQueue queue, String account, Connection connection, Claim claim) {
    this.queue = queue;
    this.account = account;
    this.connection = connection;
    this.claim = claim;
  }

  void write(Settlement settlement) throws SQLException {
    addAttempt(settlement);
    boolean isReached = settlement.slot() != Settlement.Slot.UNTOUCHED;
    Optional<Before> before = isReached ? Optional.of(before()) : Optional.empty();
    if (before.isPresent()) {
      writeSlot(settlement, before.get());
    }
    Settlement.Call call = settlement.call();
    // what a lost answer left behind is the row's own doing: the first time counts
    Sql.update(
        connection,
        """
        UPDATE file_row SET attempts = attempts + 1, http_status = ?,
          replaced = CASE WHEN slot_was IS NULL THEN CAST(? AS BIGINT) ELSE replaced END,
          slot_was = COALESCE(slot_was, CAST(? AS VARCHAR(7)))
          WHERE file_no = ? AND row_no = ? AND part = ?""",
        call.httpStatus(),
        before.map(Before::assignee).orElse(null),
        before.map(was -> was.state().word()).orElse(null),
        claim.key().file(),
        claim.key().row(),
        claim.key().part());
    if (settlement.state() == RowState.WAITING) {
      waitOrGiveWay(settlement);
    } else {
      LearnerQueues.moveRow(
          connection,
          claim.key(),
          settlement.state(),
          settlement.code(),
          settlement.message(),
          call.endedAt());
      LearnerQueues.close(connection, claim.key());
      queue.advance();
    }
  }

  private void addAttempt(Settlement settlement) throws SQLException {
    Settlement.Call call = settlement.call();
    Sql.update(
        connection,
        """
        INSERT INTO attempt (file_no, row_no, part, ended_at, took_ms, http_status, code,
          message) VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        claim.key().file(),
        claim.key().row(),
        claim.key().part(),
        call.endedAt(),
        call.tookMs(),
        call.httpStatus(),
        settlement.code(),
        Sql.bounded(settlement.message(), 1000));
    if (settlement.costsAttempt()) {
      Sql.update(
          connection,
          """
          UPDATE request SET attempts = attempts + 1,
            first_attempt_at = COALESCE(first_attempt_at, ?)
            WHERE file_no = ? AND row_no = ? AND part = ?""",
          call.endedAt(),
          claim.key().file(),
          claim.key().row(),
          claim.key().part());
    }
  }

  private Before before() throws SQLException {
    return Sql.query(
            connection,
            "SELECT known, assignee FROM slot WHERE account = ? AND learner = ? AND slot = ?",
            account,
            claim.learner(),
            claim.request().slot())
        .one(r -> Before.read(r.getBoolean("known"), r.getLong("assignee")))
        .orElse(Before.EMPTY);
  }

  private void writeSlot(Settlement settlement, Before before) throws SQLException {
    boolean isNew = before.state() == Before.State.EMPTY;
    Sql.update(
        connection,
        isNew
            ? """
              INSERT INTO slot (assignee, known, sent_at, file_no, account, learner, slot)
                VALUES (?, ?, ?, ?, ?, ?, ?)"""
            : """
              UPDATE slot SET assignee = ?, known = ?, sent_at = ?, file_no = ?, kept_for = NULL
                WHERE account = ? AND learner = ? AND slot = ?""",
        claim.request().assignee(),
        settlement.slot() == Settlement.Slot.HOLDS,
        settlement.call().endedAt(),
        claim.key().file(),
        account,
        claim.learner(),
        claim.request().slot());
  }

  /**
   * A request that would wait ends at once where its file was cancelled or something newer asks for
   * its slot.
   */
  private void waitOrGiveWay(Settlement settlement) throws SQLException {
    Instant at = settlement.call().endedAt();
    if (isCancelled()) {
      end(RowState.CANCELLED, Code.CANCELLED, Undelivered.cancelledAfter(settlement.message()), at);
      return;
    }
    Optional<RowKey> newer =
        Newer.than(connection, account, claim.key(), claim.learner(), claim.request().slot());
    if (newer.isPresent()) {
      end(RowState.SUPERSEDED, Code.SUPERSEDED, LearnerQueues.supersededBy(newer.get()), at);
      return;
    }
    LearnerQueues.moveRow(
        connection, claim.key(), RowState.WAITING, settlement.code(), settlement.message(), at);
    Sql.update(
        connection,
        "UPDATE line SET claim = NULL, due_at = ? WHERE account = ? AND learner = ?",
        settlement.dueAt(),
        account,
        claim.learner());
    if (queue.isBehind()) { // retried or released while it was away
      queue.advance();
    }
  }

  private boolean isCancelled() throws SQLException {
    return Sql.query(
            connection,
            "SELECT no FROM file WHERE no = ? AND state = 'cancelled'",
            claim.key().file())
        .one(r -> true)
        .isPresent();
  }

  private void end(RowState state, Code code, String message, Instant at) throws SQLException {
    LearnerQueues.moveRow(connection, claim.key(), state, code.name(), message, at);
    LearnerQueues.close(connection, claim.key());
    queue.advance();
  }
}
