package uk.onefileroutes.alarm;

import java.time.ZoneId;
import java.util.Set;
import uk.onefileroutes.delivery.AccountGuard;

/**
 * What stops the whole account: Onefile refuses us, does not answer, or wants no calls for long.
 */
public final class DeliveryTrouble implements AlarmCheck {
  private final AccountGuard guard;
  private final ZoneId zone;

  public DeliveryTrouble(AccountGuard guard, ZoneId zone) {
    this.guard = guard;
    this.zone = zone;
  }

  @Override
  public Set<AlarmCode> codes() {
    return Set.of(AlarmCode.UNAUTHORISED, AlarmCode.OUTAGE, AlarmCode.THROTTLED);
  }

  @Override
  public void check(AlarmScan scan) {
    AccountGuard.Trouble trouble = guard.trouble();
    if (!trouble.isLoginTold()) {
      scan.cannotTell(AlarmCode.UNAUTHORISED);
    }
    trouble
        .refused()
        .ifPresent(
            why ->
                scan.sees(
                    AlarmCode.UNAUTHORISED,
                    why
                        + ". Nothing is sent. Check onefile.customer-token and restart; without a"
                        + " restart it is tried again by itself, less and less often, at last"
                        + " every 15 minutes"));
    trouble
        .outage()
        .ifPresent(
            why ->
                scan.sees(
                    AlarmCode.OUTAGE,
                    "Onefile does not answer ("
                        + why
                        + "). It is tried again by itself, less and less often; ask Onefile if it"
                        + " lasts"));
    if (!trouble.isThrottleTold()) {
      scan.cannotTell(AlarmCode.THROTTLED);
    }
    trouble
        .throttledUntil()
        .ifPresent(
            until ->
                scan.sees(
                    AlarmCode.THROTTLED,
                    "Onefile asks to wait until "
                        + LocalTimes.of(until, zone)
                        + "; it is tried again every hour. Ask Onefile why, and whether somebody"
                        + " else uses the account's limit"));
  }
}
