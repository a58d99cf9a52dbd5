package uk.onefileroutes.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.DriftedSlots.Left;

/** Drift that was found by the timetable is an alarm until none is found. */
class DriftTroubleTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final Instant AT = Instant.parse("2026-06-01T20:00:00Z");

  @Test
  void whatIsLeftIsCounted() {
    AlarmScan scan = new AlarmScan();
    new DriftTrouble(() -> Optional.of(new Left(AT, 1200, 2)), LONDON).check(scan);
    assertThat(scan.seen())
        .hasSize(1)
        .containsEntry(
            new Alarm.Key(AlarmCode.DRIFT, ""),
            "2 slots are not as the ledger says, by the comparison that ended 2026-06-01 21:00 and"
                + " read 1,200 learners. The command verify lists them; if the files are right,"
                + " forget them and drop the file again, or set verify.on-drift");
  }

  @Test
  void nothingLeftIsNoAlarm() {
    AlarmScan scan = new AlarmScan();
    new DriftTrouble(() -> Optional.of(new Left(AT, 1200, 0)), LONDON).check(scan);
    new DriftTrouble(Optional::empty, LONDON).check(scan);
    assertThat(scan.seen()).isEmpty();
  }
}
