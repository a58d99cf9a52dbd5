package uk.onefileroutes.ledger;

import java.nio.file.Path;
import uk.onefileroutes.testing.EmptyLedger;
import uk.onefileroutes.testing.PostgresServer;

/** The databases that a ledger can be kept in. */
enum Database {
  H2 {
    @Override
    LedgerLogin empty(Path folder) {
      EmptyLedger.putInto(folder);
      return LedgerLogin.embedded(folder);
    }
  },
  POSTGRESQL {
    @Override
    LedgerLogin empty(Path folder) {
      return PostgresServer.emptyLedger();
    }
  };

  /**
   * A ledger in which no file was accepted.
   *
   * @param folder of the test
   */
  abstract LedgerLogin empty(Path folder);
}
