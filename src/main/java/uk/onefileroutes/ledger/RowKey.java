package uk.onefileroutes.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Which assignment of which row of which file. */
public record RowKey(long file, long row, int part) {
  static RowKey read(ResultSet result) throws SQLException {
    return new RowKey(result.getLong("file_no"), result.getLong("row_no"), result.getInt("part"));
  }

  @Override
  public String toString() {
    return part == 0 ? file + "/" + row : file + "/" + row + "." + part;
  }
}
