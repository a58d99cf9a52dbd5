package uk.onefileroutes.operate;

import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.LedgerPlace;

/** Opens the ledger, or says why it can't be. */
final class LedgerOpening {
  static final String ACCOUNT = "onefile";

  private LedgerOpening() {}

  static Ledger open(LedgerPlace place) throws StartFailure {
    try {
      return Ledger.open(place, ACCOUNT);
    } catch (LedgerException e) {
      String reason = String.valueOf(e.getMessage());
      String remedy =
          reason.contains("already in use") || reason.contains("locked")
              ? "; is another instance running on this data folder?"
              : "";
      throw StartFailure.environment(
          "the ledger %s can't be opened: %s%s".formatted(place, reason, remedy), e);
    }
  }
}
