package uk.onefileroutes.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlarmStatesTest {
  private final AlarmStates states = new AlarmStates();
  private Instant now = Instant.parse("2026-11-23T07:00:00Z");

  @Test
  void whatIsSeenIsRaisedOnceAndClearedOnce() {
    assertThat(sees("3 rows")).containsExactly("raised 3 rows");
    assertThat(sees("3 rows")).isEmpty();
    assertThat(seesNothing()).containsExactly("cleared 3 rows");
    assertThat(seesNothing()).isEmpty();
    assertThat(states.all()).isEmpty();
  }

  @Test
  void anotherSentenceIsShownAndNotRaisedAgain() {
    sees("3 rows");
    Instant since = now;
    after(Duration.ofMinutes(1));
    assertThat(sees("4 rows")).isEmpty();
    assertThat(states.all())
        .containsExactly(new Alarm(AlarmCode.BLOCKED_ROWS, "", since, "4 rows"));
  }

  @Test
  void eachThingHasAnAlarmOfItsOwn() {
    AlarmScan scan = new AlarmScan();
    scan.sees(AlarmCode.FILE_MISSING, "hr", "one");
    scan.sees(AlarmCode.FILE_MISSING, "payroll", "two");
    assertThat(compare(scan)).containsExactly("raised one", "raised two");
    AlarmScan later = new AlarmScan();
    later.sees(AlarmCode.FILE_MISSING, "payroll", "two");
    assertThat(compare(later)).containsExactly("cleared one");
  }

  @Test
  void whatCannotBeToldNeitherClearsNorRaises() {
    sees("3 rows");
    AlarmScan blind = new AlarmScan();
    blind.cannotTell(AlarmCode.BLOCKED_ROWS);
    assertThat(compare(blind)).isEmpty();
    AlarmScan blindForOne = new AlarmScan();
    blindForOne.cannotTell(AlarmCode.BLOCKED_ROWS, "");
    assertThat(compare(blindForOne)).isEmpty();
    assertThat(states.all()).hasSize(1);
    assertThat(seesNothing()).hasSize(1);
  }

  @Test
  void whatAnEarlierRunRaisedIsNotRaisedAgainAndIsCleared() {
    states.restore(new Alarm(AlarmCode.BLOCKED_ROWS, "", now, "3 rows"), 0);
    assertThat(sees("3 rows")).isEmpty();
    assertThat(seesNothing()).containsExactly("cleared 3 rows");
  }

  @Test
  void whatComesAndGoesIsToldLessAndLess() {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 24 * 60 * 6; i++) { // a day, every ten seconds
      told.addAll(i % 2 == 0 ? sees("flaps") : seesNothing());
      after(Duration.ofSeconds(10));
    }
    assertThat(told).as("the first comes and goes at once, then it stays").hasSize(3);

    assertThat(sees("flaps")).isEmpty();
    assertThat(seesNothing()).isEmpty();
    after(Duration.ofSeconds(119));
    assertThat(seesNothing()).as("not gone long enough").isEmpty();
    after(Duration.ofSeconds(1));
    assertThat(seesNothing()).hasSize(1);

    after(Duration.ofMinutes(5));
    assertThat(sees("flaps")).hasSize(1);
    assertThat(seesNothing()).isEmpty();
    after(Duration.ofMinutes(3));
    assertThat(seesNothing()).as("twice as long now").isEmpty();
    after(Duration.ofMinutes(1));
    assertThat(seesNothing()).hasSize(1);
  }

  @Test
  void whatComesBackAfterAnHourIsTakenAsNew() {
    sees("once");
    seesNothing();
    after(Duration.ofHours(1));
    assertThat(sees("again")).hasSize(1);
    assertThat(seesNothing()).hasSize(1);
  }

  @Test
  void aClockThatIsPutBackHoldsNoAlarmForLonger() {
    sees("one");
    seesNothing();
    sees("two");
    seesNothing(); // gone since now
    now = now.minus(Duration.ofHours(3));
    assertThat(seesNothing()).isEmpty();
    after(Duration.ofMinutes(2));
    assertThat(seesNothing()).hasSize(1);
  }

  @Test
  void nothingInAMessageEndsItsLine() {
    AlarmScan scan = new AlarmScan();
    scan.sees(AlarmCode.DISK, "a\r\nBcc: b", "first\r\nSubject: x\u2028second\u0085third\tend");
    assertThat(scan.seen())
        .containsExactly(
            Map.entry(
                new Alarm.Key(AlarmCode.DISK, "a Bcc: b"), "first Subject: x second third end"));
  }

  private List<String> sees(String message) {
    AlarmScan scan = new AlarmScan();
    scan.sees(AlarmCode.BLOCKED_ROWS, message);
    return compare(scan);
  }

  private List<String> seesNothing() {
    return compare(new AlarmScan());
  }

  private List<String> compare(AlarmScan scan) {
    return states.compare(scan, now).stream()
        .map(
            change ->
                (change instanceof AlarmStates.Change.Raised ? "raised " : "cleared ")
                    + change.alarm().message())
        .toList();
  }

  private void after(Duration time) {
    now = now.plus(time);
  }
}
