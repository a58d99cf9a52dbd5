package uk.onefileroutes.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.RowState;

/**
 * A ledger of its own for one file that is planned and never sent: it takes the file's rows and
 * requests, while what the slots hold and what is on its way is read from the ledger that counts,
 * in which nothing changes. Deleted when it is closed. For one thread.
 */
public final class ScratchLedger implements AutoCloseable {
  /** The number of a file that the ledger does not know: as if it came last. */
  public static final long UNKNOWN_FILE = Long.MAX_VALUE;

  private static final int PAGE = 2000;

  private final Ledger known;
  private final Ledger ledger;
  private final FileEntry file;
  private final Path folder;

  private ScratchLedger(Ledger known, Ledger ledger, FileEntry file, Path folder) {
    this.known = known;
    this.ledger = ledger;
    this.file = file;
    this.folder = folder;
  }

  /**
   * Opens one.
   *
   * @param folder for its files, which no one else uses
   * @param known the ledger that counts
   * @param file as that knows it, or with the number {@link #UNKNOWN_FILE}
   */
  public static ScratchLedger open(Path folder, Ledger known, FileEntry file) {
    Ledger ledger = Ledger.open(LedgerLogin.scratch(folder), known.account());
    ScratchLedger scratch = new ScratchLedger(known, ledger, file, folder);
    scratch.add();
    return scratch;
  }

  /** An empty ledger that knows nothing, for where there is none yet; close it, and delete it. */
  public static Ledger empty(Path folder, String account) {
    return Ledger.open(LedgerLogin.scratch(folder), account);
  }

  private void add() {
    ledger.inTransaction(
        connection ->
            Sql.update(
                connection,
                "INSERT INTO file (no, account, feed, name, bytes, sha256, source_modified,"
                    + " source_removed, stored, state, accepted_at)"
                    + " VALUES (?, ?, ?, ?, 0, ?, ?, FALSE, ?, 'receiving', ?)",
                file.no(),
                ledger.account(),
                file.feed(),
                file.name(),
                file.sha256(),
                file.acceptedAt(),
                file.stored(),
                file.acceptedAt()));
  }

  /** Where the file's rows go. */
  public PlannedRows rows() {
    return new PlannedRows(ledger, known);
  }

  /** What would be gone with it. */
  public GoneSlots.Gone gone(int listed) {
    return new GoneSlots(known, ledger).with(file, listed);
  }

  /** Whether it would be the first file of its feed that goes to delivery. */
  public boolean isFirst() {
    return !new AcceptedFiles(known).hasPredecessor(file);
  }

  /** How many of its rows would be in which state. */
  public Map<RowState, Long> tally() {
    return new AcceptedFiles(ledger).tally(file.no());
  }

  /**
   * What would be sent.
   *
   * @param adds to slots of which it is not known that they hold anything
   * @param changes to slots that are known to hold something else
   * @param repeats to slots that are known to hold just that: trust has ended, or something older
   *     is on its way there
   */
  public record Sent(long adds, long changes, long repeats) {}

  /** What would be sent. */
  public Sent sent() {
    return ledger
        .read(
            connection ->
                Sql.query(
                        connection,
                        "SELECT COUNT(*) AS planned, COUNT(held) AS held,"
                            + " COALESCE(SUM(CASE WHEN held = assignee THEN 1 ELSE 0 END), 0) AS same"
                            + " FROM file_row WHERE file_no = ? AND state = 'planned'",
                        file.no())
                    .one(
                        r ->
                            new Sent(
                                r.getLong("planned") - r.getLong("held"),
                                r.getLong("held") - r.getLong("same"),
                                r.getLong("same"))))
        .orElseThrow();
  }

  /** How often each code stands at rows of this state; a row may have several. */
  public Map<String, Long> codes(RowState state) {
    Map<String, Long> codes = new TreeMap<>();
    ledger.read(
        connection -> {
          Sql.query(
                  connection,
                  "SELECT code, COUNT(*) AS amount FROM file_row WHERE file_no = ? AND state = ?"
                      + " GROUP BY code",
                  file.no(),
                  state.word())
              .each(
                  r -> {
                    for (String code : String.valueOf(r.getString("code")).split(";", -1)) {
                      codes.merge(code, r.getLong("amount"), Long::sum);
                    }
                  });
          return codes;
        });
    return codes;
  }

  /**
   * A row as it would be.
   *
   * @param assignee what it asks for; null where it asks for nothing that we understand
   * @param held what its slot is known to hold; null where that is not known
   * @param path of its request; null where nothing is sent
   * @param repeats whether it is sent although its slot holds what it asks for
   */
  public record PlannedRow(
      long row,
      int part,
      RowState state,
      @Nullable String codes,
      @Nullable String message,
      @Nullable String warning,
      long learner,
      @Nullable String slot,
      @Nullable Long assignee,
      @Nullable Long held,
      @Nullable String path,
      boolean repeats) {}

  private static final String ROWS =
      "SELECT w.row_no, w.part, w.state, w.code, w.message, w.warning, w.learner, w.slot,"
          + " w.assignee, w.held, r.path, COALESCE(r.repeats, FALSE) AS repeats"
          + " FROM (SELECT * FROM file_row WHERE file_no = ? AND row_no >= ?"
          + " AND (row_no > ? OR part > ?) AND %s ORDER BY file_no, row_no, part LIMIT ?) w"
          + " LEFT JOIN request r ON r.file_no = w.file_no AND r.row_no = w.row_no"
          + " AND r.part = w.part ORDER BY w.row_no, w.part";

  /** The first rows that would change what a slot holds. */
  public List<PlannedRow> changes(int most) {
    return page("state = 'planned' AND held <> assignee", new RowKey(file.no(), -1, 0), most);
  }

  /** The first invalid rows. */
  public List<PlannedRow> invalid(int most) {
    return page("state = 'invalid'", new RowKey(file.no(), -1, 0), most);
  }

  /** All rows in order, read page by page while iterating. */
  public Iterator<PlannedRow> all() {
    return new Rows();
  }

  private List<PlannedRow> page(String which, RowKey after, int most) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    ROWS.formatted(which),
                    after.file(),
                    after.row(),
                    after.row(),
                    after.part(),
                    most)
                .list(ScratchLedger::planned));
  }

  private static PlannedRow planned(ResultSet row) throws SQLException {
    return new PlannedRow(
        row.getLong("row_no"),
        row.getInt("part"),
        RowState.of(row.getString("state")),
        row.getString("code"),
        row.getString("message"),
        row.getString("warning"),
        row.getLong("learner"),
        row.getString("slot"),
        row.getObject("assignee", Long.class),
        row.getObject("held", Long.class),
        row.getString("path"),
        row.getBoolean("repeats"));
  }

  /** Each request as it would be sent, a line each, in the order of the learners' lines. */
  public void eachRequest(Consumer<String> taker) {
    ledger.read(
        connection -> {
          Sql.query(
                  connection,
                  "SELECT path, payload FROM request WHERE file_no = ? ORDER BY place",
                  file.no())
              .each(
                  r -> taker.accept("POST " + r.getString("path") + " " + r.getString("payload")));
          return file.no();
        });
  }

  /**
   * Does what a release does with rows for which a newer file asks that was released before:
   * supersedes them.
   */
  public void giveWay(Instant at) {
    List<Newer.File> newer = known.read(connection -> Newer.files(connection, known, file.no()));
    for (Newer.File each : newer) {
      RowKey after = new RowKey(file.no(), -1, 0);
      List<PlannedRow> page = page("state = 'planned'", after, PAGE);
      while (!page.isEmpty()) {
        PlannedRow last = page.get(page.size() - 1);
        giveWay(page, each, at);
        page = page("state = 'planned'", new RowKey(file.no(), last.row(), last.part()), PAGE);
      }
    }
  }

  private void giveWay(List<PlannedRow> rows, Newer.File newer, Instant at) {
    Map<SlotKey, PlannedRow> bySlot = new LinkedHashMap<>();
    rows.forEach(row -> bySlot.put(new SlotKey(row.learner, String.valueOf(row.slot)), row));
    Map<SlotKey, RowKey> asking =
        known.read(connection -> asking(connection, newer, List.copyOf(bySlot.keySet())));
    List<@Nullable Object[]> states = new ArrayList<>();
    List<@Nullable Object[]> requests = new ArrayList<>();
    Tally tally = new Tally();
    asking.forEach(
        (slot, by) -> {
          PlannedRow row = bySlot.get(slot);
          if (row != null) {
            states.add(
                new Object[] {
                  Code.SUPERSEDED.name(),
                  LearnerQueues.supersededBy(by),
                  at,
                  file.no(),
                  row.row,
                  row.part
                });
            requests.add(new Object[] {file.no(), row.row, row.part});
            tally.move(file.no(), RowState.PLANNED, RowState.SUPERSEDED);
          }
        });
    ledger.inTransaction(
        connection -> {
          Sql.batch(
              connection,
              "DELETE FROM request WHERE file_no = ? AND row_no = ? AND part = ?",
              requests);
          Sql.batch(
              connection,
              "UPDATE file_row SET state = 'superseded', code = ?, message = ?, changed_at = ?"
                  + " WHERE file_no = ? AND row_no = ? AND part = ?",
              states);
          tally.write(connection);
          return states.size();
        });
  }

  private static Map<SlotKey, RowKey> asking(
      Connection connection, Newer.File newer, List<SlotKey> slots) throws SQLException {
    Map<SlotKey, RowKey> asking = new LinkedHashMap<>();
    Sql.query(
            connection,
            "SELECT k.learner, k.slot, n.file_no, n.row_no, n.part FROM "
                + SlotKey.TABLE
                + " LEFT JOIN file_row n ON n.learner = k.learner AND n.slot = k.slot"
                + " AND n.file_no = ? AND "
                + newer.asking(),
            SlotKey.learners(connection, slots),
            SlotKey.slots(connection, slots),
            newer.no())
        .each(
            r -> {
              if (r.getObject("row_no") != null) {
                asking.put(SlotKey.read(r), RowKey.read(r));
              }
            });
    return asking;
  }

  @Override
  public void close() throws IOException {
    ledger.close();
    Files.deleteIfExists(LedgerLogin.scratch(folder).file().orElseThrow());
  }

  private final class Rows implements Iterator<PlannedRow> {
    private final Deque<PlannedRow> page = new ArrayDeque<>();
    private RowKey after = new RowKey(file.no(), -1, 0);
    private boolean ended;

    @Override
    public boolean hasNext() {
      if (page.isEmpty() && !ended) {
        page.addAll(page("TRUE", after, PAGE));
        ended = page.size() < PAGE;
      }
      return !page.isEmpty();
    }

    @Override
    public PlannedRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      PlannedRow next = page.remove();
      after = new RowKey(file.no(), next.row, next.part);
      return next;
    }
  }
}
