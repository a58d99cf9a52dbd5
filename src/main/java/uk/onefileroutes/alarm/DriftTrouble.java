package uk.onefileroutes.alarm;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import uk.onefileroutes.ledger.DriftedSlots.Left;

/** Slots that a comparison by the timetable left for a person, until one finds none. */
public final class DriftTrouble implements AlarmCheck {
  private final Supplier<Optional<Left>> left;
  private final ZoneId zone;

  /**
   * @param left what the last comparison of all slots left
   * @param zone in which people read times
   */
  public DriftTrouble(Supplier<Optional<Left>> left, ZoneId zone) {
    this.left = left;
    this.zone = zone;
  }

  @Override
  public Set<AlarmCode> codes() {
    return Set.of(AlarmCode.DRIFT);
  }

  @Override
  public void check(AlarmScan scan) {
    left.get()
        .filter(found -> found.drifted() > 0)
        .ifPresent(found -> scan.sees(AlarmCode.DRIFT, "", message(found)));
  }

  private String message(Left found) {
    return "%,d %s not as the ledger says, by the comparison that ended %s and read %,d %s. The command verify lists them; if the files are right, forget them and drop the file again, or set verify.on-drift"
        .formatted(
            found.drifted(),
            found.drifted() == 1 ? "slot is" : "slots are",
            LocalTimes.of(found.endedAt(), zone),
            found.learners(),
            found.learners() == 1 ? "learner" : "learners");
  }
}
