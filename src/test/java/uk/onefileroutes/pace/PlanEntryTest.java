package uk.onefileroutes.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanEntryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MON-FRI 08:00-18:00 at 120                | MON-FRI 08:00-18:00 at 120
          daily 22:00-06:00 at 240                  | daily 22:00-06:00 at 240
          SAT,SUN 00:00-24:00 AT 60                 | SAT,SUN 00:00-24:00 at 60
          sat 00:00-24:00   at   Unlimited          | SAT 00:00-24:00 at unlimited
          SAT-MON 00:00-12:00 at 0                  | SAT-MON 00:00-12:00 at 0
          2026-05-02 22:00-2026-05-03 06:00 at 1    | 2026-05-02 22:00-2026-05-03 06:00 at 1
          never                                     | never
          """)
  void hoursAndRateAreReadAndWrittenInOneForm(String text, String written) {
    PlanEntry entry = PlanEntry.parse("p", text);
    assertThat(entry).hasToString("p (" + written + ")");
    assertThat(PlanEntry.parse("p", written)).isEqualTo(entry);
  }

  @Test
  void thePartsAreThoseWritten() {
    PlanEntry entry = PlanEntry.parse("day", "MON-FRI 08:00-18:00 at 120");
    assertThat(entry.name()).isEqualTo("day");
    assertThat(entry.rate()).isEqualTo(new Rate(120));
    assertThat(entry.hours()).isEqualTo(Hours.parse("MON-FRI 08:00-18:00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MON-FRI 08:00-18:00", "MON-FRI 08:00-18:00 120", "at 120", "SAT at"})
  void hoursWithoutARateAreRefused(String text) {
    assertThatThrownBy(() -> PlanEntry.parse("p", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"%s\" does not say hours, the word \"at\" and a rate. Right would be, for example:"
                + " MON-FRI 08:00-18:00 at 120",
            text);
  }

  @Test
  void faultsInHoursAndRateAreToldApart() {
    assertThatThrownBy(() -> PlanEntry.parse("p", "daily 8-18 at 120"))
        .hasMessageStartingWith("\"8\" is not a time of day");
    assertThatThrownBy(() -> PlanEntry.parse("p", "daily 08:00-18:00 at 120 calls"))
        .hasMessageStartingWith("\"120 calls\" is not a number of calls per minute");
    assertThatThrownBy(() -> PlanEntry.parse("p", "daily 08:00-08:00 at 120"))
        .hasMessageContaining("The whole day is written 00:00-24:00");
  }
}
