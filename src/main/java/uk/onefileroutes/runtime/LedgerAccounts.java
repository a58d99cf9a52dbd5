package uk.onefileroutes.runtime;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.ledger.Ledger;

/** Whether those whom the ledger knows are those who are configured. */
final class LedgerAccounts {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerAccounts.class);

  private LedgerAccounts() {}

  /**
   * Says which accounts of the ledger are served no more.
   *
   * @param served the names of those that are
   * @throws StartFailure if one of them has files that are not done: nobody would answer them
   */
  static void refuseForgotten(Ledger ledger, List<String> served) throws StartFailure {
    List<String> others = new ArrayList<>(ledger.accounts());
    others.removeAll(served);
    for (String other : others) {
      Ledger view = ledger.of(other);
      if (view.hasOpenFiles()) {
        throw StartFailure.environment(
            "the ledger has files of the account %s that are not done, and nobody would deliver or answer them: %s"
                .formatted(other, remedy(other)),
            new IllegalStateException("forgotten account"));
      }
      if (view.hasFiles()) {
        LOG.warn(
            "ACCOUNT: the ledger knows the account {}, which is not served any more: what its slots"
                + " hold is known to no other account",
            other);
      }
    }
  }

  private static String remedy(String account) {
    return account.equals(Configuration.DEFAULT_ACCOUNT)
        ? "it is what was there before there were accounts; name one of them onefile, by config/accounts/onefile.properties"
        : "put config/accounts/%s.properties back until they are done".formatted(account);
  }
}
