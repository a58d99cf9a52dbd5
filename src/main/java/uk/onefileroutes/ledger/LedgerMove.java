package uk.onefileroutes.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.ledger.MoveMark.Way;

/**
 * Moves a ledger to another database, while both are held so that no instance works on either. For
 * one thread.
 *
 * <p>The other ledger has a mark from before the first row is in it until all of them were read
 * back; so a crash leaves it as one that nobody works on, and the same move may run again, from its
 * beginning. When it is whole, first this ledger gets the mark that it was moved and then the other
 * one loses its own: at no time could two instances work on both. This one keeps its rows.
 */
public final class LedgerMove implements AutoCloseable {
  /** What tells that somebody worked with a ledger. */
  private static final List<String> WORK = List.of("file", "slot", "audit");

  private final HeldLedger from;
  private final HeldLedger to;

  /** Is told how far it is. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * Called after each few rows.
     *
     * @param done rows that were written, and rows that were read back
     * @param total of both
     */
    void done(long done, long total);
  }

  /**
   * What is in both ledgers.
   *
   * @param digest of its rows, in whatever order: 64 digits
   */
  public record Table(String name, long rows, String digest) {}

  /**
   * What came of it.
   *
   * @param tables empty where only the last step was left from a move that was cut off
   * @param at from when on the ledger is elsewhere
   */
  public record Moved(List<Table> tables, Instant at) {
    public Moved {
      tables = List.copyOf(tables);
    }
  }

  private LedgerMove(HeldLedger from, HeldLedger to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Opens both, and migrates them to this version. Nothing else is done yet: no row is copied.
   *
   * @param from must be there
   * @param to empty, or not there yet
   * @throws ActionRefused if it can't be moved there; nothing changed
   * @throws LedgerException if one of them can't be opened
   */
  @SuppressWarnings("resource") // held by what is returned
  public static LedgerMove open(LedgerLogin from, LedgerLogin to) throws ActionRefused {
    if (from.url().equals(to.url())) {
      throw new ActionRefused("The ledger is there already; name another place with --to.");
    }
    HeldLedger source = opened("the ledger that is to be moved", from);
    @Nullable HeldLedger target = null;
    try {
      refuseMoved(source, to);
      refuseThere(to);
      target = opened("the ledger that it is to be moved to", to);
      refuseUsed(source, target);
      return new LedgerMove(source, target);
    } catch (SQLException e) {
      close(source, target);
      throw new LedgerException(SqlWords.of(e), e);
    } catch (RuntimeException | ActionRefused e) {
      close(source, target);
      throw e;
    }
  }

  private static HeldLedger opened(String which, LedgerLogin place) {
    try {
      return HeldLedger.open(place);
    } catch (LedgerException e) {
      throw failure("%s, %s, can't be opened".formatted(which, place), e);
    }
  }

  private static void close(HeldLedger source, @Nullable HeldLedger target) {
    if (target != null) {
      target.close();
    }
    source.close();
  }

  private static void refuseMoved(HeldLedger source, LedgerLogin to)
      throws ActionRefused, SQLException {
    Optional<MoveMark> mark = MoveMark.find(source.connection());
    boolean mayGoOn = mark.isEmpty() || (mark.get().way() == Way.TO && mark.get().isAbout(to));
    if (!mayGoOn) {
      throw new ActionRefused(
          "The ledger %s can't be moved: %s.".formatted(source.place(), mark.get().words()));
    }
  }

  /** A file that is there is not even opened, but for one that an earlier move has begun. */
  private static void refuseThere(LedgerLogin to) throws ActionRefused {
    Optional<Path> file = to.file().filter(Files::exists);
    if (file.isPresent() && !isBegun(to)) {
      throw new ActionRefused(
          "%s is there already, and is never overwritten; rename it, or move it away."
              .formatted(file.get()));
    }
  }

  private static boolean isBegun(LedgerLogin place) {
    try (Connection connection =
        DriverManager.getConnection(
            place.url() + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r", place.user(), place.password())) {
      return MoveMark.find(connection).filter(mark -> mark.way() == Way.FROM).isPresent();
    } catch (SQLException e) { // in use, older than the mark, another password, no database
      return false;
    }
  }

  /** What is in a ledger that nobody moved there would be lost. */
  private static void refuseUsed(HeldLedger source, HeldLedger target)
      throws ActionRefused, SQLException {
    Optional<MoveMark> mark = MoveMark.find(target.connection());
    if (mark.isPresent()) {
      if (mark.get().way() == Way.FROM && mark.get().isAbout(source.place())) {
        return;
      }
      throw new ActionRefused(
          "%s can't take the ledger: %s.".formatted(target.place(), mark.get().words()));
    }
    for (String table : WORK) {
      if (Sql.query(target.connection(), "SELECT 1 FROM %s LIMIT 1".formatted(table)).isAny()) {
        throw new ActionRefused(
            "%s holds a ledger that was worked with; name an empty database, or an empty schema with currentSchema."
                .formatted(target.place()));
      }
    }
  }

  /**
   * Copies all rows, reads them back and hands over. May run again, after a crash or a failure.
   *
   * @param entry of the audit, in both ledgers
   * @throws LedgerException if one of them fails, or a table is not as it was; then the ledger is
   *     where it was, and the other one has no rows
   */
  public Moved run(AuditLog.NewEntry entry, Watcher watcher) {
    Instant at = entry.at();
    List<Table> tables = new ArrayList<>();
    try {
      Optional<MoveMark> done = MoveMark.find(from.connection());
      if (done.isPresent()) {
        at = done.get().at(); // it was compared before it was marked
      } else {
        long no = AuditLog.begin(from.connection(), entry);
        try {
          tables.addAll(copied(at, watcher));
        } catch (SQLException | RuntimeException e) {
          AuditLog.end(from.connection(), no, "not done: " + SqlWords.of(e));
          throw e;
        }
      }
      handOver(at);
      return new Moved(tables, at);
    } catch (SQLException e) {
      throw failure("the ledger could not be moved", e);
    }
  }

  private List<Table> copied(Instant at, Watcher watcher) throws SQLException {
    new MoveMark(Way.FROM, from.place(), at).write(to.connection());
    List<CopiedTable> tables = CopiedTable.ofBoth(from.connection(), to.connection());
    LedgerCopy copy = new LedgerCopy(from, to, tables, watcher);
    Map<String, TableDigest> read = copy.write();
    List<Table> same = new ArrayList<>();
    for (CopiedTable table : tables) {
      TableDigest expected = read.get(table.name());
      TableDigest found = copy.readBack(table);
      if (expected == null || !expected.isSame(found) || !copy.isCountedAlike(table)) {
        copy.empty();
        throw new LedgerException(
            "the copy of the table %s is not as the table (%d rows of %d); nothing was moved, and the copy was deleted"
                .formatted(table.name(), found.rows(), expected == null ? 0 : expected.rows()),
            new SQLException("the digests differ"));
      }
      same.add(new Table(table.name(), found.rows(), found.sum()));
    }
    return same;
  }

  private void handOver(Instant at) throws SQLException {
    from.refuseIfLost();
    to.refuseIfLost();
    String ended = "moved from %s to %s".formatted(from.place(), to.place());
    from.begin();
    new MoveMark(Way.TO, to.place(), at).write(from.connection());
    AuditLog.endNewest(from.connection(), ended);
    from.commit();
    to.begin();
    MoveMark.remove(to.connection());
    AuditLog.endNewest(to.connection(), ended);
    to.commit();
  }

  private static LedgerException failure(String what, Exception cause) {
    String words = cause instanceof LedgerException ? cause.getMessage() : SqlWords.of(cause);
    return new LedgerException(what + ": " + words, cause);
  }

  @Override
  public void close() {
    to.close();
    from.close();
  }
}
