package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;

/**
 * What slots are known to hold, for those who compare it; and how to forget it. Thread-safe; each
 * verb but {@link #forget} is one transaction.
 */
public final class Slots {
  /** The slots that can be read back from Onefile, as SQL; all others can't. */
  private static final String DEFAULTS = "('default/assessor', 'default/employer')";

  private final Ledger ledger;

  /** The slots that can be compared, as SQL: known, or kept as somebody made them by hand. */
  private static final String COMPARABLE = "(s.known = TRUE OR s.kept_for > 0)";

  /**
   * A slot that can be compared.
   *
   * @param assignee what it is known to hold; {@link #NOBODY}: a person took away who was there
   * @param sentAt when what it holds was sent
   * @param keptFor where a change by hand is kept, whom the files ask for; null: none is
   */
  public record Held(String slot, long assignee, Instant sentAt, @Nullable Long keptFor) {
    /** No account has this id. */
    public static final long NOBODY = 0;

    /** A slot that holds what was sent. */
    public Held(String slot, long assignee, Instant sentAt) {
      this(slot, assignee, sentAt, null);
    }

    public boolean isNobody() {
      return assignee == NOBODY;
    }
  }

  /**
   * A learner's default slots at one moment.
   *
   * @param held those that are known
   * @param isSending whether a request for the learner is on its way, so that they may change
   */
  public record Defaults(List<Held> held, boolean isSending) {
    public Defaults {
      held = List.copyOf(held);
    }
  }

  /**
   * How much there is.
   *
   * @param learners who have known default slots
   * @param others known slots that are no defaults
   */
  public record Amount(long learners, long others) {}

  public Slots(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Forgets what slots hold, so that the next file that names them sends them. Several
   * transactions; called again after a crash it continues with what is left.
   *
   * @return how many slots were known, or listed as a leaver's
   * @throws ActionRefused if the file does not exist, or its rows are not there yet or any more
   */
  public long forget(SlotsOf which) throws ActionRefused {
    refuseFileWithoutRows(which);
    Forgetting forgetting = new Forgetting(ledger);
    forgetting.run(which);
    return forgetting.forgotten();
  }

  /** The next learners, by their ids, who have known default slots. */
  public List<Long> learners(SlotsOf which, long after, int limit) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    "SELECT DISTINCT s.learner FROM "
                        + from(which)
                        + " AND s.slot IN "
                        + DEFAULTS
                        + " AND s.learner > ? ORDER BY s.learner LIMIT ?",
                    parameters(which, after, limit))
                .list(r -> r.getLong(1)));
  }

  /**
   * How many there are to compare, and how many that can't be.
   *
   * @throws ActionRefused as {@link #forget}
   */
  public Amount amount(SlotsOf which) throws ActionRefused {
    refuseFileWithoutRows(which);
    return ledger.read(
        connection ->
            new Amount(
                count(connection, which, "COUNT(DISTINCT s.learner)", "IN"),
                count(connection, which, "COUNT(DISTINCT (s.learner, s.slot))", "NOT IN")));
  }

  /** What a learner's default slots are known to hold now. */
  public Defaults defaults(long learner) {
    return ledger.read(
        connection -> {
          List<Held> held =
              Sql.query(
                      connection,
                      "SELECT s.slot, s.known, s.assignee, s.sent_at, s.kept_for FROM slot s"
                          + " WHERE s.account = ? AND s.learner = ? AND "
                          + COMPARABLE
                          + " AND s.slot IN "
                          + DEFAULTS
                          + " ORDER BY s.slot",
                      ledger.account(),
                      learner)
                  .list(Slots::held);
          boolean isSending =
              Sql.query(
                      connection,
                      """
                      SELECT learner FROM line WHERE account = ? AND learner = ?
                        AND claim IS NOT NULL""",
                      ledger.account(),
                      learner)
                  .one(r -> true)
                  .isPresent();
          return new Defaults(held, isSending);
        });
  }

  private static Held held(ResultSet row) throws SQLException {
    long keptFor = row.getLong("kept_for");
    boolean isKept = !row.wasNull();
    return new Held(
        row.getString("slot"),
        row.getBoolean("known") ? row.getLong("assignee") : Held.NOBODY,
        Sql.instant(row, "sent_at"),
        isKept ? keptFor : null);
  }

  private long count(Connection connection, SlotsOf which, String what, String in)
      throws SQLException {
    return Sql.query(
            connection,
            "SELECT " + what + " FROM " + from(which) + " AND s.slot " + in + " " + DEFAULTS,
            parameters(which))
        .one(r -> r.getLong(1))
        .orElse(0L);
  }

  private static String from(SlotsOf which) {
    String known = "s.account = ? AND " + COMPARABLE;
    if (which.file() != null) {
      return "file_row n JOIN slot s ON s.learner = n.learner AND s.slot = n.slot WHERE "
          + known
          + " AND n.file_no = ?";
    }
    return "slot s WHERE " + known + (which.learner() == null ? "" : " AND s.learner = ?");
  }

  private @Nullable Object[] parameters(SlotsOf which, Object... further) {
    List<Object> all = new ArrayList<>(List.of(ledger.account()));
    if (which.file() != null) {
      all.add(which.file());
    } else if (which.learner() != null) {
      all.add(which.learner());
    }
    all.addAll(List.of(further));
    return all.toArray();
  }

  private void refuseFileWithoutRows(SlotsOf which) throws ActionRefused {
    if (which.file() == null) {
      return;
    }
    long no = which.file();
    FileEntry file =
        ledger
            .read(connection -> FileEntry.find(connection, no))
            .orElseThrow(() -> ActionRefused.notFound("There is no file " + no + "."));
    if (file.state() == FileState.RECEIVING) {
      throw new ActionRefused(
          "File %d is still being read; it names no slots before that is done.".formatted(no));
    }
    if (file.state() == FileState.REFUSED) {
      throw new ActionRefused("File %d was refused; none of its rows is kept.".formatted(no));
    }
  }
}
