package uk.onefileroutes.ledger;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * Creates and migrates a ledger's tables, on connections that nobody works with later.
 *
 * <p>With H2 2.4.240 a constraint died with the connection that had made it: half an hour later,
 * when the pool retired that one, nothing could be written any more. So an embedded database is
 * closed after its migration, and what is worked with was loaded from its file.
 */
final class Schema {
  /** Of the newest migration. A ledger that has it is left alone: asking Flyway takes long. */
  static final String VERSION = "014";

  private Schema() {}

  /**
   * Opens a ledger with the tables of this version, creating or migrating them; may run again.
   *
   * @return a connection that keeps an embedded database open; nothing was made by it
   * @throws SQLException if it can't be opened
   * @throws FlywayException if it was made by a newer version, or can't be migrated; then it is as
   *     it was
   */
  static Connection open(LedgerLogin place) throws SQLException {
    if (place.file().map(Files::exists).orElse(true)) {
      Connection connection = connect(place, place.url());
      if (!place.isH2()) {
        refuseForgetful(connection);
      }
      if (isCurrent(connection)) {
        return connection;
      }
      connection.close();
    }
    migrate(place);
    return connect(place, place.url());
  }

  @SuppressWarnings("try") // the connection is only held
  private static void migrate(LedgerLogin place) throws SQLException {
    String url = place.isH2() ? place.url() + ";MAX_COMPACT_TIME=0" : place.url();
    // it keeps the database open while others come and go
    try (Connection unused = connect(place, url)) {
      Flyway schema =
          Flyway.configure()
              .dataSource(url, place.user(), place.password())
              .locations("classpath:db/migration")
              .load();
      refuseNewer(schema);
      schema.migrate();
    }
  }

  private static Connection connect(LedgerLogin place, String url) throws SQLException {
    return DriverManager.getConnection(url, place.user(), place.password());
  }

  private static boolean isCurrent(Connection connection) throws SQLException {
    String history = "flyway_schema_history";
    try (ResultSet tables =
        connection.getMetaData().getTables(null, connection.getSchema(), history, null)) {
      if (!tables.next()) {
        return false;
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet last =
            statement.executeQuery(
                """
                SELECT "version", "success" FROM "flyway_schema_history"
                ORDER BY "installed_rank" DESC LIMIT 1
                """)) {
      return last.next() && VERSION.equals(last.getString(1)) && last.getBoolean(2);
    }
  }

  /** As an embedded one must write each commit at once, so must a server. */
  private static void refuseForgetful(Connection connection) throws SQLException {
    String how =
        Sql.query(connection, "SELECT current_setting('synchronous_commit')")
            .one(r -> r.getString(1))
            .orElse("on");
    if (how.equals("off")) {
      connection.close();
      throw new SQLException(
          "its server may lose the last answers in a crash: synchronous_commit is off; set it on for this database");
    }
  }

  /** Flyway only warns of what it does not know. */
  private static void refuseNewer(Flyway schema) {
    MigrationInfo current = schema.info().current();
    if (current != null && current.getState() == MigrationState.FUTURE_SUCCESS) {
      throw new FlywayException(
          "it was made by a newer version of this program (schema %s); use that version"
              .formatted(current.getVersion()));
    }
  }
}
