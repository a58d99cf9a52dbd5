package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.Kind;

/**
 * What slots are known to hold, for those who compare it; and how to forget it. Thread-safe; each
 * verb but {@link #forget} is one transaction.
 */
public final class Slots {
  /** Kinds of slots that can be read back from Onefile. */
  public static final Set<Kind> READABLE =
      Collections.unmodifiableSet(EnumSet.of(Kind.DEFAULT, Kind.LEARNING_AIM, Kind.UNIT_SUMMARY));

  /** The slots that can be compared, as SQL: known, or kept as somebody made them by hand. */
  private static final String COMPARABLE = "(s.known = TRUE OR s.kept_for > 0)";

  /** That a file's rows name the slot, as SQL. */
  private static final String NAMED =
      """
      AND EXISTS (SELECT 1 FROM file_row n WHERE n.learner = s.learner AND n.slot = s.slot
        AND n.file_no = ?)""";

  private final Ledger ledger;

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
   * Slots of a learner at one moment.
   *
   * @param held those that are known
   * @param isSending whether a request for the learner is on its way, so that they may change
   */
  public record OfLearner(List<Held> held, boolean isSending) {
    public OfLearner {
      held = List.copyOf(held);
    }
  }

  /**
   * How much there is to compare.
   *
   * @param learners who have slots that can be read back
   * @param readings accounts and lists to be read for that: one for each kind that a learner has
   * @param additional known slots of level 1, which nobody can read back
   */
  public record Amount(long learners, long readings, long additional) {}

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

  /** The next learners, by their ids, who have known slots of these kinds. */
  public List<Long> learners(SlotsOf which, Set<Kind> kinds, long after, int limit) {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    "SELECT DISTINCT s.learner FROM %s AND %s AND s.learner > ? ORDER BY s.learner LIMIT ?"
                        .formatted(from(which), are(kinds)),
                    parameters(which, after, limit))
                .list(r -> r.getLong(1)));
  }

  /**
   * How many there are to compare.
   *
   * @throws ActionRefused as {@link #forget}
   */
  public Amount amount(SlotsOf which) throws ActionRefused {
    refuseFileWithoutRows(which);
    return ledger.read(
        connection -> {
          long readings = 0;
          for (Kind kind : READABLE) {
            readings += count(connection, which, "s.learner", Set.of(kind));
          }
          return new Amount(
              count(connection, which, "s.learner", READABLE),
              readings,
              count(connection, which, "(s.learner, s.slot)", Set.of(Kind.ADDITIONAL)));
        });
  }

  /** What those of a learner's slots that are of these kinds are known to hold now. */
  public OfLearner of(SlotsOf which, long learner, Set<Kind> kinds) {
    List<Object> parameters = new ArrayList<>(List.of(ledger.account(), learner));
    if (which.file() != null) {
      parameters.add(which.file());
    }
    String sql =
        """
        SELECT s.slot, s.known, s.assignee, s.sent_at, s.kept_for FROM slot s
        WHERE s.account = ? AND s.learner = ? AND %s AND %s %s ORDER BY s.slot"""
            .formatted(COMPARABLE, are(kinds), which.file() == null ? "" : NAMED);
    return ledger.read(
        connection ->
            new OfLearner(
                Sql.query(connection, sql, parameters.toArray()).list(Slots::held),
                Sql.query(
                        connection,
                        """
                        SELECT learner FROM line WHERE account = ? AND learner = ?
                          AND claim IS NOT NULL""",
                        ledger.account(),
                        learner)
                    .isAny()));
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

  private long count(Connection connection, SlotsOf which, String what, Set<Kind> kinds)
      throws SQLException {
    return Sql.query(
            connection,
            "SELECT COUNT(DISTINCT %s) FROM %s AND %s".formatted(what, from(which), are(kinds)),
            parameters(which))
        .one(r -> r.getLong(1))
        .orElse(0L);
  }

  /** That a slot is of one of these kinds, as SQL. */
  private static String are(Set<Kind> kinds) {
    return kinds.stream()
        .map(kind -> "s.slot LIKE '" + kind.word() + "/%'")
        .collect(Collectors.joining(" OR ", "(", ")"));
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
            .read(connection -> FileEntry.find(connection, ledger.account(), no))
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
