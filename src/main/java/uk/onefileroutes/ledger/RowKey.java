package uk.onefileroutes.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which assignment of which row of which file. */
public record RowKey(long file, long row, int part) {
  /**
   * Rows of a file behind a place, as SQL; its parameters are those of {@link #and}. Their order is
   * that of file_no, row_no and part.
   */
  static final String FOLLOWS = "file_no = ? AND row_no >= ? AND (row_no > ? OR part > ?)";

  /** The place before the first row of a file. */
  static RowKey beforeAllOf(long file) {
    return new RowKey(file, -1, 0);
  }

  /** The parameters of {@link #FOLLOWS} for what follows this row, and further ones. */
  @Nullable Object[] and(@Nullable Object... further) {
    return Stream.concat(Stream.<@Nullable Object>of(file, row, row, part), Arrays.stream(further))
        .toArray();
  }

  static RowKey read(ResultSet result) throws SQLException {
    return new RowKey(result.getLong("file_no"), result.getLong("row_no"), result.getInt("part"));
  }

  @Override
  public String toString() {
    return part == 0 ? file + "/" + row : file + "/" + row + "." + part;
  }
}
