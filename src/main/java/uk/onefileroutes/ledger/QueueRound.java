package uk.onefileroutes.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.RowState;

/**
 * Changes of the queues of several learners, written in sets: all are read in one query, and what
 * they write is one batch for each table. Only requests that wait are looked at one by one. Within
 * a transaction that holds the account's row. Used once.
 */
final class QueueRound {
  private final Connection connection;
  private final String account;
  private final RowChanges rows = new RowChanges();
  private final List<@Nullable Object[]> attempts = new ArrayList<>();
  private final List<@Nullable Object[]> requests = new ArrayList<>();
  private final List<@Nullable Object[]> newSlots = new ArrayList<>();
  private final List<@Nullable Object[]> changedSlots = new ArrayList<>();
  private final List<@Nullable Object[]> marks = new ArrayList<>();
  private final List<@Nullable Object[]> waits = new ArrayList<>();
  private final List<Long> waiting = new ArrayList<>();
  private final List<Long> over = new ArrayList<>();

  private QueueRound(Connection connection, String account) {
    this.connection = connection;
    this.account = account;
  }

  /**
   * A queue's next request as it stands.
   *
   * @param token the run under which it is on its way; null: it is not
   * @param slot how its slot is
   */
  private record Next(
      RowKey key, @Nullable String token, RowState state, String fileState, Before slot) {

    static @Nullable Next read(ResultSet row) throws SQLException {
      return row.getObject("row_no") == null
          ? null
          : new Next(
              RowKey.read(row),
              row.getString("claim"),
              RowState.of(row.getString("state")),
              row.getString("file_state"),
              row.getObject("known") == null
                  ? Before.EMPTY
                  : Before.read(row.getBoolean("known"), row.getLong("assignee")));
    }

    boolean is(Claim claim, @Nullable String underToken) {
      return key.equals(claim.key()) && Objects.equals(token, underToken);
    }

    boolean holds(long assignee) {
      return slot.state() == Before.State.KNOWN && requireNonNull(slot.assignee()) == assignee;
    }
  }

  /**
   * Writes them, those of one learner in their order.
   *
   * @return for each, whether what it says of the queue still held, so that it was written
   */
  static List<Boolean> write(Connection connection, String account, List<QueueChange> changes)
      throws SQLException {
    List<Boolean> written = new ArrayList<>();
    Map<Long, QueueChange> oneEach = new LinkedHashMap<>();
    for (QueueChange change : changes) {
      long learner = change.claim().learner();
      if (oneEach.containsKey(learner)) {
        written.addAll(new QueueRound(connection, account).write(oneEach.values()));
        oneEach.clear();
      }
      oneEach.put(learner, change);
    }
    written.addAll(new QueueRound(connection, account).write(oneEach.values()));
    return written;
  }

  private List<Boolean> write(Collection<QueueChange> oneEach) throws SQLException {
    Map<Long, Next> queues = queues(oneEach);
    List<Boolean> written = new ArrayList<>();
    for (QueueChange change : oneEach) {
      Next next = queues.get(change.claim().learner());
      written.add(next != null && isAdded(change, next));
    }
    write();
    return written;
  }

  private Map<Long, Next> queues(Collection<QueueChange> changes) throws SQLException {
    List<SlotKey> slots =
        changes.stream()
            .map(QueueChange::claim)
            .map(claim -> new SlotKey(claim.learner(), claim.request().slot()))
            .toList();
    Map<Long, Next> queues = new HashMap<>();
    Sql.query(
            connection,
            """
            SELECT k.learner, l.file_no, l.row_no, l.part, l.claim, r.state,
              f.state AS file_state, s.known, s.assignee
            FROM %s
            LEFT JOIN line l ON l.account = ? AND l.learner = k.learner
            LEFT JOIN file f ON f.no = l.file_no
            LEFT JOIN file_row r ON r.file_no = l.file_no AND r.row_no = l.row_no
              AND r.part = l.part
            LEFT JOIN slot s ON s.account = l.account AND s.learner = k.learner
              AND s.slot = k.slot"""
                .formatted(SlotKey.TABLE),
            SlotKey.learners(connection, slots),
            SlotKey.slots(connection, slots),
            account)
        .each(
            r -> {
              Next next = Next.read(r);
              if (next != null) {
                queues.put(r.getLong("learner"), next);
              }
            });
    return queues;
  }

  /** Adds what a change writes; nothing where its queue has moved on. */
  private boolean isAdded(QueueChange change, Next next) throws SQLException {
    Claim claim = change.claim();
    if (change instanceof QueueChange.Mark mark) {
      if (!next.is(claim, null) || !next.fileState.equals("delivering")) {
        return false;
      }
      marks.add(new Object[] {mark.token(), account, claim.learner()});
      rows.move(
          claim.key(), next.state, new RowChanges.To(RowState.SENDING, null, null, mark.at()));
      return true;
    }
    if (change instanceof QueueChange.Skip skip) {
      if (!next.is(claim, null) || !next.holds(claim.request().assignee())) {
        return false;
      }
      rows.move(
          claim.key(),
          next.state,
          new RowChanges.To(RowState.UNCHANGED, Code.UNCHANGED.name(), null, skip.at()));
      request(claim, true, null);
      over.add(claim.learner());
      return true;
    }
    QueueChange.Settle settle = (QueueChange.Settle) change;
    if (!next.is(claim, settle.token())) {
      return false;
    }
    settle(claim, settle.settlement(), next);
    return true;
  }

  private void settle(Claim claim, Settlement settlement, Next next) throws SQLException {
    RowKey key = claim.key();
    Settlement.Call call = settlement.call();
    attempts.add(
        new Object[] {
          key.file(),
          key.row(),
          key.part(),
          call.endedAt(),
          call.tookMs(),
          call.httpStatus(),
          settlement.code(),
          Sql.bounded(settlement.message(), 1000)
        });
    boolean isReached = settlement.slot() != Settlement.Slot.UNTOUCHED;
    if (isReached) {
      slot(claim, settlement, next.slot.state() == Before.State.EMPTY ? newSlots : changedSlots);
    }
    RowChanges.To to = to(claim, settlement, next);
    rows.settle(key, to, call.httpStatus(), isReached ? next.slot : null);
    boolean waits = to.state() == RowState.WAITING;
    if (!waits || settlement.costsAttempt()) {
      request(claim, !waits, settlement.costsAttempt() ? call.endedAt() : null);
    }
    if (waits) {
      this.waits.add(new Object[] {settlement.dueAt(), account, claim.learner()});
      waiting.add(claim.learner());
    } else {
      over.add(claim.learner());
    }
  }

  /**
   * A request that would wait ends at once where its file was cancelled or something newer asks for
   * its slot.
   */
  private RowChanges.To to(Claim claim, Settlement settlement, Next next) throws SQLException {
    Instant at = settlement.call().endedAt();
    if (settlement.state() == RowState.WAITING) {
      if (next.fileState.equals("cancelled")) {
        return new RowChanges.To(
            RowState.CANCELLED,
            Code.CANCELLED.name(),
            Undelivered.cancelledAfter(settlement.message()),
            at);
      }
      Optional<RowKey> newer =
          Newer.than(connection, account, claim.key(), claim.learner(), claim.request().slot());
      if (newer.isPresent()) {
        return new RowChanges.To(
            RowState.SUPERSEDED,
            Code.SUPERSEDED.name(),
            LearnerQueues.supersededBy(newer.get()),
            at);
      }
    }
    return new RowChanges.To(settlement.state(), settlement.code(), settlement.message(), at);
  }

  /**
   * @param attemptAt when an attempt that counts was made; null: none was
   */
  private void request(Claim claim, boolean isClosed, @Nullable Instant attemptAt) {
    requests.add(
        new Object[] {
          isClosed,
          attemptAt == null ? 0 : 1,
          attemptAt,
          claim.key().file(),
          claim.key().row(),
          claim.key().part()
        });
  }

  private void slot(Claim claim, Settlement settlement, List<@Nullable Object[]> slots) {
    slots.add(
        new Object[] {
          claim.request().assignee(),
          settlement.slot() == Settlement.Slot.HOLDS,
          settlement.call().endedAt(),
          claim.key().file(),
          account,
          claim.learner(),
          claim.request().slot()
        });
  }

  private void write() throws SQLException {
    Sql.batch(
        connection,
        """
        INSERT INTO attempt (file_no, row_no, part, ended_at, took_ms, http_status, code,
          message) VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        attempts);
    Sql.batch(
        connection,
        """
        INSERT INTO slot (assignee, known, sent_at, file_no, account, learner, slot)
          VALUES (?, ?, ?, ?, ?, ?, ?)""",
        newSlots);
    Sql.batch(
        connection,
        """
        UPDATE slot SET assignee = ?, known = ?, sent_at = ?, file_no = ?, kept_for = NULL
          WHERE account = ? AND learner = ? AND slot = ?""",
        changedSlots);
    Sql.batch(
        connection,
        """
        UPDATE request SET closed = ?, attempts = attempts + ?,
          first_attempt_at = COALESCE(first_attempt_at, CAST(? AS TIMESTAMP(3) WITH TIME ZONE))
          WHERE file_no = ? AND row_no = ? AND part = ?""",
        requests);
    rows.write(connection);
    Sql.batch(connection, "UPDATE line SET claim = ? WHERE account = ? AND learner = ?", marks);
    Sql.batch(
        connection,
        "UPDATE line SET claim = NULL, due_at = ? WHERE account = ? AND learner = ?",
        waits);
    for (long learner : waiting) {
      if (new LearnerQueue(connection, account, learner).isBehind()) {
        over.add(learner); // retried or released while it was away
      }
    }
    LearnerQueue.advance(connection, account, over);
  }
}
