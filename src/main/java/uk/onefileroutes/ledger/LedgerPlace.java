package uk.onefileroutes.ledger;

import java.nio.file.Path;

/**
 * Where the ledger is and how to log in.
 *
 * @param url a JDBC URL
 */
public record LedgerPlace(String url, String user, String password) {

  /**
   * The embedded ledger in a data folder. async: with "file", an interrupt of a thread that writes
   * would close the database. WRITE_DELAY=0: H2's default is not durable per commit.
   * DB_CLOSE_ON_EXIT=FALSE: we close it ourselves, after the last answer was settled. LOCK_TIMEOUT:
   * a large release may hold others up for seconds.
   */
  public static LedgerPlace embedded(Path dataFolder) {
    Path file = dataFolder.toAbsolutePath().resolve("ledger");
    return new LedgerPlace(
        "jdbc:h2:async:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=30000",
        "ledger",
        "");
  }

  @Override
  public String toString() {
    return url; // never the password
  }
}
