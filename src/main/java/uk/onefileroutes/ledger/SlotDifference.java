package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the slots that one dry run asks for differ from those of another. What is superseded within
 * its file, or invalid, asks for none.
 *
 * @param amounts how many there are
 * @param added the first that only this one names
 * @param changed the first that both name, with other people
 * @param gone the first that only the other names
 */
public record SlotDifference(
    Amounts amounts, List<Named> added, List<Named> changed, List<Named> gone) {
  private static final String ASKS = "state IN ('planned', 'unchanged')";
  private static final String BOTH =
      """
      FROM file_row a LEFT JOIN file_row b ON b.learner = a.learner AND b.slot = a.slot
        AND b.file_no = ? AND b.%s
      WHERE a.file_no = ? AND a.%s"""
          .formatted(ASKS, ASKS);

  public SlotDifference {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    gone = List.copyOf(gone);
  }

  /** How many slots. */
  public record Amounts(long added, long changed, long gone, long alike) {}

  /**
   * A slot.
   *
   * @param row of this file, or of the other where it is gone
   * @param from whom the other names; null: it does not
   * @param to whom this one names; null: it does not
   */
  public record Named(long row, long learner, String slot, @Nullable Long from, @Nullable Long to) {
    private static Named read(ResultSet row) throws SQLException {
      return new Named(
          row.getLong("row_no"),
          row.getLong("learner"),
          row.getString("slot"),
          row.getObject("theirs", Long.class),
          row.getObject("mine", Long.class));
    }
  }

  /** Of these two numbers. */
  static SlotDifference of(Connection connection, long mine, long theirs, int listed)
      throws SQLException {
    Amounts named =
        Sql.query(
                connection,
                """
                SELECT COUNT(*) AS named, COUNT(b.assignee) AS both_name,
                  COALESCE(SUM(CASE WHEN b.assignee <> a.assignee THEN 1 ELSE 0 END), 0) AS others
                """
                    + BOTH,
                theirs,
                mine)
            .one(
                r ->
                    new Amounts(
                        r.getLong("named") - r.getLong("both_name"),
                        r.getLong("others"),
                        0,
                        r.getLong("both_name") - r.getLong("others")))
            .orElseThrow();
    String select =
        "SELECT a.row_no, a.learner, a.slot, b.assignee AS theirs, a.assignee AS mine " + BOTH;
    String order = " ORDER BY a.row_no, a.part LIMIT ?";
    String gone = " AND b.assignee IS NULL";
    return new SlotDifference(
        new Amounts(
            named.added(),
            named.changed(),
            Sql.query(connection, "SELECT COUNT(*) " + BOTH + gone, mine, theirs)
                .one(r -> r.getLong(1))
                .orElse(0L),
            named.alike()),
        Sql.query(connection, select + " AND b.assignee IS NULL" + order, theirs, mine, listed)
            .list(Named::read),
        Sql.query(
                connection, select + " AND b.assignee <> a.assignee" + order, theirs, mine, listed)
            .list(Named::read),
        Sql.query(
                connection,
                "SELECT a.row_no, a.learner, a.slot, a.assignee AS theirs, b.assignee AS mine "
                    + BOTH
                    + gone
                    + order,
                mine,
                theirs,
                listed)
            .list(Named::read));
  }
}
