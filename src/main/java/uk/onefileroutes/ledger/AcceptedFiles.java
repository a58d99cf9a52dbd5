package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.durable.Step;

/**
 * The files of the ledger: accepted, refused, found again, counted. Thread-safe; each verb is one
 * transaction.
 */
public final class AcceptedFiles {
  /** Of a file that is being read; a cancelled one is read too, so that its rows get answers. */
  static final String IS_READ = "(state = 'receiving' OR state = 'cancelled' AND to_be_read)";

  // no file has this number
  private static final long NOBODYS = 0;
  private static final NewFile REHEARSED =
      new NewFile("-", "-", 0, "0".repeat(64), Instant.EPOCH, "-", Instant.EPOCH);

  private final Ledger ledger;

  public AcceptedFiles(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Accepts a file in state {@code receiving} and gives it the next number. A failure costs none:
   * numbers that people read have no gaps.
   */
  public long accept(NewFile file) {
    return ledger.writeNumbered(
        Step.FILE_ACCEPTED,
        (connection, no) -> {
          Optional<Long> equal =
              Sql.query(
                      connection,
                      """
                      SELECT MIN(no) FROM file WHERE sha256 = ? AND feed = ? AND account = ?
                        AND state <> 'refused'""",
                      file.sha256(),
                      file.feed(),
                      ledger.account())
                  .one(r -> r.getLong(1))
                  .filter(equalNo -> equalNo > 0);
          insert(connection, ledger.account(), no, file, equal.orElse(null), null);
          return no;
        });
  }

  /**
   * Commits a file that is accepted and taken back in one: whether one could be accepted now.
   *
   * @throws LedgerException if not
   */
  public void rehearse() {
    ledger.write(
        Step.LEDGER_PROBED,
        connection -> {
          insert(connection, ledger.account(), NOBODYS, REHEARSED, null, null);
          return Sql.update(connection, "DELETE FROM file WHERE no = ?", NOBODYS);
        });
  }

  /**
   * Adds a file in state {@code receiving}. One that was made here has no source to be removed, and
   * a part of a held file was released by a person already.
   */
  static void insert(
      Connection connection,
      String account,
      long no,
      NewFile file,
      @Nullable Long equal,
      FileEntry.@Nullable Origin origin)
      throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO file (no, account, feed, name, bytes, sha256, source_modified, stored,
          equal_file, state, accepted_at, source_removed, released_by_person, made, made_of)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'receiving', ?, ?, ?, ?, ?)""",
        no,
        account,
        file.feed(),
        file.name(),
        file.bytes(),
        file.sha256(),
        file.modified(),
        file.stored(),
        equal,
        file.acceptedAt(),
        origin != null,
        origin != null && origin.made() == FileEntry.Made.PART,
        origin == null ? null : origin.made().word(),
        origin == null ? null : origin.file());
  }

  /**
   * The file that was accepted from this very source and whose source was not removed since: what a
   * crash between acceptance and removal leaves behind.
   */
  public OptionalLong leftBehind(String feed, String name, String sha256, Instant modified) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT MAX(no) FROM file WHERE sha256 = ? AND feed = ? AND account = ?
                      AND name = ? AND source_modified = ? AND source_removed = FALSE""",
                    sha256,
                    feed,
                    ledger.account(),
                    name,
                    modified)
                .one(r -> r.getLong(1))
                .filter(no -> no > 0)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty()));
  }

  /**
   * What a file was when it was accepted from where it still may lie.
   *
   * @param modified as its source said
   */
  public record Source(long no, String name, long bytes, Instant modified) {}

  /** The files of a feed of which nobody noted that they are gone from where they were dropped. */
  public List<Source> notRemoved(String feed) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT no, name, bytes, source_modified FROM file
                      WHERE account = ? AND feed = ? AND source_removed = FALSE ORDER BY no""",
                    ledger.account(),
                    feed)
                .list(
                    r ->
                        new Source(
                            r.getLong("no"),
                            r.getString("name"),
                            r.getLong("bytes"),
                            Sql.instant(r, "source_modified"))));
  }

  /** Notes that a file is gone from where it was dropped. */
  public void sourceRemoved(long no) {
    ledger.write(
        Step.SOURCE_REMOVAL_NOTED,
        connection ->
            Sql.update(connection, "UPDATE file SET source_removed = TRUE WHERE no = ?", no));
  }

  /**
   * Refuses a file that is still being read; whatever was stored of its rows is deleted. Its sender
   * is owed an answer, see {@link ReportSteps#refused}.
   */
  public void refuse(long no, String code, String message, Instant at) {
    ledger.write(
        Step.FILE_REFUSED,
        connection -> {
          int refused =
              Sql.update(
                  connection,
                  "UPDATE file SET state = 'refused', refusal_owed = TRUE, to_be_read = FALSE,"
                      + " code = ?, message = ?, done_at = ?"
                      + " WHERE no = ? AND "
                      + IS_READ,
                  code,
                  Sql.bounded(message, 4000),
                  at,
                  no);
          if (refused == 1) {
            PlannedRows.deleteRows(connection, no);
          }
          return refused;
        });
  }

  /** Notes where a file's bytes are now, relative to the data folder. */
  public void storedAt(long no, String stored) {
    ledger.write(
        Step.BYTES_NOTED,
        connection ->
            Sql.update(connection, "UPDATE file SET stored = ? WHERE no = ?", stored, no));
  }

  /**
   * The files of these feeds that were accepted and are not read yet, oldest first; those that were
   * cancelled before are among them.
   */
  public List<FileEntry> toRead(Set<String> feeds) {
    return ledger
        .read(
            connection ->
                FileEntry.where(
                    connection,
                    "state IN ('receiving', 'cancelled') AND account = ? AND "
                        + IS_READ
                        + " ORDER BY no",
                    ledger.account()))
        .stream()
        .filter(file -> feeds.contains(file.feed()))
        .toList();
  }

  /** Says what a file waits for before it can be read. */
  public void waits(long fileNo, String why) {
    ledger.write(
        Step.FILE_WAITS,
        connection ->
            Sql.update(
                connection,
                "UPDATE file SET message = ? WHERE no = ? AND state = 'receiving'",
                why,
                fileNo));
  }

  /** When the newest file that a feed delivered was accepted; empty if it never had one. */
  public Optional<Instant> lastAccepted(String feed) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT accepted_at FROM file WHERE feed = ? AND account = ? AND made IS NULL
                      ORDER BY no DESC LIMIT 1""",
                    feed,
                    ledger.account())
                .one(r -> Sql.instant(r, "accepted_at")));
  }

  /** The newest files that a feed delivered and that were read, or refused, newest first. */
  public List<FileEntry> newest(String feed, int most) {
    return ledger.read(
        connection ->
            FileEntry.where(
                connection,
                """
                account = ? AND feed = ? AND state <> 'receiving' AND made IS NULL
                ORDER BY account DESC, feed DESC, no DESC LIMIT ?""",
                ledger.account(),
                feed,
                most));
  }

  /** The file with this number. */
  public Optional<FileEntry> find(long no) {
    return ledger.read(connection -> FileEntry.find(connection, ledger.account(), no));
  }

  /** All files in a state, oldest first. */
  public List<FileEntry> in(FileState state) {
    return ledger.read(
        connection ->
            FileEntry.where(
                connection,
                "state = ? AND account = ? ORDER BY no",
                state.word(),
                ledger.account()));
  }

  /**
   * Everything in the spool that the ledger still needs, relative to the data folder: of all
   * accounts, which share that folder.
   */
  public Set<String> stored() {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT stored FROM file WHERE state IN ('receiving', 'held', 'delivering')
                      OR state = 'cancelled' AND done_at IS NULL""")
                .list(r -> r.getString(1))
                .stream()
                .collect(Collectors.toSet()));
  }

  /** Whether any file with these bytes was ever accepted, in whichever account. */
  public boolean knows(String sha256) {
    return ledger.read(
        connection ->
            Sql.query(connection, "SELECT no FROM file WHERE sha256 = ? LIMIT 1", sha256).isAny());
  }

  /** Whether an earlier file that its feed delivered went to delivery. */
  public boolean hasPredecessor(FileEntry file) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT no FROM file WHERE account = ? AND feed = ? AND no < ? AND made IS NULL
                      AND released_at IS NOT NULL ORDER BY account, feed, no LIMIT 1""",
                    ledger.account(),
                    file.feed(),
                    file.no())
                .isAny());
  }

  /** How many of a file's rows are in which state; states without rows are left out. */
  public Map<RowState, Long> tally(long no) {
    return ledger.read(connection -> Tally.of(connection, no));
  }
}
