package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.durable.Step;

/** Lets files that were read whole go to delivery. Thread-safe. */
public final class Releases {
  private static final int PAGE = Undelivered.PAGE;

  private final Ledger ledger;
  private final Undelivered undelivered;

  public Releases(Ledger ledger) {
    this.ledger = ledger;
    this.undelivered = new Undelivered(ledger);
  }

  /** What came of a release. */
  public enum Release {
    /** It is being delivered, once {@link #queueLearners} was called. */
    RELEASED,
    /** What it was compared with has changed since: it must be read again. */
    READ_AGAIN,
    /** It was cancelled meanwhile. Its rows have their answers now; nothing of it is sent. */
    CANCELLED
  }

  /**
   * Releases a file: undelivered requests of older files for its slots are superseded, except what
   * is on its way, in the transaction that releases it. Its own rows for which a newer file asks
   * that was released before it are superseded ahead of that, in several transactions; nothing of
   * it is visible then. {@link #queueLearners} follows.
   *
   * @param message what there is to say of the file; null: nothing
   */
  public Release release(long fileNo, @Nullable String message, Instant at) {
    List<Newer.File> newer = ledger.read(connection -> Newer.files(connection, ledger, fileNo));
    newer.forEach(file -> giveWay(fileNo, file, at));
    Release release =
        ledger.write(
            Step.FILE_RELEASED,
            connection -> {
              ledger.lock(connection);
              return release(connection, fileNo, message, newer, at);
            });
    if (release == Release.CANCELLED) {
      new Cancelling(ledger).sweep(fileNo, at);
    }
    return release;
  }

  private Release release(
      Connection connection,
      long fileNo,
      @Nullable String message,
      List<Newer.File> newer,
      Instant at)
      throws SQLException {
    int cancelled =
        Sql.update(
            connection,
            "UPDATE file SET to_be_read = FALSE, message = NULL WHERE no = ? AND state = 'cancelled'",
            fileNo);
    if (cancelled == 1) {
      return Release.CANCELLED;
    }
    if (isOvertaken(connection, fileNo)
        || hasOvertakenRows(connection, fileNo)
        || !Newer.files(connection, ledger, fileNo).equals(newer)) {
      return Release.READ_AGAIN;
    }
    for (long older : olderFiles(connection, fileNo)) {
      Undelivered.Asking asking = new Undelivered.Asking(fileNo, Newer.ASKS);
      Optional<Undelivered.Place> place = Optional.of(Undelivered.Place.START);
      while (place.isPresent()) { // pages of one transaction
        place = undelivered.supersede(connection, older, asking, place.get(), at);
      }
    }
    Sql.update(
        connection,
        """
        UPDATE file SET state = 'delivering', released_at = ?, message = ? WHERE no = ?
          AND state = 'receiving'""",
        at,
        Sql.bounded(message, 4000),
        fileNo);
    DriftedSlots.endKept(connection, ledger.account(), fileNo);
    return Release.RELEASED;
  }

  /**
   * Gives each learner with open requests in a released file a queue, where they have none; several
   * transactions, and sending may begin after the first. May run again at any time: it completes
   * what a crash interrupted.
   */
  public void queueLearners(long fileNo) {
    Pages.each(
        0L,
        after ->
            ledger.write(
                Step.LEARNERS_QUEUED,
                connection -> {
                  ledger.lock(connection);
                  return queueLearners(connection, fileNo, after);
                }));
  }

  /** Ends those of a file's requests for which this newer file asks. */
  private void giveWay(long fileNo, Newer.File newer, Instant at) {
    Pages.each(
        Undelivered.Place.START,
        after ->
            ledger.write(
                Step.ROWS_GAVE_WAY,
                connection -> {
                  ledger.lock(connection);
                  return undelivered.supersede(connection, fileNo, newer.asking(), after, at);
                }));
  }

  private boolean hasOvertakenRows(Connection connection, long fileNo) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT n.row_no FROM file f
              JOIN request r ON r.file_no = f.no AND r.closed = FALSE
              JOIN file_row n ON n.learner = r.learner AND n.slot = r.slot AND n.file_no = ?
              WHERE f.state = 'delivering' AND f.no <> ? AND f.account = ?
              AND n.state = 'unchanged' LIMIT 1""",
            fileNo,
            fileNo,
            ledger.account())
        .isAny();
  }

  private static boolean isOvertaken(Connection connection, long fileNo) throws SQLException {
    return Sql.query(connection, "SELECT no FROM file WHERE no = ? AND overtaken = TRUE", fileNo)
        .isAny();
  }

  private List<Long> olderFiles(Connection connection, long fileNo) throws SQLException {
    return Sql.query(
            connection,
            "SELECT no FROM file WHERE state = 'delivering' AND no < ? AND account = ? ORDER BY no",
            fileNo,
            ledger.account())
        .list(r -> r.getLong("no"));
  }

  /**
   * The next page of open requests: their learners get queues, and queues that wait for a newer
   * file begin with these first. Returns the last learner of the page; empty if there was none.
   */
  private Optional<Long> queueLearners(Connection connection, long fileNo, long after)
      throws SQLException {
    List<@Nullable Object[]> added = new ArrayList<>();
    List<@Nullable Object[]> moved = new ArrayList<>();
    Set<Long> learners = new LinkedHashSet<>();
    Sql.query(
            connection,
            """
            SELECT r.row_no, r.part, r.learner, r.place, f.accepted_at, l.file_no AS lined, l.claim
              FROM (SELECT file_no, row_no, part, learner, place FROM request
              WHERE file_no = ? AND closed = FALSE AND not_before IS NULL AND learner > ?
              ORDER BY file_no, closed, learner, place LIMIT ?) r
              JOIN file f ON f.no = r.file_no AND f.state = 'delivering'
              LEFT JOIN line l ON l.account = ? AND l.learner = r.learner
              ORDER BY r.learner, r.place""",
            fileNo,
            after,
            PAGE,
            ledger.account())
        .each(
            r -> {
              long learner = r.getLong("learner");
              boolean isLined = r.getObject("lined") != null;
              boolean isBehind = r.getLong("lined") > fileNo && r.getString("claim") == null;
              if (learners.add(learner) && (!isLined || isBehind)) {
                (isLined ? moved : added)
                    .add(
                        new Object[] {
                          fileNo,
                          r.getLong("row_no"),
                          r.getInt("part"),
                          r.getLong("place"),
                          Sql.instant(r, "accepted_at"),
                          ledger.account(),
                          learner
                        });
              }
            });
    Sql.batch(
        connection,
        """
        INSERT INTO line (file_no, row_no, part, place, due_at, account, learner)
          VALUES (?, ?, ?, ?, ?, ?, ?)""",
        added);
    Sql.batch(
        connection,
        """
        UPDATE line SET file_no = ?, row_no = ?, part = ?, place = ?, due_at = ?
          WHERE account = ? AND learner = ? AND claim IS NULL""",
        moved);
    return learners.stream().max(Comparator.naturalOrder());
  }
}
