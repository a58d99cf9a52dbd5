package uk.onefileroutes.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.stage.Stage;

/** When what a stage fails at becomes an alarm, and which. */
class StageTroubleTest {
  private Instant now = Instant.parse("2026-06-18T12:00:00Z");
  private boolean isDiskAtFault;
  private final Stage intake = new Stage(Stage.Name.INTAKE, () -> now);
  private final Stage planning = new Stage(Stage.Name.PLANNING, () -> now);
  private final Stage results = new Stage(Stage.Name.RESULTS, () -> now);
  private final StageTrouble source =
      new StageTrouble(List.of(intake, planning, results), () -> isDiskAtFault, () -> now);

  @Test
  void whatFailsOnceOrForAMomentIsNoAlarm() {
    intake.failed("feed a", new IOException("no room"));
    pass(Duration.ofMinutes(5));
    assertThat(seen()).as("it was not tried again").isEmpty();
    intake.succeeded("feed a");
    intake.failed("feed a", new IOException("no room"));
    intake.failed("feed a", new IOException("no room"));
    pass(Duration.ofSeconds(19));
    assertThat(seen()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(seen())
        .containsExactly(
            "INTAKE feed a: files can't be accepted (feed a): no room. Tried again until it works");
    intake.succeeded("feed a");
    assertThat(seen()).isEmpty();
  }

  @Test
  void whatTheLedgerRefusesIsOneAlarmWhateverMetIt() {
    fail(intake, "feed a");
    fail(intake, "feed b");
    fail(planning, "");
    pass(Duration.ofMinutes(1));
    assertThat(seen())
        .singleElement()
        .asString()
        .startsWith(
            "LEDGER : files can't be accepted; accepted files can't be planned: the ledger refuses"
                + " it: it is closed. ");
  }

  /** It has said what there is to do, and what follows from it is over soon after it is. */
  @Test
  void whileTheDiskIsAtFaultItsAlarmSaysAllOfIt() {
    fail(intake, "feed a");
    isDiskAtFault = true;
    pass(Duration.ofMinutes(1));
    AlarmScan scan = check();
    assertThat(scan.seen()).isEmpty();
    assertThat(scan.isTold(new Alarm.Key(AlarmCode.LEDGER, "")))
        .as("what stands, stands")
        .isFalse();
    isDiskAtFault = false;
    pass(Duration.ofSeconds(1));
    assertThat(seen()).as("it was not tried since").isEmpty();
    fail(intake, "feed a");
    assertThat(seen()).hasSize(1);
  }

  @Test
  void aServersKeyAndLoginHaveAnAlarmOfTheirOwn() {
    for (int i = 0; i < 2; i++) {
      results.failed("feed a", Stage.Cause.SERVER_REFUSAL, "the login is refused");
      results.failed("file 7", new IOException("no room"));
    }
    pass(Duration.ofMinutes(1));
    assertThat(seen()).singleElement().asString().startsWith("RESULTS file 7: ");
  }

  private static void fail(Stage stage, String about) {
    LedgerException refused = new LedgerException("it is closed", new SQLException("it is closed"));
    stage.failed(about, new IllegalStateException(refused));
    stage.failed(about, refused);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private AlarmScan check() {
    AlarmScan scan = new AlarmScan();
    source.check(scan);
    return scan;
  }

  private List<String> seen() {
    return check().seen().entrySet().stream()
        .map(each -> each.getKey().code() + " " + each.getKey().about() + ": " + each.getValue())
        .toList();
  }
}
