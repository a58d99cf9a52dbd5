package uk.onefileroutes.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.Trust;

class ExpectedTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  private final List<String> faults = new ArrayList<>();

  @Test
  void theLastDeadlineIsThatOfTheLastDayWithItsGrace() {
    Expected expected = read("MON-FRI", "06:30", "30m");

    // Friday 20 to Monday 23 November 2026
    assertThat(deadline(expected, "2026-11-20T06:59:59Z")).isEqualTo("2026-11-19T07:00:00Z");
    assertThat(deadline(expected, "2026-11-20T07:00:00Z")).isEqualTo("2026-11-20T07:00:00Z");
    assertThat(deadline(expected, "2026-11-23T06:59:59Z")).isEqualTo("2026-11-20T07:00:00Z");
    assertThat(deadline(expected, "2026-11-23T12:00:00Z")).isEqualTo("2026-11-23T07:00:00Z");
  }

  @Test
  void graceMayReachIntoTheNextDay() {
    Expected expected = read("FRI", "23:30", "2h");

    assertThat(deadline(expected, "2026-11-21T01:29:59Z")).isEqualTo("2026-11-14T01:30:00Z");
    assertThat(deadline(expected, "2026-11-21T01:30:00Z")).isEqualTo("2026-11-21T01:30:00Z");
  }

  @Test
  void inSummerItIsAnHourEarlierByUtc() {
    assertThat(deadline(read("daily", "06:30", "0s"), "2026-07-01T12:00:00Z"))
        .isEqualTo("2026-07-01T05:30:00Z");
  }

  @Test
  void allFaultsAreNamed() {
    Map<String, String> keys = keys();
    keys.put("expected.days", "MO-FRI");
    keys.put("expected.by", "6:30");
    keys.put("expected.grace", "13h");
    assertThat(Feed.read("inbox", keys, Trust.FOR_EVER, faults)).isEmpty();
    assertThat(faults)
        .containsExactlyInAnyOrder(
            "feeds/inbox.properties: expected.grace=13h: above the ceiling of 12h; lower it",
            "feeds/inbox.properties: expected.days=MO-FRI: \"MO\" is not a day. Days are MON TUE WED"
                + " THU FRI SAT SUN, as a range or with commas, or daily; write such as MON-FRI",
            "feeds/inbox.properties: expected.by=6:30: not a time of day; write such as 06:30");

    faults.clear();
    keys.put("expected.days", "MON-FRI");
    keys.put("expected.grace", "1h");
    keys.remove("expected.by");
    assertThat(Feed.read("inbox", keys, Trust.FOR_EVER, faults)).isEmpty();
    assertThat(faults).singleElement().asString().contains("expected.by: missing");
  }

  private Expected read(String days, String by, String grace) {
    Map<String, String> keys = keys();
    keys.put("expected.days", days);
    keys.put("expected.by", by);
    keys.put("expected.grace", grace);
    return Objects.requireNonNull(
        Feed.read("inbox", keys, Trust.FOR_EVER, faults).orElseThrow().expected());
  }

  private static Map<String, String> keys() {
    return new HashMap<>(Map.of("directory", "inbox", "results.directory", "results"));
  }

  private static String deadline(Expected expected, String now) {
    return expected.lastDeadline(Instant.parse(now), LONDON).toString();
  }
}
