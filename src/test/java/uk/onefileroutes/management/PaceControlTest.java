package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.ledger.AuditLog;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.LedgerLogin;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.pace.Timetable;

class PaceControlTest {
  @TempDir private static Path folder;
  private static Ledger ledger;

  private final Pace pace =
      new Pace(
          new Timetable(
              ZoneId.of("Europe/London"),
              new Rate(240),
              List.of(),
              List.of(),
              Timetable.DEFAULT_CLOSE_LEAD),
          PaceTime.system());
  private final PaceControl control =
      new PaceControl(
          pace,
          new Rate(300),
          timetable -> {},
          new AuditTrail(new AuditLog(ledger), InstantSource.system()));

  @BeforeAll
  static void open() {
    ledger = Ledger.open(LedgerLogin.embedded(folder), "onefile");
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  @Test
  void onefilesLimitCanBeReachedButNotPassed() {
    control.setPace("300");
    assertThat(pace.now().speed().rate()).isEqualTo(new Rate(300));

    for (String tooFast : List.of("301", "unlimited")) {
      assertThatThrownBy(() -> control.setPace(tooFast))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(tooFast + " is above Onefile's documented 300 calls a minute.");
      assertThatThrownBy(() -> control.setPlan("x", "daily 08:00-09:00 at " + tooFast))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(pace.now().speed().rate()).isEqualTo(new Rate(300));
    assertThat(pace.timetable().plan()).isEmpty();
  }
}
