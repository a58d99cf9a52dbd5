package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.onefileroutes.assignment.RowState;

/**
 * Finds the slots that a feed's last released file held and that a file which was just read names
 * no more. Page by page, so that memory stays bounded. Thread-safe; changes nothing.
 */
public final class GoneSlots {
  private static final int PAGE = 2000;
  private static final Set<RowState> HOLDS =
      Set.of(
          RowState.SENT, RowState.UNCHANGED, RowState.PLANNED, RowState.SENDING, RowState.WAITING);

  private final Ledger earlier;
  private final Ledger ledger;

  /**
   * What is gone.
   *
   * @param lastFile the number of the file that held it; 0 where the feed had none
   * @param slots how many
   * @param first the first of them, in the order of that file
   */
  public record Gone(long lastFile, long slots, List<GoneSlot> first) {
    public Gone {
      first = List.copyOf(first);
    }

    /** A sentence; empty where nothing is gone. */
    public String sentence() {
      return slots == 0
          ? ""
          : "%,d %s that file %d held %s not named any more."
              .formatted(slots, slots == 1 ? "slot" : "slots", lastFile, slots == 1 ? "is" : "are");
    }
  }

  /**
   * One of them.
   *
   * @param row of the last file
   * @param assignee what it holds
   */
  public record GoneSlot(long row, long learner, String slot, long assignee) {}

  /**
   * @param earlier where the released files are
   * @param ledger where the file is that was read; mostly the same
   */
  public GoneSlots(Ledger earlier, Ledger ledger) {
    this.earlier = earlier;
    this.ledger = ledger;
  }

  /**
   * What is gone with a file.
   *
   * @param listed how many of them are wanted by name
   */
  public Gone with(FileEntry file, int listed) {
    long last = earlier.read(connection -> lastReleased(connection, file)).orElse(0L);
    if (last == 0) {
      return new Gone(0, 0, List.of());
    }
    List<GoneSlot> first = new ArrayList<>();
    long slots = 0;
    Optional<RowKey> after = Optional.of(new RowKey(last, -1, 0));
    while (after.isPresent()) {
      RowKey start = after.get();
      Page page = earlier.read(connection -> page(connection, start));
      Set<SlotKey> named = ledger.read(connection -> named(connection, file, page.held.keySet()));
      page.held.keySet().removeAll(named);
      slots += page.held.size();
      page.held.values().stream().limit(listed - (long) first.size()).forEach(first::add);
      after = page.next;
    }
    return new Gone(last, slots, first);
  }

  private record Page(Map<SlotKey, GoneSlot> held, Optional<RowKey> next) {}

  private Optional<Long> lastReleased(Connection connection, FileEntry file) throws SQLException {
    return Sql.query(
            connection,
            "SELECT no FROM file WHERE account = ? AND feed = ? AND no < ?"
                + " AND state IN ('delivering', 'done') ORDER BY account DESC, feed DESC, no DESC"
                + " LIMIT 1",
            earlier.account(),
            file.feed(),
            file.no())
        .one(r -> r.getLong("no"));
  }

  private static Page page(Connection connection, RowKey after) throws SQLException {
    Map<SlotKey, GoneSlot> held = new LinkedHashMap<>();
    List<RowKey> rows =
        Sql.query(
                connection,
                "SELECT file_no, row_no, part, state, learner, slot, assignee FROM file_row"
                    + " WHERE file_no = ? AND row_no >= ? AND (row_no > ? OR part > ?)"
                    + " ORDER BY file_no, row_no, part LIMIT ?",
                after.file(),
                after.row(),
                after.row(),
                after.part(),
                PAGE)
            .list(
                r -> {
                  if (HOLDS.contains(RowState.of(r.getString("state")))) {
                    held.put(SlotKey.read(r), gone(r));
                  }
                  return RowKey.read(r);
                });
    return new Page(
        held, rows.size() < PAGE ? Optional.empty() : Optional.of(rows.get(rows.size() - 1)));
  }

  private static GoneSlot gone(ResultSet row) throws SQLException {
    return new GoneSlot(
        row.getLong("row_no"),
        row.getLong("learner"),
        row.getString("slot"),
        row.getLong("assignee"));
  }

  private static Set<SlotKey> named(Connection connection, FileEntry file, Set<SlotKey> slots)
      throws SQLException {
    Set<SlotKey> named = new HashSet<>();
    Sql.query(
            connection,
            "SELECT k.learner, k.slot, n.row_no FROM "
                + SlotKey.TABLE
                + " LEFT JOIN file_row n ON n.learner = k.learner AND n.slot = k.slot"
                + " AND n.file_no = ?",
            SlotKey.learners(connection, slots),
            SlotKey.slots(connection, slots),
            file.no())
        .each(
            r -> {
              if (r.getObject("row_no") != null) {
                named.add(SlotKey.read(r));
              }
            });
    return named;
  }
}
