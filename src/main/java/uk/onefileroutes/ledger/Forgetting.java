package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.durable.Step;

/**
 * Makes slots unknown, page by page, each in a transaction that holds the account's row, so that
 * memory stays bounded and delivery continues in between. A request that is on its way meanwhile
 * makes its slot known again with its answer: that is newer than what was forgotten.
 */
final class Forgetting {
  private static final int PAGE = 2000;

  private final Ledger ledger;
  private long forgotten;

  Forgetting(Ledger ledger) {
    this.ledger = ledger;
  }

  /** How many slots were known, or unknown for a leaver only. */
  long forgotten() {
    return forgotten;
  }

  void run(SlotsOf which) {
    leaverSlots(which);
    if (which.file() != null) {
      ofFile(which.file());
    } else {
      ofLearners(which.learner());
    }
  }

  private void ofFile(long file) {
    Pages.each(
        RowKey.beforeAllOf(file), after -> inTurn(connection -> fileRows(connection, after)));
  }

  private void ofLearners(@Nullable Long learner) {
    Pages.each(
        new SlotKey(learner == null ? 0 : learner, ""),
        after -> inTurn(connection -> knownSlots(connection, after, learner)));
  }

  private <T> Optional<T> inTurn(Ledger.Work<Optional<T>> page) {
    return ledger.write(
        Step.SLOTS_FORGOTTEN,
        connection -> {
          ledger.lock(connection);
          return page.in(connection);
        });
  }

  /** The next known slots, forgotten; returns where to continue, empty at the end. */
  private Optional<SlotKey> knownSlots(Connection connection, SlotKey after, @Nullable Long learner)
      throws SQLException {
    List<Object> parameters =
        new ArrayList<>(List.of(ledger.account(), after.learner(), after.learner(), after.slot()));
    if (learner != null) {
      parameters.add(learner);
    }
    parameters.add(PAGE);
    List<SlotKey> page =
        Sql.query(
                connection,
                "SELECT learner, slot FROM slot WHERE account = ? AND learner >= ?"
                    + " AND (learner > ? OR slot > ?) AND (known = TRUE OR kept_for > 0)"
                    + (learner == null ? "" : " AND learner = ?")
                    + " ORDER BY account, learner, slot LIMIT ?",
                parameters.toArray())
            .list(SlotKey::read);
    forget(connection, new LinkedHashSet<>(page));
    return Pages.next(page, PAGE, Function.identity());
  }

  /** The known slots that a file's next rows name, forgotten. */
  private Optional<RowKey> fileRows(Connection connection, RowKey after) throws SQLException {
    Set<SlotKey> known = new LinkedHashSet<>();
    List<RowKey> page =
        Sql.query(
                connection,
                """
                SELECT r.file_no, r.row_no, r.part, r.learner, r.slot, s.known, s.kept_for
                FROM (SELECT file_no, row_no, part, learner, slot FROM file_row WHERE %s
                  ORDER BY file_no, row_no, part LIMIT ?) r
                LEFT JOIN slot s ON s.account = ? AND s.learner = r.learner AND s.slot = r.slot
                ORDER BY r.row_no, r.part"""
                    .formatted(RowKey.FOLLOWS),
                after.and(PAGE, ledger.account()))
            .list(
                r -> {
                  if (r.getBoolean("known") || r.getLong("kept_for") > 0) {
                    known.add(SlotKey.read(r));
                  }
                  return RowKey.read(r);
                });
    forget(connection, known);
    return Pages.next(page, PAGE, Function.identity());
  }

  private void forget(Connection connection, Set<SlotKey> slots) throws SQLException {
    if (slots.isEmpty()) {
      return;
    }
    List<@Nullable Object[]> rows = new ArrayList<>(slots.size());
    for (SlotKey slot : slots) {
      rows.add(new Object[] {ledger.account(), slot.learner(), slot.slot()});
    }
    Sql.batch(
        connection,
        "UPDATE slot SET known = FALSE, kept_for = NULL WHERE account = ? AND learner = ? AND slot = ?",
        rows);
    overtake(connection, ledger.account());
    forgotten += slots.size();
  }

  /** A file that is being read was compared with what was known then; it is read again. */
  static void overtake(Connection connection, String account) throws SQLException {
    Sql.update(
        connection,
        "UPDATE file SET overtaken = TRUE WHERE state = 'receiving' AND account = ?",
        account);
  }

  /** Ends the list of what leavers held: that their slots are unknown is wanted now. */
  private void leaverSlots(SlotsOf which) {
    forgotten +=
        ledger.write(
            Step.SLOTS_FORGOTTEN,
            connection -> {
              ledger.lock(connection);
              Leaving.deleteSettled(connection, ledger.account());
              return Leaving.delete(connection, ledger.account(), which);
            });
  }
}
