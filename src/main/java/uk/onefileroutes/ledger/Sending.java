package uk.onefileroutes.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How a row would be sent.
 *
 * @param role the role's word
 * @param repeats whether it is sent although its slot holds what it asks for
 */
public record Sending(String path, String role, boolean repeats) {
  static @Nullable Sending read(ResultSet row) throws SQLException {
    String path = row.getString("path");
    return path == null
        ? null
        : new Sending(path, row.getString("assigned_role"), row.getBoolean("repeats"));
  }
}
