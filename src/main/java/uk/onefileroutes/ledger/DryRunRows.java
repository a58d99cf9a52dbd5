package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.durable.Step;

/**
 * The rows and requests of a file that is planned and never sent. They stand in the ledger as those
 * of any file, but under a negative number that no file has: whatever goes by files does not find
 * them, so that nothing delivers, reports or counts them. Deleted when this is closed; what a crash
 * leaves is deleted by {@link #deleteAll}. For one thread; each verb is one transaction, or several
 * where it goes page by page, and none holds the account's row.
 */
public final class DryRunRows implements AutoCloseable {
  /** The number of a file that the ledger does not know: as if it came last. */
  public static final long UNKNOWN_FILE = Long.MAX_VALUE;

  private static final int PAGE = 2000;

  private final Ledger ledger;
  private final FileEntry file;
  private final long no;

  private DryRunRows(Ledger ledger, FileEntry file) {
    this.ledger = ledger;
    this.file = file;
    // several may run at once, and one that was cut off may still be there
    this.no = -ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }

  /** Whether rows of this number are of a dry run, and of no file. */
  static boolean isDryRun(long no) {
    return no < 0;
  }

  /**
   * Begins one; changes nothing yet.
   *
   * @param file as the ledger knows it, or with the number {@link #UNKNOWN_FILE}
   */
  public static DryRunRows begin(Ledger ledger, FileEntry file) {
    return new DryRunRows(ledger, file);
  }

  /** Stores the next rows; as {@link PlannedRows#store}. */
  public SlotFigures store(List<NewRow> rows, SlotDecision.Rule rule, Instant at) {
    PlannedChunk.Target target = new PlannedChunk.Target(no, file.no());
    return ledger.write(
        Step.DRY_RUN_STORED,
        connection -> new PlannedChunk(connection, ledger.account(), target, rule, at).store(rows));
  }

  /**
   * Does what a release does with rows for which a newer file asks that was released before:
   * supersedes them.
   */
  public void giveWay(Instant at) {
    Undelivered undelivered = new Undelivered(ledger);
    ledger
        .read(connection -> Newer.files(connection, ledger, file.no()))
        .forEach(
            newer ->
                Pages.each(
                    Undelivered.Place.START,
                    place ->
                        ledger.write(
                            Step.DRY_RUN_STORED,
                            connection ->
                                undelivered.supersede(connection, no, newer.asking(), place, at))));
  }

  /** Its contradictions, once it was read whole. */
  public Contradictions contradictions() {
    return new Contradictions(ledger, no, Step.DRY_RUN_STORED);
  }

  /**
   * What it would be like; as {@link FileComparison#with}.
   *
   * @param listed how many of what is gone are wanted by name
   */
  public FileFacts facts(boolean isSnapshot, int listed) {
    return new FileComparison(ledger).with(file, no, isSnapshot, listed);
  }

  /** How it differs from another one; read in sets. */
  public SlotDifference against(DryRunRows other, int listed) {
    return ledger.read(connection -> SlotDifference.of(connection, no, other.no, listed));
  }

  /** Whether it would be the first file of its feed that goes to delivery. */
  public boolean isFirst() {
    return !new AcceptedFiles(ledger).hasPredecessor(file);
  }

  /** How many of its rows would be in which state. */
  public Map<RowState, Long> tally() {
    Map<RowState, Long> tally = new EnumMap<>(RowState.class);
    ledger
        .read(
            connection ->
                Sql.query(
                        connection,
                        """
                        SELECT state, COUNT(*) AS amount FROM file_row WHERE file_no = ?
                        GROUP BY state""",
                        no)
                    .list(r -> Map.entry(RowState.of(r.getString("state")), r.getLong("amount"))))
        .forEach(state -> tally.put(state.getKey(), state.getValue()));
    return tally;
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
                        """
                        SELECT COUNT(*) AS planned, COUNT(held) AS held,
                          COALESCE(SUM(CASE WHEN held = assignee THEN 1 ELSE 0 END), 0) AS same
                        FROM file_row WHERE file_no = ? AND state = 'planned'""",
                        no)
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
                  """
                  SELECT code, COUNT(*) AS amount FROM file_row WHERE file_no = ? AND state = ?
                  GROUP BY code""",
                  no,
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
   * @param ask null where it asks for nothing that we understand
   */
  public record PlannedRow(StoredRow row, @Nullable Ask ask) {}

  /**
   * What a row asks for.
   *
   * @param held what its slot is known to hold; null where that is not known
   * @param request null where nothing is sent
   */
  public record Ask(
      long learner, String slot, long assignee, @Nullable Long held, @Nullable Sending request) {}

  /** The first rows that would change what a slot holds. */
  public List<PlannedRow> changes(int most) {
    return page("state = 'planned' AND held <> assignee", RowKey.beforeAllOf(no), most);
  }

  /** The first different faults, each with how many rows have it; read page by page. */
  public List<SameFault> invalid(int most) {
    return SameFault.first(most, iterate("state = 'invalid' AND message IS NOT NULL"));
  }

  /** All rows in order, read page by page while iterating. */
  public Iterator<PlannedRow> all() {
    return iterate("TRUE");
  }

  /** The rows that would be sent, in order, read page by page while iterating. */
  public Iterator<PlannedRow> planned() {
    return iterate("state = 'planned'");
  }

  private Iterator<PlannedRow> iterate(String which) {
    return Pages.iterate(
        RowKey.beforeAllOf(no),
        PAGE,
        after -> page(which, after, PAGE),
        planned -> new RowKey(no, planned.row.row(), planned.row.part()));
  }

  private List<PlannedRow> page(String which, RowKey after, int most) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT w.*, r.path, r.assigned_role, COALESCE(r.repeats, FALSE) AS repeats
                    FROM (SELECT * FROM file_row WHERE %s AND %s
                      ORDER BY file_no, row_no, part LIMIT ?) w
                    LEFT JOIN request r ON r.file_no = w.file_no AND r.row_no = w.row_no
                      AND r.part = w.part
                    ORDER BY w.row_no, w.part"""
                        .formatted(RowKey.FOLLOWS, which),
                    after.and(most))
                .list(r -> new PlannedRow(StoredRow.read(r), ask(r))));
  }

  private static @Nullable Ask ask(ResultSet row) throws SQLException {
    return row.getString("slot") == null // of an invalid row the learner may be known
        ? null
        : new Ask(
            row.getLong("learner"),
            row.getString("slot"),
            row.getLong("assignee"),
            row.getObject("held", Long.class),
            Sending.read(row));
  }

  /** Each request as it would be sent, a line each, in the order of the learner queues. */
  public void eachRequest(Consumer<String> taker) {
    ledger.read(
        connection -> {
          Sql.query(
                  connection,
                  """
                  SELECT path, payload FROM request WHERE file_no = ? AND closed = FALSE
                  ORDER BY place""",
                  no)
              .each(
                  r -> taker.accept("POST " + r.getString("path") + " " + r.getString("payload")));
          return no;
        });
  }

  /** Deletes it, page by page. May run again. */
  @Override
  public void close() {
    delete(ledger, no);
  }

  /** Deletes all that dry runs left which were cut off. For the start, before any is begun. */
  public static void deleteAll(Ledger ledger) {
    Optional<Long> left = ledger.read(DryRunRows::anyLeft);
    while (left.isPresent()) {
      delete(ledger, left.get());
      left = ledger.read(DryRunRows::anyLeft);
    }
  }

  private static Optional<Long> anyLeft(Connection connection) throws SQLException {
    return Sql.query(
            connection,
            "SELECT file_no FROM file_row WHERE file_no < 0 ORDER BY file_no, row_no, part LIMIT 1")
        .one(r -> r.getLong("file_no"));
  }

  private static void delete(Ledger ledger, long no) {
    boolean isMore = true;
    while (isMore) {
      isMore =
          ledger.write(
              Step.DRY_RUN_DELETED, connection -> PlannedRows.deletePage(connection, no, PAGE));
    }
  }
}
