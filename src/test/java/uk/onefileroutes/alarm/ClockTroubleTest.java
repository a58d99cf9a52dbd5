package uk.onefileroutes.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.junit.jupiter.api.Test;

class ClockTroubleTest {
  private Instant now = Instant.parse("2026-11-23T07:00:00Z");
  private final ClockTrouble clock = new ClockTrouble(Duration.ofMinutes(2), () -> now);

  @Test
  void aJumpIsSaidAndOverWhenOnefilesClockAgrees() {
    clock.jumped(Duration.ofHours(1), now);
    clock.heard(now);
    assertThat(check())
        .as("said, however soon it is over")
        .containsExactly(
            "the clock of this machine was put forward by 3600 s, to 2026-11-23T07:00:00Z. Windows"
                + " and plan go by it from now on; is it right?");
    assertThat(check()).hasSize(1);
    clock.heard(now.minusSeconds(90));
    assertThat(check()).isEmpty();
  }

  @Test
  void aJumpIsOverAfterAnHourWithoutAnother() {
    clock.jumped(Duration.ofMinutes(-10), now);
    assertThat(check()).singleElement().asString().contains("put back by 600 s");
    now = now.plusSeconds(3599);
    assertThat(check()).hasSize(1);
    now = now.plusSeconds(1);
    assertThat(check()).isEmpty();
  }

  @Test
  void aClockFarFromOnefilesIsSaidFromTheThirdAnswerOn() {
    clock.heard(now.plusSeconds(121));
    clock.heard(now.plusSeconds(121));
    assertThat(check()).isEmpty();
    clock.heard(now.plusSeconds(300));
    assertThat(check())
        .singleElement()
        .asString()
        .startsWith("the clock of this machine is 300 s behind that of Onefile");
    clock.heard(now.minusSeconds(120));
    assertThat(check()).isEmpty();
  }

  @Test
  void beforeAnyAnswerItCannotBeTold() {
    AlarmScan scan = new AlarmScan();
    clock.check(scan);
    assertThat(scan.isTold(new Alarm.Key(AlarmCode.CLOCK, ""))).isFalse();
  }

  private Collection<String> check() {
    AlarmScan scan = new AlarmScan();
    clock.check(scan);
    assertThat(scan.isTold(new Alarm.Key(AlarmCode.CLOCK, ""))).isTrue();
    return scan.seen().values();
  }
}
