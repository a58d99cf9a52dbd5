package uk.onefileroutes.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;

/**
 * Makes a ledger of a backup fit to continue with. It knows nothing of what happened after the
 * backup: no slot counts as known, nothing is sent before a person says so, and no file waits for
 * bytes that are gone. For one thread, on a ledger that nobody uses yet.
 *
 * <p>Its commits are no steps that a crash must be taken up behind: they are in a file of their
 * own, which is made again when the restore is run again.
 */
public final class RestoredLedger {
  private final Ledger ledger;

  /**
   * A file that was not answered when the backup was made, and whose bytes are not in the spool.
   *
   * @param bytes how many it had
   */
  public record Moved(long no, String name, long bytes, String sha256) {}

  private RestoredLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  /** What is done with the ledger while it is open. */
  @FunctionalInterface
  public interface Work<T> {
    T with(RestoredLedger restore) throws IOException;
  }

  /**
   * Takes a ledger out of a backup into a file of its own, migrates it, and works on it. The file
   * is closed and complete when this returns; where it throws, there is none.
   *
   * @param place of the ledger that is to be replaced, for its login
   * @param to where the new one is made; its name ends in {@code .mv.db}
   * @throws ZipException if the backup is none of a ledger, or damaged
   * @throws LedgerException if the ledger in it can't be opened
   */
  public static <T> T unpacked(
      Path backup, LedgerLogin place, Path to, String account, Work<T> work) throws IOException {
    boolean isGood = false;
    try {
      Backup.unpack(backup, to);
      LedgerLogin unpacked = place.at(to);
      refuseStranger(unpacked);
      T result;
      try (Ledger ledger = Ledger.open(unpacked, account)) {
        result = work.with(new RestoredLedger(ledger));
      }
      isGood = true;
      return result;
    } finally {
      if (!isGood) {
        Files.deleteIfExists(to);
      }
    }
  }

  /** Opening a database that is no ledger would make one of it. */
  private static void refuseStranger(LedgerLogin place) throws ZipException {
    try (Connection connection =
        DriverManager.getConnection(
            place.url() + ";IFEXISTS=TRUE", place.user(), place.password())) {
      int unused =
          Sql.query(connection, "SELECT COUNT(*) FROM slot, file WHERE 1 = 0")
              .one(r -> r.getInt(1))
              .orElse(0);
    } catch (SQLException e) {
      ZipException refused = new ZipException("what is in it is no ledger: " + firstLine(e));
      refused.initCause(e);
      throw refused;
    }
  }

  private static @Nullable String firstLine(SQLException e) {
    return e.getMessage() == null ? null : e.getMessage().lines().findFirst().orElse(null);
  }

  /** The pauses of each account. */
  public List<StoredPauses> pauses() {
    return ledger.accounts().stream().map(account -> new StoredPauses(ledger.of(account))).toList();
  }

  /** Forgets what slots hold, of all accounts: it may have been replaced since. */
  public void makeSlotsUnknown() {
    ledger.inTransaction(
        connection -> {
          for (String account : Ledger.accounts(connection)) {
            Leaving.deleteSettled(connection, account); // what is known again is no leaver's
          }
          return Sql.update(
              connection,
              "UPDATE slot SET known = FALSE, kept_for = NULL WHERE known OR kept_for > 0");
        });
  }

  private String accountOf(Moved file) {
    return ledger
        .read(
            connection ->
                Sql.query(connection, "SELECT account FROM file WHERE no = ?", file.no())
                    .one(r -> r.getString(1)))
        .orElse(ledger.account());
  }

  /** The files that need their bytes yet and don't have them in the spool. */
  public List<Moved> withoutBytes(Path dataFolder) {
    record Stored(Moved file, String at) {}
    List<Stored> needed =
        ledger.inTransaction(
            connection ->
                Sql.query(
                        connection,
                        """
                        SELECT no, name, bytes, sha256, stored FROM file
                          WHERE state IN ('receiving', 'held', 'delivering')
                          OR state = 'cancelled' AND done_at IS NULL ORDER BY no""")
                    .list(
                        r ->
                            new Stored(
                                new Moved(
                                    r.getLong("no"),
                                    r.getString("name"),
                                    r.getLong("bytes"),
                                    r.getString("sha256")),
                                r.getString("stored"))));
    List<Moved> without = new ArrayList<>();
    for (Stored each : needed) {
      if (!Files.exists(dataFolder.resolve(each.at()))) {
        without.add(each.file());
      }
    }
    return without;
  }

  /** Notes where a file's bytes were found, relative to the data folder. */
  public void isAt(Moved file, String stored) {
    new AcceptedFiles(ledger).storedAt(file.no(), stored);
  }

  /**
   * Ends a file whose bytes are nowhere: what was not sent is cancelled, and no results are owed,
   * as they can't be made. One that was not read yet is refused when it is.
   */
  public void end(Moved file, String why, Instant at) {
    Ledger view = ledger.of(accountOf(file));
    AcceptedFiles files = new AcceptedFiles(view);
    Optional<FileState> state = files.find(file.no()).map(FileEntry::state);
    if (state.isEmpty() || state.get() == FileState.RECEIVING) {
      return;
    }
    try {
      new FileActions(view).cancel(file.no(), at);
    } catch (ActionRefused e) {
      // each of its rows is final: only its results were owed
      ledger.inTransaction(
          connection ->
              Sql.update(
                  connection, "UPDATE file SET state = 'cancelled' WHERE no = ?", file.no()));
    }
    ledger.inTransaction(
        connection ->
            Sql.update(
                connection,
                "UPDATE file SET done_at = ?, message = ? WHERE no = ? AND NOT to_be_read",
                at,
                Sql.bounded(why, 4000),
                file.no()));
  }
}
