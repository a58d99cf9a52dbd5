package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  @TempDir Path folder;

  @Test
  void theVersionIsThatOfTheNewestMigration() {
    LedgerLogin place = LedgerLogin.embedded(folder);
    MigrationInfo[] all =
        Flyway.configure()
            .dataSource(place.url(), place.user(), place.password())
            .locations("classpath:db/migration")
            .load()
            .info()
            .all();
    assertThat(Arrays.stream(all).reduce((earlier, later) -> later))
        .hasValueSatisfying(last -> assertThat(last.getVersion()).hasToString(Schema.VERSION))
        .hasValueSatisfying(last -> assertThat(last.getScript()).startsWith("V" + Schema.VERSION));
  }

  /** As a start that was cut off may leave it; Flyway says what is wrong. */
  @Test
  void aMigrationThatFailedIsNoVersion() throws SQLException {
    LedgerLogin place = LedgerLogin.embedded(folder);
    Ledger.open(place, "onefile").close();
    try (Connection connection =
            DriverManager.getConnection(place.url(), place.user(), place.password());
        Statement statement = connection.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  """
                  UPDATE "flyway_schema_history" SET "success" = FALSE
                  WHERE "version" = '%s'
                  """
                      .formatted(Schema.VERSION)))
          .isEqualTo(1);
    }
    assertThatThrownBy(() -> Ledger.open(place, "onefile")).isInstanceOf(LedgerException.class);
  }
}
