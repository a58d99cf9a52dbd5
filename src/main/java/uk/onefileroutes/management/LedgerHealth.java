package uk.onefileroutes.management;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.Overview;

/** Not ready while the ledger does not answer, can't be written, or soon has no room. */
public final class LedgerHealth extends AbstractHealthCheck {
  private final Overview overview;
  private final DiskWatch disk;

  public LedgerHealth(Overview overview, DiskWatch disk) {
    super("onefile", "ledger");
    this.overview = overview;
    this.disk = disk;
  }

  @Override
  public boolean isLiveness() {
    return false; // a restart cures no disk
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Optional<String> trouble = disk.trouble().or(disk::shortage);
    if (trouble.isPresent()) {
      builder.message("Disk: " + trouble.get()).down();
      return;
    }
    try {
      builder.detail("requests.open", overview.backlog().open()).up();
    } catch (LedgerException e) {
      builder.message("The ledger does not answer: " + e.getMessage()).down();
    }
  }
}
