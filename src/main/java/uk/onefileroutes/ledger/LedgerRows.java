package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.durable.Step;

/**
 * The rows of files that are being read. Each chunk is compared with the slots while it is stored,
 * so that at the end of a file nothing but its state is left to change, however many rows it has.
 * Thread-safe; each verb is one transaction.
 */
public final class LedgerRows {
  /** Room between the places of two rows: for 2048 parts, each with a place right behind it. */
  private static final long PLACES_A_ROW = 4096;

  private static final String DEFAULT_EMPLOYER = "default/employer";

  private final Ledger ledger;
  private final Ledger known;

  public LedgerRows(Ledger ledger) {
    this(ledger, ledger);
  }

  /**
   * Of files that are stored in one ledger and compared with another.
   *
   * @param known where it is read what the slots hold and what is on its way
   */
  LedgerRows(Ledger ledger, Ledger known) {
    this.ledger = ledger;
    this.known = known;
  }

  /** In the transaction that stores, if it is the same ledger. */
  private <T> T read(Connection connection, Ledger.Work<T> work) throws SQLException {
    return known == ledger ? work.in(connection) : known.read(work);
  }

  /**
   * Makes a file ready to be read from its beginning: what an earlier, interrupted reading stored
   * is deleted.
   *
   * @throws IllegalStateException if it is not being read any more; nothing is changed then
   */
  public void begin(long fileNo) {
    ledger.write(
        Step.READING_BEGUN,
        connection -> {
          refuseUnlessReading(connection, fileNo);
          Sql.update(connection, "UPDATE file SET overtaken = FALSE WHERE no = ?", fileNo);
          deleteRows(connection, fileNo);
          return fileNo;
        });
  }

  /**
   * Stores the next rows of a file that is being read. A row whose slot is known to hold what it
   * asks for, with nothing older on its way there, is stored as {@code unchanged}; of several rows
   * for one slot the last stays and the earlier ones become {@code superseded}.
   *
   * @param trust how far the slots are trusted; what is sent without it is sent in any case
   * @return what these rows add to the file's figures
   */
  public SlotFigures store(long fileNo, List<NewRow> rows, Trust trust, Instant at) {
    return ledger.write(
        Step.ROWS_STORED,
        connection -> {
          refuseUnlessReading(connection, fileNo);
          return new Chunk(connection, fileNo, trust, at).store(rows);
        });
  }

  /** Rows of a file that was released are not ours to touch, whoever asks. */
  private static void refuseUnlessReading(Connection connection, long fileNo) throws SQLException {
    boolean reading =
        Sql.query(connection, "SELECT no FROM file WHERE no = ? AND " + LedgerFiles.IS_READ, fileNo)
            .one(r -> true)
            .isPresent();
    if (!reading) {
      throw new IllegalStateException("file " + fileNo + " is not being read");
    }
  }

  static void deleteRows(Connection connection, long fileNo) throws SQLException {
    Sql.update(connection, "DELETE FROM request WHERE file_no = ?", fileNo);
    Sql.update(connection, "DELETE FROM tally WHERE file_no = ?", fileNo);
    Sql.update(connection, "DELETE FROM file_row WHERE file_no = ?", fileNo);
  }

  /** One chunk on its way into the ledger. */
  private final class Chunk {
    private final Connection connection;
    private final long fileNo;
    private final Trust trust;
    private final Instant at;
    private final Tally tally = new Tally();
    private SlotFigures figures = SlotFigures.NONE;

    Chunk(Connection connection, long fileNo, Trust trust, Instant at) {
      this.connection = connection;
      this.fileNo = fileNo;
      this.trust = trust;
      this.at = at;
    }

    SlotFigures store(List<NewRow> rows) throws SQLException {
      Map<SlotKey, NewRow> last = new LinkedHashMap<>();
      for (NewRow row : rows) {
        if (row.ask() != null) {
          last.put(key(row.ask()), row);
        }
      }
      Map<SlotKey, Held> held = read(connection, from -> held(from, last.keySet()));
      Set<SlotKey> open = read(connection, from -> openElsewhere(from, last.keySet()));
      last.forEach((slot, row) -> count(held.get(slot), row));
      supersedeEarlier(last);

      List<@Nullable Object[]> rowParameters = new ArrayList<>(rows.size());
      List<@Nullable Object[]> requestParameters = new ArrayList<>();
      for (NewRow row : rows) {
        Judged judged = judged(row, last, held, open);
        tally.add(fileNo, judged.state, 1);
        Held holds = row.ask() == null ? null : held.get(key(row.ask()));
        rowParameters.add(rowParameters(row, judged, holds));
        if (judged.state == RowState.PLANNED && row.ask() != null) {
          requestParameters.add(requestParameters(row, row.ask(), judged.repeats));
        }
      }
      Sql.batch(
          connection,
          "INSERT INTO file_row (file_no, row_no, part, state, code, message, warning, learner,"
              + " slot, assignee, held, attempts, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
              + " ?, 0, ?)",
          rowParameters);
      Sql.batch(
          connection,
          "INSERT INTO request (file_no, row_no, part, account, learner, slot, assignee, kind,"
              + " path, payload, place, repeats, closed, attempts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
              + " ?, ?, ?, FALSE, 0)",
          requestParameters);
      putDefaultEmployersBehind(rows);
      tally.write(connection);
      return figures;
    }

    private void count(@Nullable Held holds, NewRow row) {
      if (holds != null && row.ask() != null) {
        boolean isReplaced = holds.assignee != row.ask().assignee();
        figures = figures.plus(new SlotFigures(1, isReplaced ? 1 : 0));
      }
    }

    /** What a slot is known to hold. */
    private record Held(long assignee, Instant sentAt) {}

    /**
     * @param repeats whether it is to be sent although its slot holds what it asks for
     */
    private record Judged(
        RowState state, @Nullable String code, @Nullable String message, boolean repeats) {
      Judged(RowState state, @Nullable String code, @Nullable String message) {
        this(state, code, message, false);
      }
    }

    private Judged judged(
        NewRow row, Map<SlotKey, NewRow> last, Map<SlotKey, Held> held, Set<SlotKey> open) {
      NewRow.Ask ask = row.ask();
      if (ask == null) {
        return new Judged(row.state(), row.codes(), row.message());
      }
      NewRow winner = last.get(key(ask));
      if (winner != null && winner.ask() != null && !isSame(winner, row)) {
        boolean same = winner.ask().assignee() == ask.assignee();
        return new Judged(
            RowState.SUPERSEDED, supersededCode(same).name(), supersededBy(same, winner.row()));
      }
      Held holds = held.get(key(ask));
      if (holds == null || holds.assignee != ask.assignee() || open.contains(key(ask))) {
        return new Judged(RowState.PLANNED, null, null, trust.isNever());
      }
      return trust.holds(key(ask), holds.sentAt, at)
          ? new Judged(RowState.UNCHANGED, Code.UNCHANGED.name(), null)
          : new Judged(RowState.PLANNED, null, null, true);
    }

    /** What the slots are known to hold; unknown ones are left out, so that they never equal. */
    private Map<SlotKey, Held> held(Connection from, Set<SlotKey> keys) throws SQLException {
      Map<SlotKey, Held> held = new HashMap<>();
      Sql.query(
              from,
              "SELECT k.learner, k.slot, s.assignee, s.sent_at FROM "
                  + SlotKey.TABLE
                  + " LEFT JOIN slot s ON s.account = ? AND s.learner = k.learner"
                  + " AND s.slot = k.slot AND s.known = TRUE",
              SlotKey.learners(from, keys),
              SlotKey.slots(from, keys),
              known.account())
          .each(
              r -> {
                long assignee = r.getLong("assignee");
                if (!r.wasNull()) {
                  held.put(SlotKey.read(r), new Held(assignee, Sql.instant(r, "sent_at")));
                }
              });
      return held;
    }

    /**
     * The slots for which another file's request is not answered yet: what they will hold is not
     * known now.
     */
    private Set<SlotKey> openElsewhere(Connection from, Set<SlotKey> keys) throws SQLException {
      Set<SlotKey> open = new HashSet<>();
      Sql.query(
              from,
              "SELECT k.learner, k.slot, r.file_no FROM "
                  + SlotKey.TABLE
                  + " LEFT JOIN request r ON r.account = ? AND r.learner = k.learner"
                  + " AND r.closed = FALSE AND r.slot = k.slot AND r.file_no <> ?",
              SlotKey.learners(from, keys),
              SlotKey.slots(from, keys),
              known.account(),
              fileNo)
          .each(
              r -> {
                if (r.getObject("file_no") != null) {
                  open.add(SlotKey.read(r));
                }
              });
      return open;
    }

    private void supersedeEarlier(Map<SlotKey, NewRow> last) throws SQLException {
      record Earlier(
          RowKey key, SlotKey slot, long assignee, @Nullable Long held, RowState state) {}
      List<Earlier> earlier = new ArrayList<>();
      Sql.query(
              connection,
              "SELECT r.file_no, r.row_no, r.part, k.learner, k.slot, r.assignee, r.held,"
                  + " r.state FROM "
                  + SlotKey.TABLE
                  + " LEFT JOIN file_row r ON r.learner = k.learner AND r.slot = k.slot"
                  + " AND r.file_no = ? AND r.state IN ('planned', 'unchanged')",
              SlotKey.learners(connection, last.keySet()),
              SlotKey.slots(connection, last.keySet()),
              fileNo)
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
      List<@Nullable Object[]> requests = new ArrayList<>();
      List<@Nullable Object[]> rows = new ArrayList<>();
      for (Earlier row : earlier) {
        NewRow winner = last.get(row.slot);
        if (winner == null || winner.ask() == null) {
          continue;
        }
        if (row.held != null) { // it was counted by what was known then
          figures = figures.plus(new SlotFigures(-1, row.held == row.assignee ? 0 : -1));
        }
        boolean same = winner.ask().assignee() == row.assignee;
        requests.add(new Object[] {fileNo, row.key.row(), row.key.part()});
        rows.add(
            new Object[] {
              supersededCode(same).name(),
              supersededBy(same, winner.row()),
              at,
              fileNo,
              row.key.row(),
              row.key.part()
            });
        tally.move(fileNo, row.state, RowState.SUPERSEDED);
      }
      Sql.batch(
          connection,
          "DELETE FROM request WHERE file_no = ? AND row_no = ? AND part = ?",
          requests);
      Sql.batch(
          connection,
          "UPDATE file_row SET state = 'superseded', code = ?, message = ?, changed_at = ?"
              + " WHERE file_no = ? AND row_no = ? AND part = ?",
          rows);
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
          moves.add(new Object[] {place + 1, fileNo, ask.learner(), place, DEFAULT_EMPLOYER});
        }
      }
      Sql.batch(
          connection,
          "UPDATE request SET place = ? WHERE file_no = ? AND closed = FALSE AND learner = ?"
              + " AND place < ? AND slot = ?",
          moves);
    }

    private @Nullable Object[] rowParameters(NewRow row, Judged judged, @Nullable Held holds) {
      NewRow.Ask ask = row.ask();
      return new @Nullable Object[] {
        fileNo,
        row.row(),
        row.part(),
        judged.state.word(),
        Sql.bounded(judged.code, 400),
        Sql.bounded(judged.message, 4000),
        Sql.bounded(row.warning(), 400),
        ask == null ? null : ask.learner(),
        ask == null ? null : ask.slot(),
        ask == null ? null : ask.assignee(),
        holds == null ? null : holds.assignee,
        at
      };
    }

    private @Nullable Object[] requestParameters(NewRow row, NewRow.Ask ask, boolean repeats) {
      return new @Nullable Object[] {
        fileNo,
        row.row(),
        row.part(),
        ledger.account(),
        ask.learner(),
        ask.slot(),
        ask.assignee(),
        ask.kind(),
        ask.path(),
        ask.payload(),
        place(row),
        repeats
      };
    }
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

  private static Code supersededCode(boolean same) {
    return same ? Code.DUPLICATE_ROW : Code.SUPERSEDED;
  }

  private static String supersededBy(boolean same, long row) {
    return same
        ? "Row " + row + " asks for the same again."
        : "Row " + row + " of this file asks for something else in its place.";
  }
}
