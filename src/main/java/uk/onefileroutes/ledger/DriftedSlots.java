package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.ledger.Slots.Held;

/**
 * Takes into the ledger what a comparison found in slots that are not as it says, and what the last
 * comparison left. Nothing is decided here. Thread-safe; each verb is one transaction.
 */
public final class DriftedSlots {
  /** Still as it was compared, and no released request will set it to something else. */
  private static final String AS_COMPARED =
      """
      WHERE account = ? AND learner = ? AND slot = ? AND sent_at = ?
      AND (known = TRUE AND assignee = ? OR known = FALSE AND kept_for > ?)
      AND NOT EXISTS (SELECT 1 FROM request r JOIN file f ON f.no = r.file_no
          WHERE r.account = slot.account AND r.learner = slot.learner AND r.closed = FALSE
          AND r.slot = slot.slot AND f.state = 'delivering')""";

  private static final String FORGOTTEN = "UPDATE slot SET known = FALSE, kept_for = NULL ";
  private static final String KEPT =
      "UPDATE slot SET known = TRUE, kept_for = COALESCE(kept_for, assignee), assignee = ? ";
  private static final String KEPT_NOBODY =
      "UPDATE slot SET known = FALSE, kept_for = COALESCE(kept_for, assignee) ";
  private static final String TAKEN_BACK =
      "UPDATE slot SET known = TRUE, assignee = kept_for, kept_for = NULL ";

  private final Ledger ledger;

  /** What is done with a slot. */
  public enum What {
    /** It becomes unknown, so that the next file sends it. */
    FORGET,
    /** It holds what was found, until a file asks for somebody else than before. */
    KEEP,
    /** It holds again what the files ask for. */
    TAKE_BACK
  }

  /**
   * A slot and what is done with it.
   *
   * @param compared as the ledger had it
   * @param found who is there by Onefile; null: nobody
   */
  public record Change(Held compared, What what, @Nullable Long found) {}

  /**
   * What a comparison of all slots left.
   *
   * @param learners who were read
   * @param drifted slots that a person should look at
   */
  public record Left(Instant endedAt, long learners, long drifted) {}

  public DriftedSlots(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Does this with slots of a learner; what was changed since it was compared, or is about to be,
   * is left alone. Files that are being read are compared again.
   *
   * @return how many were changed
   */
  public int change(long learner, List<Change> changes) {
    return ledger.write(
        Step.SLOTS_FORGOTTEN,
        connection -> {
          ledger.lock(connection);
          int changed = 0;
          for (Change change : changes) {
            changed += change(connection, learner, change);
          }
          if (changed > 0) {
            Forgetting.overtake(connection, ledger.account());
          }
          return changed;
        });
  }

  private int change(Connection connection, long learner, Change change) throws SQLException {
    Held held = change.compared();
    long somebody = held.isNobody() ? 0 : Long.MAX_VALUE;
    List<Object> parameters = new ArrayList<>();
    if (change.what() == What.KEEP && change.found() != null) {
      parameters.add(change.found());
    }
    Collections.addAll(
        parameters,
        ledger.account(),
        learner,
        held.slot(),
        held.sentAt(),
        held.assignee(),
        somebody);
    String set =
        switch (change.what()) {
          case FORGET -> FORGOTTEN;
          case TAKE_BACK -> TAKEN_BACK;
          case KEEP -> change.found() == null ? KEPT_NOBODY : KEPT;
        };
    return Sql.update(connection, set + AS_COMPARED, parameters.toArray());
  }

  /** A change by hand is kept no longer where a released file asks for what it made itself. */
  static void endKept(Connection connection, String account, long fileNo) throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE slot SET kept_for = NULL WHERE account = ? AND kept_for > 0 AND known = TRUE
          AND EXISTS (SELECT 1 FROM file_row r WHERE r.learner = slot.learner
            AND r.slot = slot.slot AND r.file_no = ? AND r.state = 'unchanged'
            AND r.assignee = slot.assignee)""",
        account,
        fileNo);
  }

  /** Notes what a comparison of all slots left, in place of the one before. */
  public void ended(Left left) {
    ledger.inTransaction(
        connection -> {
          Sql.update(connection, "DELETE FROM verified WHERE account = ?", ledger.account());
          return Sql.update(
              connection,
              "INSERT INTO verified (account, ended_at, learners, drifted) VALUES (?, ?, ?, ?)",
              ledger.account(),
              left.endedAt(),
              left.learners(),
              left.drifted());
        });
  }

  /** What the last one left; empty if there was none. */
  public Optional<Left> left() {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    "SELECT ended_at, learners, drifted FROM verified WHERE account = ?",
                    ledger.account())
                .one(
                    r ->
                        new Left(
                            Sql.instant(r, "ended_at"),
                            r.getLong("learners"),
                            r.getLong("drifted"))));
  }
}
