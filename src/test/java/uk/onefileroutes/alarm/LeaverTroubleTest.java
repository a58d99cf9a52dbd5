package uk.onefileroutes.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.Leavers.Leaver;

/** What is said of those who left. */
class LeaverTroubleTest {
  @Test
  void eachIsAnAlarmThatSaysHowManyAndWhatToDo() {
    AlarmScan scan = new AlarmScan();
    new LeaverTrouble(
            () -> List.of(new Leaver(5001, true, 1200, 1300), new Leaver(5002, false, 1, 1)))
        .check(scan);
    assertThat(scan.seen())
        .hasSize(2)
        .containsEntry(
            new Alarm.Key(AlarmCode.ASSIGNEE_LEFT, "5001"),
            "account 5001 is archived in Onefile, and 1,300 assignments of 1,200 learners were"
                + " with it: whom Onefile has there now is not known. The command leavers writes"
                + " them as a file to fill in; or restore the account")
        .containsEntry(
            new Alarm.Key(AlarmCode.ASSIGNEE_LEFT, "5002"),
            "account 5002 is no longer listed by Onefile, and 1 assignment of 1 learner was with"
                + " it: whom Onefile has there now is not known. The command leavers writes them"
                + " as a file to fill in; or restore the account");
  }

  @Test
  void nobodyIsNoAlarm() {
    AlarmScan scan = new AlarmScan();
    new LeaverTrouble(List::of).check(scan);
    assertThat(scan.seen()).isEmpty();
  }
}
