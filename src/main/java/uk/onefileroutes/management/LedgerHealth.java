package uk.onefileroutes.management;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.LedgerOverview;

/** Not ready while the ledger does not answer. */
public final class LedgerHealth extends AbstractHealthCheck {
  private final LedgerOverview overview;

  public LedgerHealth(LedgerOverview overview) {
    super("onefile", "ledger");
    this.overview = overview;
  }

  @Override
  public boolean isLiveness() {
    return false; // a restart mends no disk
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    try {
      builder.detail("requests.open", overview.backlog().open()).up();
    } catch (LedgerException e) {
      builder.message("The ledger does not answer: " + e.getMessage()).down();
    }
  }
}
