package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.onefileroutes.assignment.RowState;

/**
 * How things stand, read from counts, queues and the newest calls, never from rows: cheap however
 * many there are. Changes nothing. Thread-safe; each verb is one transaction.
 */
public final class Overview {
  static final String OPEN_FILES =
      "SELECT "
          + FileEntry.COLUMNS
          + " FROM file WHERE state IN ('receiving', 'held', 'delivering', 'cancelled')"
          + " AND (state <> 'cancelled' OR done_at IS NULL) AND account = ?";
  static final String NEWEST_OTHERS =
      "SELECT "
          + FileEntry.COLUMNS
          + " FROM file WHERE state IN ('done', 'refused', 'cancelled')"
          + " AND (state <> 'cancelled' OR done_at IS NOT NULL) AND account = ?"
          + " ORDER BY no DESC LIMIT ?";
  static final String OPEN_ROWS =
      """
      SELECT t.state, SUM(t.amount) AS amount, MIN(f.accepted_at) AS oldest
        FROM tally t JOIN file f ON f.no = t.file_no
        WHERE t.state IN ('planned', 'sending', 'waiting') AND t.amount > 0
        AND (f.state = 'delivering' OR f.state = 'cancelled' AND t.state = 'sending')
        AND f.account = ? GROUP BY t.state""";
  static final String BLOCKED =
      """
      SELECT COALESCE(SUM(t.amount), 0) FROM tally t JOIN file f ON f.no = t.file_no
        WHERE t.state = 'blocked' AND f.state IN ('delivering', 'done') AND f.account = ?""";
  // the bound below leads to the index that is in this order, else all that wait are sorted
  static final String NEXT_DUE =
      """
      SELECT due_at FROM line WHERE account = ? AND due_at > ? AND claim IS NULL
        ORDER BY account, due_at LIMIT 1""";

  private final Ledger ledger;
  private final Traffic traffic;

  public Overview(Ledger ledger) {
    this.ledger = ledger;
    this.traffic = new Traffic(ledger);
  }

  /** How many requests of a file wait for the day from which on they may be sent. */
  public long notYet(long file) {
    return new ComingDays(ledger).waiting(file);
  }

  /** What came of the calls of the last 24 hours; see {@link Traffic}. */
  public List<Traffic.Slice> traffic(Instant now) {
    return traffic.lastDay(now);
  }

  /** The directories of all centres that were ever asked for. */
  public List<CentreDirectory.Standing> directories() {
    return new CentreDirectory(ledger).all();
  }

  /**
   * All files that need something yet, a reading, a person, a call or an answer, and the newest of
   * the others; newest first.
   *
   * @param newest how many others
   */
  public List<FileProgress> files(int newest) {
    return ledger.read(
        connection -> {
          List<FileEntry> files =
              Sql.query(connection, OPEN_FILES, ledger.account()).list(FileEntry::read);
          files.addAll(
              Sql.query(connection, NEWEST_OTHERS, ledger.account(), newest).list(FileEntry::read));
          files.sort(Comparator.comparingLong(FileEntry::no).reversed());
          List<FileProgress> all = new ArrayList<>(files.size());
          for (FileEntry file : files) {
            all.add(progress(connection, file));
          }
          return all;
        });
  }

  /** One file, however old. */
  public Optional<FileProgress> file(long no) {
    return ledger.read(
        connection -> {
          Optional<FileEntry> file = FileEntry.find(connection, ledger.account(), no);
          return file.isEmpty() ? Optional.empty() : Optional.of(progress(connection, file.get()));
        });
  }

  /** What is left to send. */
  public Backlog backlog() {
    return ledger.read(this::backlog);
  }

  private static FileProgress progress(Connection connection, FileEntry file) throws SQLException {
    Map<RowState, Long> tally = Tally.of(connection, file.no());
    long rows = tally.values().stream().mapToLong(Long::longValue).sum();
    return new FileProgress(file, tally, rows);
  }

  private Backlog backlog(Connection connection) throws SQLException {
    Map<RowState, Long> open = new EnumMap<>(RowState.class);
    List<Instant> accepted = new ArrayList<>();
    Sql.query(connection, OPEN_ROWS, ledger.account())
        .each(
            r -> {
              open.put(RowState.of(r.getString("state")), r.getLong("amount"));
              accepted.add(Sql.instant(r, "oldest"));
            });
    long blocked =
        Sql.query(connection, BLOCKED, ledger.account()).one(r -> r.getLong(1)).orElse(0L);
    Optional<Instant> nextDue =
        Sql.query(connection, NEXT_DUE, ledger.account(), Instant.EPOCH)
            .one(r -> Sql.instant(r, "due_at"));
    return new Backlog(
        open.values().stream().mapToLong(Long::longValue).sum(),
        open.getOrDefault(RowState.SENDING, 0L),
        open.getOrDefault(RowState.WAITING, 0L),
        blocked,
        accepted.stream().min(Comparator.naturalOrder()).orElse(null),
        nextDue.orElse(null));
  }
}
