package uk.onefileroutes.alarm;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import uk.onefileroutes.ledger.Leavers.Leaver;

/** Assignees who left Onefile, as long as what they held is not assigned to somebody else. */
public final class LeaverTrouble implements AlarmCheck {
  private final Supplier<List<Leaver>> leavers;

  /**
   * @param leavers those of whom slots are unknown
   */
  public LeaverTrouble(Supplier<List<Leaver>> leavers) {
    this.leavers = leavers;
  }

  @Override
  public Set<AlarmCode> codes() {
    return Set.of(AlarmCode.ASSIGNEE_LEFT);
  }

  @Override
  public void check(AlarmScan scan) {
    leavers
        .get()
        .forEach(
            leaver ->
                scan.sees(
                    AlarmCode.ASSIGNEE_LEFT, Long.toString(leaver.account()), message(leaver)));
  }

  private static String message(Leaver leaver) {
    return "account %d is %s, and %,d %s of %,d %s with it: whom Onefile has there now is not known. The command leavers writes them as a file to fill in; or restore the account"
        .formatted(
            leaver.account(),
            leaver.archived() ? "archived in Onefile" : "no longer listed by Onefile",
            leaver.slots(),
            leaver.slots() == 1 ? "assignment" : "assignments",
            leaver.learners(),
            leaver.learners() == 1 ? "learner was" : "learners were");
  }
}
