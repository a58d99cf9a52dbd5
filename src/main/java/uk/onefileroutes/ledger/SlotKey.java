package uk.onefileroutes.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

/** A slot within an account. */
record SlotKey(long learner, String slot) {
  /**
   * A table of slots to LEFT JOIN with, from the two arrays of {@link #learners} and {@link
   * #slots}. Never with an inner join: H2 takes this table for the larger one then, and scans the
   * other.
   */
  static final String TABLE =
      "UNNEST(CAST(? AS BIGINT ARRAY), CAST(? AS VARCHAR(128) ARRAY)) AS k (learner, slot)";

  static SlotKey read(ResultSet result) throws SQLException {
    return new SlotKey(result.getLong("learner"), result.getString("slot"));
  }

  static Array learners(Connection connection, Collection<SlotKey> keys) throws SQLException {
    return connection.createArrayOf("BIGINT", keys.stream().map(SlotKey::learner).toArray());
  }

  static Array slots(Connection connection, Collection<SlotKey> keys) throws SQLException {
    return connection.createArrayOf("VARCHAR", keys.stream().map(SlotKey::slot).toArray());
  }
}
