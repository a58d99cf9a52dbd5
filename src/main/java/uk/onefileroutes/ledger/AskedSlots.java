package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is known of the slots that rows ask for, in sets and within the caller's transaction. */
final class AskedSlots {
  private AskedSlots() {}

  /** What the slots are known to hold; unknown ones are left out, so that they never equal. */
  static Map<SlotKey, SlotState.Held> held(Connection connection, String account, Set<SlotKey> keys)
      throws SQLException {
    Map<SlotKey, SlotState.Held> held = new HashMap<>();
    Sql.query(
            connection,
            """
            SELECT k.learner, k.slot, s.assignee, s.sent_at FROM %s
            LEFT JOIN slot s ON s.account = ? AND s.learner = k.learner AND s.slot = k.slot
              AND s.known = TRUE"""
                .formatted(SlotKey.TABLE),
            SlotKey.learners(connection, keys),
            SlotKey.slots(connection, keys),
            account)
        .each(
            r -> {
              long assignee = r.getLong("assignee");
              if (!r.wasNull()) {
                held.put(SlotKey.read(r), new SlotState.Held(assignee, Sql.instant(r, "sent_at")));
              }
            });
    return held;
  }

  /**
   * The slots for which another file's request is not answered yet: what they will hold is not
   * known now. Dry runs, whose numbers are negative, are no files.
   */
  static Set<SlotKey> openElsewhere(
      Connection connection, String account, long file, Set<SlotKey> keys) throws SQLException {
    Set<SlotKey> open = new HashSet<>();
    Sql.query(
            connection,
            """
            SELECT k.learner, k.slot, r.file_no FROM %s
            LEFT JOIN request r ON r.account = ? AND r.learner = k.learner AND r.closed = FALSE
              AND r.slot = k.slot AND r.file_no > 0 AND r.file_no <> ?"""
                .formatted(SlotKey.TABLE),
            SlotKey.learners(connection, keys),
            SlotKey.slots(connection, keys),
            account,
            file)
        .each(
            r -> {
              if (r.getObject("file_no") != null) {
                open.add(SlotKey.read(r));
              }
            });
    return open;
  }
}
