package uk.onefileroutes.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.verification.OnDrift;
import uk.onefileroutes.verification.Verification.Schedule;

class VerifyKeysTest {
  private final List<String> faults = new ArrayList<>();

  @Test
  void nothingIsComparedByDefault() {
    assertThat(read(Map.of())).isEqualTo(new Schedule(Optional.empty(), OnDrift.REPORT));
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"21:05,0 5 21 * * ?", "00:00,0 0 0 * * ?", "0 0 21 ? * SUN,0 0 21 ? * SUN"})
  void aTimeOfDayOrWhatQuartzReads(String written, String cron) {
    assertThat(read(Map.of("verify.at", written, "verify.on-drift", "keep")))
        .isEqualTo(new Schedule(Optional.of(cron), OnDrift.KEEP));
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"24:00", "9:00", "daily", "0 0 21 * * SUN", "* * * *"})
  void anythingElseIsRefused(String written) {
    read(Map.of("verify.at", written));
    assertThat(faults)
        .singleElement()
        .asString()
        .startsWith("application.properties: verify.at=" + written)
        .contains("neither a time of day nor a Quartz cron expression");
  }

  private Schedule read(Map<String, String> keys) {
    return VerifyKeys.schedule(new Keys("application.properties", keys, faults));
  }
}
