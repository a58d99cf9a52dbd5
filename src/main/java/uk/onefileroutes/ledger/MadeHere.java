package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.ledger.FileEntry.Origin;

/**
 * Accepts files that are made here of another one, each as the newest of all. Between looking at
 * what it is made of and accepting it nothing may have come. Thread-safe; each verb is one
 * transaction.
 */
public final class MadeHere {
  private final Ledger ledger;

  public MadeHere(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Begins to make one.
   *
   * @return the number of the newest file of the account, for {@link #accept}
   * @throws ActionRefused while a newer file is read: what it asks for is not known yet
   */
  public long begin(FileEntry of) throws ActionRefused {
    Optional<Long> read = ledger.read(connection -> isRead(connection, of.no()));
    if (read.isPresent()) {
      throw new ActionRefused(
          "File %d came later and is still being read: what it asks for is not known yet. Try again once it was read."
              .formatted(read.get()));
    }
    return ledger.read(this::newest);
  }

  private Optional<Long> isRead(Connection connection, long no) throws SQLException {
    return Sql.query(
            connection,
            "SELECT no FROM file WHERE no > ? AND account = ? AND "
                + AcceptedFiles.IS_READ
                + " ORDER BY no LIMIT 1",
            no,
            ledger.account())
        .one(r -> r.getLong(1));
  }

  private long newest(Connection connection) throws SQLException {
    return Sql.query(connection, "SELECT MAX(no) FROM file WHERE account = ?", ledger.account())
        .one(r -> r.getLong(1))
        .orElse(0L);
  }

  /**
   * Accepts a file. A person asked for a part of a held file: it is not held again.
   *
   * @param newest what {@link #begin} said
   * @return its number; empty where another file came meanwhile, an undone one is sent again, or a
   *     held one is held no more
   */
  public OptionalLong accept(NewFile file, Origin origin, long newest) {
    return ledger.writeNumbered(
        Step.FILE_ACCEPTED,
        (connection, no) -> {
          if (newest(connection) != newest || !isAsItWas(connection, origin)) {
            return OptionalLong.empty();
          }
          AcceptedFiles.insert(connection, ledger.account(), no, file, null, origin);
          return OptionalLong.of(no);
        });
  }

  private boolean isAsItWas(Connection connection, Origin origin) throws SQLException {
    return switch (origin.made()) {
      case UNDO -> Undoing.openRows(connection, origin.file()) == 0;
      case PART ->
          FileEntry.find(connection, ledger.account(), origin.file())
              .filter(file -> file.state() == FileState.HELD)
              .isPresent();
    };
  }
}
