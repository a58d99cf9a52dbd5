package uk.onefileroutes.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A ledger for each test, whose counts are right at its end. */
abstract class WithLedger {
  LedgerFixture it;

  @BeforeEach
  void openLedger(@TempDir Path folder) {
    it = new LedgerFixture(folder);
  }

  @AfterEach
  void checkAndCloseLedger() {
    it.checkTallies();
    it.close();
  }
}
