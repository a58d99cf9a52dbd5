package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.shown.Causes;

/** Opens the ledger, or says why it can't be. */
final class LedgerOpening {
  /** Where there are no accounts. */
  static final String ACCOUNT = Configuration.DEFAULT_ACCOUNT;

  private LedgerOpening() {}

  /**
   * @param account as which it is seen
   */
  static Ledger open(LedgerLogin place, String account) throws StartFailure {
    try {
      Optional<Path> fresh = place.file().filter(file -> !Files.exists(file));
      Ledger ledger = Ledger.open(place, account);
      try {
        if (fresh.isPresent()) { // the database made it by the umask; no row is in it yet
          OwnerOnly.close(fresh.get());
        }
        return ledger;
      } catch (IOException e) {
        ledger.close();
        throw StartFailure.environment(
            "the rights of the ledger %s can't be set: %s".formatted(place, Causes.words(e)), e);
      }
    } catch (LedgerException e) {
      String reason = String.valueOf(e.getMessage());
      String remedy =
          reason.contains("already in use") || reason.contains("locked")
              ? "; is another instance running on %s?"
                  .formatted(place.file().isPresent() ? "this data folder" : "this ledger")
              : "";
      throw StartFailure.environment(
          "the ledger %s can't be opened: %s%s".formatted(place, reason, remedy), e);
    }
  }
}
