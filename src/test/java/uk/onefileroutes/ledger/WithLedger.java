package uk.onefileroutes.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A ledger for each test, in each database, whose counts are right at its end. */
@ParameterizedClass
@EnumSource(Database.class)
abstract class WithLedger {
  @Parameter Database database;
  LedgerFixture it;

  @BeforeEach
  void openLedger(@TempDir Path folder) {
    it = new LedgerFixture(database.empty(folder));
  }

  @AfterEach
  void checkAndCloseLedger() {
    it.checkTallies();
    it.close();
  }

  /** How the database would find this, in its words; as if it held many rows. */
  final String plan(String sql, Object... parameters) {
    return it.ledger.inTransaction(
        connection -> {
          Sql.update(connection, "ANALYZE");
          if (database == Database.POSTGRESQL) { // a few it would read whole, and sort
            Sql.update(connection, "SET LOCAL enable_seqscan = off");
            Sql.update(connection, "SET LOCAL enable_sort = off");
          }
          return String.join(
              "\n", Sql.query(connection, "EXPLAIN " + sql, parameters).list(r -> r.getString(1)));
        });
  }
}
