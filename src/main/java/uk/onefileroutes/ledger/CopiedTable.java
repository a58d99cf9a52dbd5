package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A table as its database describes it, so that later migrations need nothing here. Names are in
 * small letters, which both databases understand.
 *
 * @param columns in the order of their names
 * @param numbered those whose values the database counts
 * @param needs the tables that its rows refer to
 */
record CopiedTable(String name, List<String> columns, List<String> numbered, Set<String> needs) {
  private static final String[] KINDS = {"TABLE", "BASE TABLE"};
  private static final Set<String> NOT_COPIED = Set.of(MoveMark.TABLE, "flyway_schema_history");

  /**
   * The tables that two ledgers of the same version have, each behind those that it refers to. What
   * else is in a schema is not the ledger's.
   */
  static List<CopiedTable> ofBoth(Connection one, Connection other) throws SQLException {
    Map<String, CopiedTable> left = new LinkedHashMap<>(of(one));
    left.keySet().retainAll(of(other).keySet());
    List<CopiedTable> inOrder = new ArrayList<>();
    while (!left.isEmpty()) {
      List<CopiedTable> free =
          left.values().stream()
              .filter(table -> table.needs.stream().noneMatch(left::containsKey))
              .toList();
      if (free.isEmpty()) {
        throw new SQLException("tables refer to each other in a circle: " + left.keySet());
      }
      free.forEach(table -> left.remove(table.name));
      inOrder.addAll(free);
    }
    return inOrder;
  }

  private static Map<String, CopiedTable> of(Connection connection) throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    String schema = connection.getSchema();
    List<String> names = new ArrayList<>();
    try (ResultSet tables = data.getTables(null, schema, null, KINDS)) {
      while (tables.next()) {
        names.add(tables.getString("TABLE_NAME"));
      }
    }
    Map<String, CopiedTable> all = new TreeMap<>();
    for (String name : names) {
      String small = name.toLowerCase(Locale.ROOT);
      if (!NOT_COPIED.contains(small)) {
        all.put(small, described(data, schema, name));
      }
    }
    return all;
  }

  private static CopiedTable described(DatabaseMetaData data, String schema, String name)
      throws SQLException {
    Set<String> columns = new TreeSet<>();
    Set<String> numbered = new TreeSet<>();
    try (ResultSet each = data.getColumns(null, schema, name, null)) {
      while (each.next()) {
        if (each.getString("TABLE_NAME").equals(name)) { // a name is a pattern there
          String column = each.getString("COLUMN_NAME").toLowerCase(Locale.ROOT);
          columns.add(column);
          if (each.getString("IS_AUTOINCREMENT").equals("YES")) {
            numbered.add(column);
          }
        }
      }
    }
    Set<String> needs = new TreeSet<>();
    try (ResultSet each = data.getImportedKeys(null, schema, name)) {
      while (each.next()) {
        needs.add(each.getString("PKTABLE_NAME").toLowerCase(Locale.ROOT));
      }
    }
    String small = name.toLowerCase(Locale.ROOT);
    needs.remove(small);
    return new CopiedTable(small, List.copyOf(columns), List.copyOf(numbered), needs);
  }

  /** All of its rows. */
  Sql.Query rows(Connection connection) {
    return Sql.query(connection, "SELECT %s FROM %s".formatted(String.join(", ", columns), name));
  }

  String insert() {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            name,
            String.join(", ", columns),
            String.join(", ", Collections.nCopies(columns.size(), "?")));
  }

  long count(Connection connection) throws SQLException {
    return Sql.query(connection, "SELECT COUNT(*) FROM " + name)
        .one(row -> row.getLong(1))
        .orElse(0L);
  }

  /** Which number a column gets next: deleted rows had the ones before. */
  long next(HeldLedger ledger, String column) throws SQLException {
    Connection connection = ledger.connection();
    if (ledger.place().isH2()) {
      return number(
          Sql.query(
              connection,
              """
              SELECT identity_base FROM information_schema.columns
                WHERE table_schema = CURRENT_SCHEMA AND table_name = ? AND column_name = ?""",
              name.toUpperCase(Locale.ROOT),
              column.toUpperCase(Locale.ROOT)));
    }
    String sequence =
        Sql.query(connection, "SELECT pg_get_serial_sequence(?, ?)", name, column)
            .one(row -> row.getString(1))
            .orElseThrow();
    return number(
        Sql.query(
            connection,
            "SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM " + sequence));
  }

  private static long number(Sql.Query query) throws SQLException {
    return query.one(row -> row.getLong(1)).orElseThrow();
  }

  /** In H2 this commits. */
  void countFrom(Connection connection, String column, long next) throws SQLException {
    Sql.update(
        connection, "ALTER TABLE %s ALTER COLUMN %s RESTART WITH %d".formatted(name, column, next));
  }
}
