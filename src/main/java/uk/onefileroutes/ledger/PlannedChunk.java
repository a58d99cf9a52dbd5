package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.RowState;

/**
 * One chunk of rows on its way into the ledger: what their slots hold is fetched, each row is
 * decided, and all are stored; in sets, within the caller's transaction. Used once.
 */
final class PlannedChunk {
  /** Room between the places of two rows: for 2048 parts, each with a place right behind it. */
  private static final long PLACES_A_ROW = 4096;

  private static final String DEFAULT_EMPLOYER = "default/employer";

  private final Connection connection;
  private final String account;
  private final Target target;
  private final SlotDecision.Rule rule;
  private final Instant at;
  private final Tally tally = new Tally();
  private SlotFigures figures = SlotFigures.NONE;

  /**
   * Where rows go.
   *
   * @param no the number under which they are stored
   * @param file the file as which they are compared with others; of a dry run that is another one
   */
  record Target(long no, long file) {
    static Target of(long file) {
      return new Target(file, file);
    }
  }

  PlannedChunk(
      Connection connection, String account, Target target, SlotDecision.Rule rule, Instant at) {
    this.connection = connection;
    this.account = account;
    this.target = target;
    this.rule = rule;
    this.at = at;
  }

  /** Stores rows, and returns what they add to the figures of their file. */
  SlotFigures store(List<NewRow> rows) throws SQLException {
    Map<SlotKey, NewRow> last = new LinkedHashMap<>();
    for (NewRow row : rows) {
      if (row.ask() != null) {
        last.put(key(row.ask()), row);
      }
    }
    // in this order: an answer that comes in between closes its request and changes its slot, and
    // must be seen as one or the other
    Set<SlotKey> open = AskedSlots.openElsewhere(connection, account, target.file, last.keySet());
    Map<SlotKey, AskedSlots.Known> known = AskedSlots.known(connection, account, last.keySet());
    last.forEach((slot, row) -> count(known.getOrDefault(slot, AskedSlots.Known.NOTHING), row));
    supersedeEarlier(last);

    List<@Nullable Object[]> rowParameters = new ArrayList<>(rows.size());
    List<@Nullable Object[]> requestParameters = new ArrayList<>();
    for (NewRow row : rows) {
      NewRow.Ask ask = row.ask();
      if (ask == null) {
        add(rowParameters, row, row.state(), row.note().codes(), row.note().message(), null);
        continue;
      }
      SlotKey key = key(ask);
      AskedSlots.Known slot = known.getOrDefault(key, AskedSlots.Known.NOTHING);
      SlotState.Held holds = slot.held();
      SlotDecision decision =
          rule.decide(
              new SlotState(
                  key.learner(),
                  key.slot(),
                  holds,
                  slot.keptFor(),
                  open.contains(key),
                  later(last, key, row)),
              ask.assignee());
      if (decision instanceof SlotDecision.Send send) {
        NewRow.Day day = dayToCome(ask);
        String code = day == null ? null : Code.NOT_YET.name();
        String message = day == null ? null : "Not sent before " + day.date() + ".";
        add(rowParameters, row, RowState.PLANNED, code, message, holds);
        requestParameters.add(requestParameters(row, ask, send.repeats(), day));
      } else if (decision instanceof SlotDecision.GivesWay way) {
        add(rowParameters, row, RowState.SUPERSEDED, way.code().name(), way.message(), holds);
      } else if (decision instanceof SlotDecision.Kept) {
        add(rowParameters, row, RowState.UNCHANGED, Code.KEPT_BY_HAND.name(), kept(holds), holds);
      } else {
        add(rowParameters, row, RowState.UNCHANGED, Code.UNCHANGED.name(), null, holds);
      }
    }
    Sql.batch(
        connection,
        """
        INSERT INTO file_row (file_no, row_no, part, state, code, message, warning,
          learner, slot, assignee, held, attempts, changed_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)""",
        rowParameters);
    Sql.batch(
        connection,
        """
        INSERT INTO request (file_no, row_no, part, account, learner, slot, assignee, kind,
          path, payload, assigned_role, place, repeats, not_before, closed, attempts)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, 0)""",
        requestParameters);
    putDefaultEmployersBehind(rows);
    tally.write(connection);
    return figures;
  }

  /** The row of this chunk that asks for the slot after this one, if any does. */
  private static SlotState.@Nullable Later later(
      Map<SlotKey, NewRow> last, SlotKey key, NewRow row) {
    NewRow winner = last.get(key);
    return winner == null || winner.ask() == null || isSame(winner, row)
        ? null
        : new SlotState.Later(winner.row(), winner.ask().assignee());
  }

  /** The day before which it may not be sent; null where that has opened, or there is none. */
  private NewRow.@Nullable Day dayToCome(NewRow.Ask ask) {
    NewRow.Day from = ask.from();
    return from != null && from.opens().isAfter(at) ? from : null;
  }

  private static String kept(SlotState.@Nullable Held holds) {
    return "Nothing was sent: somebody changed it by hand in Onefile, which has %s there. That is kept until this row asks for somebody else than before."
        .formatted(holds == null ? "nobody" : holds.assignee());
  }

  private void count(AskedSlots.Known slot, NewRow row) {
    SlotState.Held holds = slot.held();
    if (holds != null && row.ask() != null) {
      long asked = row.ask().assignee();
      boolean isKept = slot.keptFor() != null && slot.keptFor() == asked;
      boolean isReplaced = holds.assignee() != asked && !isKept;
      figures = figures.plus(new SlotFigures(1, isReplaced ? 1 : 0));
    }
  }

  /** A row of an earlier chunk that asks for a slot of this one. */
  private record Earlier(
      RowKey key, SlotKey slot, long assignee, @Nullable Long held, RowState state) {}

  private void supersedeEarlier(Map<SlotKey, NewRow> last) throws SQLException {
    List<@Nullable Object[]> requests = new ArrayList<>();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Earlier row : earlier(last.keySet())) {
      NewRow winner = last.get(row.slot);
      if (winner == null || winner.ask() == null) {
        continue;
      }
      SlotState.Later later = new SlotState.Later(winner.row(), winner.ask().assignee());
      SlotState slot = new SlotState(row.slot.learner(), row.slot.slot(), null, false, later);
      if (!(rule.decide(slot, row.assignee) instanceof SlotDecision.GivesWay way)) {
        continue;
      }
      if (row.held != null) { // it was counted by what was known then
        boolean wasReplaced = row.held != row.assignee && row.state != RowState.UNCHANGED;
        figures = figures.plus(new SlotFigures(-1, wasReplaced ? -1 : 0));
      }
      requests.add(new Object[] {target.no, row.key.row(), row.key.part()});
      rows.add(
          new Object[] {
            way.code().name(), way.message(), at, target.no, row.key.row(), row.key.part()
          });
      tally.move(target.no, row.state, RowState.SUPERSEDED);
    }
    Sql.batch(
        connection, "DELETE FROM request WHERE file_no = ? AND row_no = ? AND part = ?", requests);
    Sql.batch(
        connection,
        """
        UPDATE file_row SET state = 'superseded', code = ?, message = ?, changed_at = ?
        WHERE file_no = ? AND row_no = ? AND part = ?""",
        rows);
  }

  private List<Earlier> earlier(Set<SlotKey> slots) throws SQLException {
    List<Earlier> earlier = new ArrayList<>();
    Sql.query(
            connection,
            """
            SELECT r.file_no, r.row_no, r.part, k.learner, k.slot, r.assignee, r.held, r.state
            FROM %s
            LEFT JOIN file_row r ON r.learner = k.learner AND r.slot = k.slot AND r.file_no = ?
              AND r.state IN ('planned', 'unchanged')"""
                .formatted(SlotKey.TABLE),
            SlotKey.learners(connection, slots),
            SlotKey.slots(connection, slots),
            target.no)
        .each(
            r -> {
              if (r.getObject("row_no") != null) {
                earlier.add(
                    new Earlier(
                        RowKey.read(r),
                        SlotKey.read(r),
                        r.getLong("assignee"),
                        r.getObject("held", Long.class),
                        RowState.of(r.getString("state"))));
              }
            });
    return earlier;
  }

  /**
   * A default employer that stands before an additional employer of the same learner moves right
   * behind it: Onefile lets an employer be picked as default only once they are assigned.
   */
  private void putDefaultEmployersBehind(List<NewRow> rows) throws SQLException {
    List<@Nullable Object[]> moves = new ArrayList<>();
    for (NewRow row : rows) {
      NewRow.Ask ask = row.ask();
      if (ask != null && ask.first()) {
        long place = place(row);
        moves.add(new Object[] {place + 1, target.no, ask.learner(), place, DEFAULT_EMPLOYER});
      }
    }
    Sql.batch(
        connection,
        """
        UPDATE request SET place = ?
        WHERE file_no = ? AND closed = FALSE AND learner = ? AND place < ? AND slot = ?""",
        moves);
  }

  private void add(
      List<@Nullable Object[]> to,
      NewRow row,
      RowState state,
      @Nullable String code,
      @Nullable String message,
      SlotState.@Nullable Held holds) {
    NewRow.Ask ask = row.ask();
    tally.add(target.no, state, 1);
    to.add(
        new @Nullable Object[] {
          target.no,
          row.row(),
          row.part(),
          state.word(),
          Sql.bounded(code, 400),
          Sql.bounded(message, 4000),
          Sql.bounded(row.note().warning(), 400),
          ask == null ? row.learner() : Long.valueOf(ask.learner()),
          ask == null ? null : ask.slot(),
          ask == null ? null : ask.assignee(),
          holds == null ? null : holds.assignee(),
          at
        });
  }

  private @Nullable Object[] requestParameters(
      NewRow row, NewRow.Ask ask, boolean repeats, NewRow.@Nullable Day day) {
    return new @Nullable Object[] {
      target.no,
      row.row(),
      row.part(),
      account,
      ask.learner(),
      ask.slot(),
      ask.assignee(),
      ask.kind(),
      ask.path(),
      ask.payload(),
      ask.role(),
      place(row),
      repeats,
      day == null ? null : day.opens()
    };
  }

  private static boolean isSame(NewRow one, NewRow other) {
    return one.row() == other.row() && one.part() == other.part();
  }

  private static SlotKey key(NewRow.Ask ask) {
    return new SlotKey(ask.learner(), ask.slot());
  }

  private static long place(NewRow row) {
    return row.row() * PLACES_A_ROW + row.part() * 2L;
  }
}
