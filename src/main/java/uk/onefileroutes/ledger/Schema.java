package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
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
  private Schema() {}

  /**
   * Migrates; may run again. An embedded database that nobody else has open is closed at return.
   *
   * @throws SQLException if it can't be opened
   * @throws FlywayException if it was made by a newer version, or can't be migrated; then it is as
   *     it was
   */
  @SuppressWarnings("try") // the connection is only held
  static void migrate(LedgerLogin place) throws SQLException {
    String url = place.isH2() ? place.url() + ";MAX_COMPACT_TIME=0" : place.url();
    // it keeps the database open while others come and go
    try (Connection unused = DriverManager.getConnection(url, place.user(), place.password())) {
      Flyway schema =
          Flyway.configure()
              .dataSource(url, place.user(), place.password())
              .locations("classpath:db/migration")
              .load();
      refuseNewer(schema);
      schema.migrate();
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
