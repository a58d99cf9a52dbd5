package uk.onefileroutes.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A day is read where it can mean one day only. */
class WrittenDatesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-09-01",
        "2026-09-01T00:00",
        "2026-09-01 00:00:00",
        "2026-09-01T00:00:00.000Z"
      })
  void aDayIsRead(String text) {
    assertThat(WrittenDates.parse(text)).isEqualTo(LocalDate.of(2026, 9, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "01/09/2026", "2026-9-1", "2026-02-30", "2026-09-01x", "46266", "tomorrow"})
  void anythingElseIsNot(String text) {
    assertThat(WrittenDates.parse(text)).isNull();
  }
}
