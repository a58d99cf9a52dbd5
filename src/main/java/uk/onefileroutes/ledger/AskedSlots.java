package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of the slots that rows ask for, in sets and within the caller's transaction. */
final class AskedSlots {
  private AskedSlots() {}

  /**
   * A slot of which something is known.
   *
   * @param held what it is known to hold; null where that is not known, so that it never equals
   * @param keptFor where a change by hand is kept, whom the files asked for; null: none is
   */
  record Known(SlotState.@Nullable Held held, @Nullable Long keptFor) {
    static final Known NOTHING = new Known(null, null);
  }

  /** What is known of the slots; others are left out. */
  static Map<SlotKey, Known> known(Connection connection, String account, Set<SlotKey> keys)
      throws SQLException {
    Map<SlotKey, Known> known = new HashMap<>();
    Sql.query(
            connection,
            """
            SELECT k.learner, k.slot, s.known, s.assignee, s.sent_at, s.kept_for FROM %s
            LEFT JOIN slot s ON s.account = ? AND s.learner = k.learner AND s.slot = k.slot
              AND (s.known = TRUE OR s.kept_for > 0)"""
                .formatted(SlotKey.TABLE),
            SlotKey.learners(connection, keys),
            SlotKey.slots(connection, keys),
            account)
        .each(
            r -> {
              long assignee = r.getLong("assignee");
              if (!r.wasNull()) {
                long keptFor = r.getLong("kept_for");
                boolean isKept = !r.wasNull();
                known.put(
                    SlotKey.read(r),
                    new Known(
                        r.getBoolean("known")
                            ? new SlotState.Held(assignee, Sql.instant(r, "sent_at"))
                            : null,
                        isKept ? keptFor : null));
              }
            });
    return known;
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
