package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
   * @param held how many slots that file held
   * @param slots how many of these are gone
   * @param invalid how many more are not named, since the rows that would are invalid
   * @param first the first that are not named, in the order of that file
   */
  public record Gone(long lastFile, long held, long slots, long invalid, List<GoneSlot> first) {
    /** Nothing to be compared with. */
    public static final Gone NOTHING = new Gone(0, 0, 0, 0, List.of());

    public Gone {
      first = List.copyOf(first);
    }

    /** A sentence; empty where all is named. */
    public String sentence() {
      String because =
          invalid == 1 ? "because its row is invalid" : "because their rows are invalid";
      if (slots == 0) {
        return invalid == 0
            ? ""
            : "%,d %s that file %d held %s not named, %s."
                .formatted(invalid, slots(invalid), lastFile, are(invalid), because);
      }
      String more = invalid == 0 ? "" : ", %,d more %s".formatted(invalid, because);
      return "%,d %s that file %d held %s not named any more%s."
          .formatted(slots, slots(slots), lastFile, are(slots), more);
    }

    private static String slots(long amount) {
      return amount == 1 ? "slot" : "slots";
    }

    private static String are(long amount) {
      return amount == 1 ? "is" : "are";
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
    OptionalLong found =
        ledger.read(
            connection ->
                LastFiles.before(connection, ledger.account(), file, LastFiles.WITH_SLOTS));
    if (found.isEmpty()) {
      return Gone.NOTHING;
    }
    long last = found.getAsLong();
    List<GoneSlot> first = new ArrayList<>();
    Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    Pages.each(
        RowKey.beforeAllOf(last),
        after -> {
          List<Row> page = ledger.read(connection -> page(connection, after, rows));
          for (Row row : page) {
            if (HOLDS.contains(row.state)) {
              fates.merge(row.fate, 1L, Long::sum);
              if (row.fate == Fate.GONE && first.size() < listed) {
                row.slot.ifPresent(first::add);
              }
            }
          }
          return Pages.next(page, PAGE, Row::key);
        });
    long held = fates.values().stream().mapToLong(Long::longValue).sum();
    long gone = fates.getOrDefault(Fate.GONE, 0L);
    long unread = gone == 0 ? 0 : Math.min(gone, ledger.read(c -> unread(c, last, rows)));
    long invalid = fates.getOrDefault(Fate.INVALID, 0L) + unread;
    return new Gone(last, held, gone - unread, invalid, first);
  }

  /** What becomes of a slot with the next file. */
  private enum Fate {
    NAMED,
    /** A row of its learner is invalid. */
    INVALID,
    GONE
  }

  /** A row of the last file. */
  private record Row(RowKey key, RowState state, Fate fate, Optional<GoneSlot> slot) {}

  /**
   * How many more rows than in the last file are invalid of which not even the learner is known:
   * each may be about any slot that is missing.
   */
  private static long unread(Connection connection, long last, long rows) throws SQLException {
    return Math.max(0, unread(connection, rows) - unread(connection, last));
  }

  private static long unread(Connection connection, long rows) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT COUNT(*) FROM file_row
            WHERE file_no = ? AND state = 'invalid' AND learner IS NULL""",
            rows)
        .one(r -> r.getLong(1))
        .orElse(0L);
  }

  private static List<Row> page(Connection connection, RowKey after, long rows)
      throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT h.file_no, h.row_no, h.part, h.state, h.learner, h.slot, h.assignee,
              CASE
                WHEN EXISTS (SELECT 1 FROM file_row n WHERE n.learner = h.learner
                  AND n.slot = h.slot AND n.file_no = ?) THEN 'NAMED'
                WHEN EXISTS (SELECT 1 FROM file_row n WHERE n.learner = h.learner
                  AND n.slot IS NULL AND n.file_no = ?) THEN 'INVALID'
                ELSE 'GONE' END AS fate
            FROM (SELECT file_no, row_no, part, state, learner, slot, assignee FROM file_row
              WHERE %s ORDER BY file_no, row_no, part LIMIT ?) h
            ORDER BY h.row_no, h.part"""
                .formatted(RowKey.FOLLOWS),
            rows,
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
        Fate.valueOf(row.getString("fate")),
        slot == null
            ? Optional.empty()
            : Optional.of(
                new GoneSlot(
                    row.getLong("row_no"), row.getLong("learner"), slot, row.getLong("assignee"))));
  }
}
