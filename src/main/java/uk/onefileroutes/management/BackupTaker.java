package uk.onefileroutes.management;

import java.io.IOException;
import java.nio.file.Path;

/** Makes a backup of the ledger now. */
@FunctionalInterface
public interface BackupTaker {

  /**
   * Makes one, and then deletes those that are one too many.
   *
   * @return where it is
   * @throws IOException if it could not be written; the earlier ones are untouched then
   * @throws uk.onefileroutes.ledger.LedgerException if the ledger could not be read
   */
  Path take() throws IOException;
}
