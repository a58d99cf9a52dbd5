package uk.onefileroutes.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosedWindowTest {

  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          daily 06:55-07:35                        | daily 06:55-07:35
          '  Daily   6:55 - 07:35 '                | daily 06:55-07:35
          MON-FRI 21:00-06:00                      | MON-FRI 21:00-06:00
          mon,Tuesday , wed 21:00-06:00            | MON-WED 21:00-06:00
          SAT,SUN 00:00-24:00                      | SAT,SUN 00:00-24:00
          SAT-MON 00:00-24:00                      | SAT-MON 00:00-24:00
          THURS,fri-SAT,mon 22:00-00:00            | MON,THU-SAT 22:00-24:00
          mon-sun 01:00-02:00                      | daily 01:00-02:00
          TUE-TUE 01:00-02:00                      | TUE 01:00-02:00
          MON–FRI 21:00–06:00                      | MON-FRI 21:00-06:00
          2026-05-02 06:55-07:35                   | 2026-05-02 06:55-07:35
          2026-05-02 22:00-06:00                   | 2026-05-02 22:00-2026-05-03 06:00
          2026-05-02 22:00-2026-05-03 06:00        | 2026-05-02 22:00-2026-05-03 06:00
          2026-05-02 22:00 - 2026-05-09 24:00      | 2026-05-02 22:00-2026-05-09 24:00
          2026-05-02 00:00-24:00                   | 2026-05-02 00:00-24:00
          NEVER                                    | never
          """)
  void hoursAreReadAndWrittenInOneForm(String text, String written) {
    ClosedWindow window = ClosedWindow.parse("w", text);
    assertThat(window).hasToString("w (" + written + ")");
    assertThat(ClosedWindow.parse("w", written)).isEqualTo(window);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                | No hours are given.
          06:55-07:35                       | "06:55-07:35" is not days (or a date), one space, and hours.
          daily at 06:55                    | "daily at 06:55" is not days (or a date), one space, and hours.
          daily 06:55                       | "06:55" is not a range of hours.
          daily 06:55-07:00-07:35           | "06:55-07:00-07:35" is not a range of hours.
          daily 9pm-06:00                   | "9pm" is not a time of day from 00:00 to 24:00.
          daily 21:00-6                     | "6" is not a time of day from 00:00 to 24:00.
          daily 21:00-24:01                 | "24:01" is not a time of day from 00:00 to 24:00.
          daily 21:60-23:00                 | "21:60" is not a time of day from 00:00 to 24:00.
          daily 24:00-06:00                 | 24:00 is where a day ends; it starts at 00:00.
          daily 07:00-07:00                 | "07:00-07:00" starts when it ends. The whole day is written 00:00-24:00.
          daily 00:00-00:00                 | "00:00-00:00" starts when it ends. The whole day is written 00:00-24:00.
          weekdays 07:00-08:00              | "weekdays" is not a day. Days are MON TUE WED THU FRI SAT SUN, as a range or with commas, or daily.
          MO-FR 07:00-08:00                 | "MO" is not a day. Days are MON TUE WED THU FRI SAT SUN, as a range or with commas, or daily.
          MON-TUE-WED 07:00-08:00           | "MON-TUE-WED" is not a day. Days are MON TUE WED THU FRI SAT SUN, as a range or with commas, or daily.
          MON, 07:00-08:00                  | "MON, 07:00-08:00" is not days (or a date), one space, and hours.
          2026-02-30 07:00-08:00            | "2026-02-30" is not a date written year-month-day.
          02/05/2026 07:00-08:00            | "02/05/2026" is not a date written year-month-day.
          2026-05-02 07:00-2026-05-02 07:00 | The end, 2026-05-02 07:00, is not after the start, 2026-05-02 07:00.
          2026-05-02 07:00-2026-05-01 08:00 | The end, 2026-05-01 08:00, is not after the start, 2026-05-02 07:00.
          """)
  void whatIsWrongIsSaidWithARightExample(String text, String sentence) {
    assertThatThrownBy(() -> ClosedWindow.parse("w", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(sentence + " Right would be, for example: ")
        .satisfies(
            wrong -> {
              String message = String.valueOf(wrong.getMessage());
              String example = message.substring(message.lastIndexOf(": ") + 2);
              assertThat(ClosedWindow.parse("w", example)).hasToString("w (" + example + ")");
            });
  }

  @Test
  void neverIsClosedAtNoTime() {
    ClosedWindow window = ClosedWindow.parse("w", "never");
    Instant now = Instant.parse("2026-05-02T06:00:00Z");
    assertThat(window.hours().pieceAt(LONDON, now)).isEmpty();
    assertThat(window.hours().nextEdge(LONDON, now)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // the clocks go forward on 29 March 2026: 01:00 to 02:00 is skipped
    "daily 01:15-01:45, 2026-03-29, '', ''",
    "daily 00:30-01:30, 2026-03-29, 2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z",
    "daily 01:30-03:00, 2026-03-29, 2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z",
    "daily 00:30-02:30, 2026-03-29, 2026-03-29T00:30:00Z, 2026-03-29T01:30:00Z",
    "SUN 00:00-24:00, 2026-03-29, 2026-03-29T00:00:00Z, 2026-03-29T23:00:00Z",
    "SAT 23:00-06:00, 2026-03-28, 2026-03-28T23:00:00Z, 2026-03-29T05:00:00Z",
    // they go back on 25 October 2026: 01:00 to 02:00 comes twice
    "daily 01:15-01:45, 2026-10-25, 2026-10-25T00:15:00Z, 2026-10-25T01:45:00Z",
    "daily 00:30-01:00, 2026-10-25, 2026-10-24T23:30:00Z, 2026-10-25T00:00:00Z",
    "daily 01:00-02:00, 2026-10-25, 2026-10-25T00:00:00Z, 2026-10-25T02:00:00Z",
    "daily 02:00-03:00, 2026-10-25, 2026-10-25T02:00:00Z, 2026-10-25T03:00:00Z",
    "SUN 00:00-24:00, 2026-10-25, 2026-10-24T23:00:00Z, 2026-10-26T00:00:00Z",
    "2026-10-25 01:15-01:45, 2026-10-25, 2026-10-25T00:15:00Z, 2026-10-25T01:45:00Z",
  })
  void onDaysWhenClocksChangeHoursLastWhileLocalClocksShowThem(
      String text, String day, String start, String end) {
    Hours hours = ClosedWindow.parse("w", text).hours();
    Instant noon = Instant.parse(day + "T12:00:00Z");
    var starts =
        hours.pieces(LONDON, noon, noon).stream()
            .filter(piece -> piece.start().atZone(LONDON).toLocalDate().toString().equals(day));
    if (start.isEmpty()) {
      assertThat(starts).isEmpty();
    } else {
      assertThat(starts).containsExactly(new Interval(Instant.parse(start), Instant.parse(end)));
    }
  }
}
