package uk.onefileroutes.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.pace.ClosedWindow;
import uk.onefileroutes.pace.PlanEntry;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.pace.Timetable;

/** Reads the keys of pace, plan and closed windows. Use once, by one thread. */
final class TimetableKeys {
  static final String CLOSED = "delivery.closed.";
  static final String PLAN = "delivery.plan.";

  // Onefile's downtimes are announced by banner and nearly always 07:00-07:30 UK time.
  private static final String DAILY_RELEASE = "daily-release";
  private static final String DAILY_RELEASE_HOURS = "daily 06:55-07:35";

  private static final String USUAL_ZONE = "Europe/London";

  private final Keys keys;
  private final String baseUrl;

  /**
   * @param baseUrl whose limit the pace must keep
   */
  TimetableKeys(Keys keys, String baseUrl) {
    this.keys = keys;
    this.baseUrl = baseUrl;
  }

  /** The timetable that the keys describe; faults are added to theirs. */
  Timetable timetable() {
    Rate base = rate("delivery.calls-per-minute", "240");
    Map<String, String> closed = new HashMap<>();
    closed.put(DAILY_RELEASE, DAILY_RELEASE_HOURS);
    keys.family(CLOSED, closed::put);
    List<ClosedWindow> windows = new ArrayList<>();
    closed.forEach(
        (name, text) -> {
          try {
            windows.add(ClosedWindow.parse(name, text));
          } catch (IllegalArgumentException e) {
            keys.fault(CLOSED + name + "=" + text + ": " + e.getMessage());
          }
        });
    List<PlanEntry> plan = new ArrayList<>();
    keys.family(
        PLAN,
        (name, text) -> {
          try {
            PlanEntry entry = PlanEntry.parse(name, text);
            refuseTooFast(PLAN + name, entry.rate());
            plan.add(entry);
          } catch (IllegalArgumentException e) {
            keys.fault(PLAN + name + "=" + text + ": " + e.getMessage());
          }
        });
    Duration lead =
        keys.duration(
            "delivery.close-lead", Duration.ofSeconds(20), Duration.ZERO, Duration.ofHours(1));
    return new Timetable(zone(), base, plan, windows, lead);
  }

  private Rate rate(String key, String usual) {
    String value = keys.value(key, usual);
    keys.describe(
        new Keys.Described(
            key, Keys.Kind.NUMBER, usual, "0", "" + Rate.HIGHEST, List.of("unlimited")));
    try {
      Rate rate = Rate.parse(value);
      refuseTooFast(key, rate);
      return rate;
    } catch (IllegalArgumentException e) {
      keys.fault(key + "=" + value + ": " + e.getMessage());
      return Rate.parse(usual);
    }
  }

  private void refuseTooFast(String key, Rate rate) {
    Rate highest = Configuration.FarSide.highestRateOf(baseUrl);
    if (rate.compareTo(highest) > 0) {
      keys.fault(key, "above Onefile's documented " + highest + " calls a minute", "lower it");
    }
  }

  ZoneId zone() {
    String key = "delivery.zone";
    String value = keys.value(key, USUAL_ZONE);
    try {
      return ZoneId.of(value);
    } catch (DateTimeException e) {
      keys.fault(key, "not a time zone", "write such as " + USUAL_ZONE);
      return ZoneId.of(USUAL_ZONE);
    }
  }
}
