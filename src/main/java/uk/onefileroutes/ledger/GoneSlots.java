package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
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

  public GoneSlots(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * What is gone with a file that was read whole.
   *
   * @param listed how many of them are wanted by name
   */
  public Gone with(FileEntry file, int listed) {
    return with(file, file.no(), listed);
  }

  /**
   * The same where its rows stand under another number.
   *
   * @param rows the number of a dry run
   */
  Gone with(FileEntry file, long rows, int listed) {
    long last = ledger.read(connection -> lastReleased(connection, file)).orElse(0L);
    if (last == 0) {
      return new Gone(0, 0, List.of());
    }
    List<GoneSlot> first = new ArrayList<>();
    AtomicLong slots = new AtomicLong();
    Pages.each(
        RowKey.beforeAllOf(last),
        after -> {
          List<Row> page = ledger.read(connection -> page(connection, after, rows));
          List<GoneSlot> gone =
              page.stream().filter(Row::isGone).map(Row::slot).flatMap(Optional::stream).toList();
          slots.addAndGet(gone.size());
          gone.stream().limit(listed - (long) first.size()).forEach(first::add);
          return Pages.next(page, PAGE, Row::key);
        });
    return new Gone(last, slots.get(), first);
  }

  /** A row of the last file. */
  private record Row(RowKey key, RowState state, boolean isNamed, Optional<GoneSlot> slot) {
    boolean isGone() {
      return !isNamed && HOLDS.contains(state);
    }
  }

  private Optional<Long> lastReleased(Connection connection, FileEntry file) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT no FROM file WHERE account = ? AND feed = ? AND no < ?
              AND state IN ('delivering', 'done') ORDER BY account DESC, feed DESC, no DESC
              LIMIT 1""",
            ledger.account(),
            file.feed(),
            file.no())
        .one(r -> r.getLong("no"));
  }

  private static List<Row> page(Connection connection, RowKey after, long rows)
      throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT h.file_no, h.row_no, h.part, h.state, h.learner, h.slot, h.assignee,
              EXISTS (SELECT 1 FROM file_row n WHERE n.learner = h.learner AND n.slot = h.slot
                AND n.file_no = ?) AS named
            FROM (SELECT file_no, row_no, part, state, learner, slot, assignee FROM file_row
              WHERE %s ORDER BY file_no, row_no, part LIMIT ?) h
            ORDER BY h.row_no, h.part"""
                .formatted(RowKey.FOLLOWS),
            rows,
            after.file(),
            after.row(),
            after.row(),
            after.part(),
            PAGE)
        .list(GoneSlots::row);
  }

  private static Row row(ResultSet row) throws SQLException {
    @Nullable String slot = row.getString("slot");
    return new Row(
        RowKey.read(row),
        RowState.of(row.getString("state")),
        row.getBoolean("named"),
        slot == null
            ? Optional.empty()
            : Optional.of(
                new GoneSlot(
                    row.getLong("row_no"), row.getLong("learner"), slot, row.getLong("assignee"))));
  }
}
