package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JDBC with the ceremony taken out: parameters by position, rows by lambda, instants as UTC. */
final class Sql {
  /** Rows that are in memory at a time, where the database can send them bit by bit. */
  private static final int FETCHED = 1000;

  /** Reads the current row of a result set. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Takes the current row of a result set. */
  @FunctionalInterface
  interface Taker {
    void take(ResultSet row) throws SQLException;
  }

  /** A query that has not run yet. */
  static final class Query {
    private final Connection connection;
    private final String sql;
    private final @Nullable Object[] parameters;

    private Query(Connection connection, String sql, @Nullable Object[] parameters) {
      this.connection = connection;
      this.sql = sql;
      this.parameters = parameters;
    }

    <T> List<T> list(Reader<T> reader) throws SQLException {
      List<T> all = new ArrayList<>();
      each(row -> all.add(reader.read(row)));
      return all;
    }

    void each(Taker taker) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setFetchSize(FETCHED);
        bind(statement, parameters);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            taker.take(rows);
          }
        }
      }
    }

    <T> Optional<T> one(Reader<T> reader) throws SQLException {
      return list(reader).stream().findFirst();
    }

    /** Whether there is a row. */
    boolean isAny() throws SQLException {
      return one(r -> true).isPresent();
    }
  }

  private Sql() {}

  static Query query(Connection connection, String sql, @Nullable Object... parameters) {
    return new Query(connection, sql, parameters);
  }

  static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  static long insertReturningKey(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql, new String[] {"no"})) {
      bind(statement, parameters);
      statement.executeUpdate();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        keys.next();
        return keys.getLong(1);
      }
    }
  }

  /** One statement for many rows of parameters, sent as one batch. */
  static void batch(Connection connection, String sql, List<@Nullable Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      batch(statement, rows);
    }
  }

  static void batch(PreparedStatement statement, List<@Nullable Object[]> rows)
      throws SQLException {
    for (@Nullable Object[] row : rows) {
      bind(statement, row);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  static void bind(PreparedStatement statement, @Nullable Object[] parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      if (value instanceof Instant instant) {
        statement.setObject(i + 1, utc(instant));
      } else if (value instanceof String text) {
        statement.setString(
            i + 1, text.replace('\0', '\uFFFD')); // PostgreSQL has no such character
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** At most so many characters: what a column holds, whatever was sent. */
  static @Nullable String bounded(@Nullable String text, int length) {
    return text == null || text.length() <= length ? text : text.substring(0, length);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
