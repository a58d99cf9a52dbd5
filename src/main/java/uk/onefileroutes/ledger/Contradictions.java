package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.durable.Step;

/**
 * Rows of one file, or of one dry run, that ask for different people in one slot. For a file that
 * was read whole and is neither held nor released yet. For one thread.
 */
public final class Contradictions {
  private static final int PAGE = 500;
  private static final int SHOWN = 3;

  // what a file's own rows gave way to; those of other files come in with its release
  private static final String LOST =
      "file_no = ? AND state = 'superseded' AND code = '" + Code.SUPERSEDED.name() + "'";

  private final Ledger ledger;
  private final long rows;
  private final Step step;

  /**
   * @param rows the number under which the rows are stored
   * @param step what a page of {@link #refuse} is
   */
  Contradictions(Ledger ledger, long rows, Step step) {
    this.ledger = ledger;
    this.rows = rows;
    this.step = step;
  }

  /**
   * Slots for which a file asks for different people.
   *
   * @param slots how many
   * @param first pairs of rows: one that lost, and the one that counts
   */
  public record Found(long slots, List<Pair> first) {
    public Found {
      first = List.copyOf(first);
    }
  }

  /** A row that gave way to a later one. */
  public record Pair(long row, long later) {}

  /** What there is; changes nothing. */
  public Found find() {
    return ledger.read(
        connection ->
            new Found(
                Sql.query(
                        connection,
                        "SELECT COUNT(*) FROM (SELECT DISTINCT learner, slot FROM file_row WHERE "
                            + LOST
                            + ") s",
                        rows)
                    .one(r -> r.getLong(1))
                    .orElse(0L),
                Sql.query(
                        connection,
                        """
                        SELECT l.row_no, MAX(w.row_no) AS later FROM
                          (SELECT * FROM file_row WHERE %s
                            ORDER BY file_no, row_no, part LIMIT ?) l
                          JOIN file_row w ON w.learner = l.learner AND w.slot = l.slot
                            AND w.file_no = l.file_no
                        GROUP BY l.row_no, l.part ORDER BY l.row_no, l.part"""
                            .formatted(LOST),
                        rows,
                        SHOWN)
                    .list(r -> new Pair(r.getLong("row_no"), r.getLong("later")))));
  }

  /**
   * What a refusal changed.
   *
   * @param rows that are invalid now and were not before
   * @param assignments of all rows, that are invalid now
   * @param firstRow the first of them; 0 where there is none
   * @param slots what it adds to the file's figures
   */
  public record Refused(long rows, long assignments, long firstRow, SlotFigures slots) {}

  /**
   * Makes all rows that ask for these slots invalid, page by page. May run again after a crash, as
   * the file is read again then.
   */
  public Refused refuse(Instant at) {
    List<SlotFigures> changes = new ArrayList<>();
    boolean isMore = true;
    while (isMore) {
      Optional<SlotFigures> page = ledger.write(step, connection -> page(connection, at));
      page.ifPresent(changes::add);
      isMore = page.isPresent();
    }
    SlotFigures slots = changes.stream().reduce(SlotFigures.NONE, SlotFigures::plus);
    return ledger.read(connection -> refused(connection, slots));
  }

  private Refused refused(Connection connection, SlotFigures slots) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT COUNT(*) AS assignments, COALESCE(MIN(c.row_no), 0) AS first,
              COUNT(DISTINCT CASE WHEN EXISTS (SELECT 1 FROM file_row o
                WHERE o.file_no = c.file_no AND o.row_no = c.row_no AND o.state = 'invalid'
                AND o.code <> c.code) THEN NULL ELSE c.row_no END) AS amount
            FROM file_row c WHERE c.file_no = ? AND c.state = 'invalid' AND c.code = ?""",
            rows,
            Code.CONTRADICTION.name())
        .one(
            r ->
                new Refused(
                    r.getLong("amount"), r.getLong("assignments"), r.getLong("first"), slots))
        .orElseThrow();
  }

  /** A row that asks for one of these slots. */
  private record Asking(RowKey key, RowState state, @Nullable Long held, long assignee) {}

  /** The next slots; returns what that adds to the figures, empty where there were none. */
  private Optional<SlotFigures> page(Connection connection, Instant at) throws SQLException {
    Set<SlotKey> slots =
        new LinkedHashSet<>(
            Sql.query(
                    connection,
                    "SELECT DISTINCT learner, slot FROM file_row WHERE " + LOST + " LIMIT ?",
                    rows,
                    PAGE)
                .list(SlotKey::read));
    if (slots.isEmpty()) {
      return Optional.empty();
    }
    Tally tally = new Tally();
    SlotFigures figures = SlotFigures.NONE;
    List<@Nullable Object[]> keys = new ArrayList<>();
    List<@Nullable Object[]> updates = new ArrayList<>();
    for (List<Asking> asking : asking(connection, slots).values()) {
      String message =
          "Rows %s%s of this file ask for different people in one place; keep one of them."
              .formatted(
                  asking.stream()
                      .limit(SHOWN)
                      .map(row -> Long.toString(row.key.row()))
                      .collect(Collectors.joining(", ")),
                  asking.size() > SHOWN ? " and others" : "");
      for (Asking row : asking) {
        Object[] key = {rows, row.key.row(), row.key.part()};
        keys.add(key);
        updates.add(
            new Object[] {
              Code.CONTRADICTION.name(), message, at, rows, row.key.row(), row.key.part()
            });
        tally.move(rows, row.state, RowState.INVALID);
        if (row.state != RowState.SUPERSEDED && row.held != null) {
          figures = figures.plus(new SlotFigures(-1, row.held == row.assignee ? 0 : -1));
        }
      }
    }
    Sql.batch(
        connection, "DELETE FROM request WHERE file_no = ? AND row_no = ? AND part = ?", keys);
    Sql.batch(
        connection,
        """
        UPDATE file_row SET state = 'invalid', code = ?, message = ?, slot = NULL,
          assignee = NULL, held = NULL, changed_at = ?
        WHERE file_no = ? AND row_no = ? AND part = ?""",
        updates);
    tally.write(connection);
    return Optional.of(figures);
  }

  private Map<SlotKey, List<Asking>> asking(Connection connection, Set<SlotKey> slots)
      throws SQLException {
    Map<SlotKey, List<Asking>> asking = new LinkedHashMap<>();
    Sql.query(
            connection,
            """
            SELECT r.file_no, r.row_no, r.part, k.learner, k.slot, r.assignee, r.held, r.state
            FROM %s
            LEFT JOIN file_row r ON r.learner = k.learner AND r.slot = k.slot AND r.file_no = ?
            ORDER BY r.row_no, r.part"""
                .formatted(SlotKey.TABLE),
            SlotKey.learners(connection, slots),
            SlotKey.slots(connection, slots),
            rows)
        .each(
            r -> {
              if (r.getObject("row_no") != null) {
                asking
                    .computeIfAbsent(SlotKey.read(r), slot -> new ArrayList<>())
                    .add(
                        new Asking(
                            RowKey.read(r),
                            RowState.of(r.getString("state")),
                            r.getObject("held", Long.class),
                            r.getLong("assignee")));
              }
            });
    return asking;
  }
}
