package uk.onefileroutes.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.onefileroutes.delivery.RetrySchedule;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.Key.Group;
import uk.onefileroutes.keys.KeyTable.Topic;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Type;
import uk.onefileroutes.pace.ClosedWindow;
import uk.onefileroutes.pace.PlanEntry;
import uk.onefileroutes.pace.Rate;
import uk.onefileroutes.pace.Timetable;

/** The keys of pace, plan, closed windows and retries, and of when senders get an answer. */
final class DeliveryKeys {
  static final Topic TOPIC = new Topic("delivery");

  static final Key<Rate> CALLS_PER_MINUTE =
      TOPIC.add(
          Key.of(
                  "delivery.calls-per-minute",
                  Type.text(Rate::parse)
                      .described(
                          Type.Kind.NUMBER, new Type.Range("0", "" + Rate.HIGHEST), "unlimited"))
              .orElse("240")
              .in(Group.COMMON)
              .means(
                  "How many calls leave each minute at most, logins included; evenly spread, never caught up. Other integrations on the same Onefile account share Onefile's limit: leave them their part. 0 admits nobody; unlimited is for the simulator. For hosts under onefile.co.uk the ceiling is 300, Onefile's documented limit.")
              .raised(
                  "Files are done sooner, and sooner or later Onefile answers 429, which pauses everything."));

  static final Key<PlanEntry> PLAN =
      TOPIC.add(
          Key.family("delivery.plan.", "name", Type.text(text -> PlanEntry.parse("", text)))
              .example("office-hours=MON-FRI 08:00-18:00 at 120")
              .in(Group.COMMON)
              .means(
                  "Other rates by time of day; any name, as many as you like; none by default. Where several hold, the lowest rate wins. Floor and ceiling as for delivery.calls-per-minute. Hours are written as for delivery.closed. The value never switches an entry off."));

  static final Key<ClosedWindow> CLOSED =
      TOPIC.add(
          Key.family("delivery.closed.", "name", Type.text(text -> ClosedWindow.parse("", text)))
              .orElse("daily-release=daily 06:55-07:35")
              .example("march-upgrade=2026-03-31 06:55-07:35\nmay-upgrade=2026-05-02 06:55-07:35")
              .in(Group.COMMON)
              .means(
                  "When no call leaves at all; any name, as many as you like. daily-release is there by default, because Onefile's downtimes are nearly always 07:00-07:30. Further forms: MON-FRI 21:00-06:00 (into the next morning), SAT,SUN 00:00-24:00, 2026-12-24 12:00-2026-12-28 06:00, never (which switches a window off). Onefile announces other downtimes by a banner; the lines with a date are examples for two: 07:00-07:30 with five minutes to each side. What is past does no harm.")
              .raised("Longer windows: later results."));

  static final Key<ZoneId> ZONE =
      TOPIC.add(
          Key.of("delivery.zone", Type.zone())
              .orElse("Europe/London")
              .in(Group.COMMON)
              .means(
                  "Whose clocks these hours are on. Also used for the stamps in file names and the months of the archive."));

  static final Key<Duration> CUT_OFF =
      TOPIC.add(
          Key.of("report.cut-off", Type.duration("1s", "30d"))
              .orElse("24h")
              .in(Group.COMMON)
              .means(
                  "When a file gets its results although assignments are still open; a complete set follows when the last one is final. Counted from the acceptance of the file; in a closed window it waits for the end.")
              .raised("Senders wait longer for a first answer about a file that is stuck."));

  static final Key<Duration> TRY_AGAIN =
      TOPIC.add(
          Key.of("report.try-again", Type.duration("100ms", "1d"))
              .orElse("30s")
              .in(Group.COMMON)
              .means(
                  "When an answer that could not be written is tried again, because a folder or a server refused it or was away.")
              .raised("Results come later once the folder or server works again."));

  static final Key<Integer> CONCURRENCY =
      TOPIC.add(
          Key.of("delivery.concurrency", Type.number(1, 64))
              .orElse("8")
              .means(
                  "How many calls may be on their way at once, each for another learner. It never sends more than delivery.calls-per-minute.")
              .raised("A slow Onefile slows the pace less, and kill -9 may lose as many answers."));

  static final Key<Duration> CLOSE_LEAD =
      TOPIC.add(
          Key.of("delivery.close-lead", Type.duration("0s", "1h"))
              .orElse("20s")
              .means(
                  "How long before a closed window the last call leaves, so that it is answered before the window.")
              .raised("Windows are longer in effect."));

  static final Key<Boolean> BLOCK_UNCERTAIN =
      TOPIC.add(
          Key.of("delivery.uncertain-additional", Type.words("repeat", false, "block", true))
              .orElse("repeat")
              .means(
                  "What happens to an additional assignment (level 1) whose answer was lost: repeat it, or block it for a person to look in Onefile. Nobody documents what repeating one does. Defaults and levels 3 and 2 are always repeated: they replace."));

  static final Key<Integer> ATTEMPTS =
      TOPIC.add(
          Key.of("delivery.retry.attempts", Type.number(1, 50))
              .orElse("6")
              .means("How often a request is tried before it is blocked.")
              .raised(
                  "A request that Onefile can't digest costs more calls, and its learner's queue waits longer."));

  static final Key<Duration> RETRY_FIRST =
      TOPIC.add(
          Key.of("delivery.retry.first", Type.duration("10ms", "1d"))
              .orElse("2s")
              .means(
                  "The wait after the first failure, doubled after each further one; jitter adds up to a quarter.")
              .raised("Slower recovery."));

  static final Key<Duration> RETRY_LONGEST =
      TOPIC.add(
          Key.of("delivery.retry.longest", Type.duration("10ms", "1d"))
              .orElse("15m")
              .means("Where doubling ends.")
              .raised("Slower recovery."));

  static final Key<Duration> RETRY_WITHIN =
      TOPIC.add(
          Key.of("delivery.retry.within", Type.duration("1s", "30d"))
              .orElse("24h")
              .means(
                  "After this long since its first failure a request that fails again is blocked, however few attempts were made.")
              .raised("Results of a file with a stuck assignment come later."));

  static final Key<Duration> OUTAGE_PAUSE =
      TOPIC.add(
          Key.of("delivery.outage.pause", Type.duration("100ms", "1d"))
              .orElse("30s")
              .means(
                  "The first pause of an outage, and after a login that Onefile refused; doubled each time a probe fails, up to 15m.")
              .raised("Fewer calls against a dead Onefile, a later return."));

  private DeliveryKeys() {}

  /**
   * How it is sent.
   *
   * @param baseUrl whose limit the pace must keep
   */
  static Configuration.Delivery delivery(Keys keys, String baseUrl) {
    return new Configuration.Delivery(
        timetable(keys, baseUrl),
        keys.get(CONCURRENCY),
        new RetrySchedule(
            keys.get(ATTEMPTS),
            keys.get(RETRY_FIRST),
            keys.get(RETRY_LONGEST),
            keys.get(RETRY_WITHIN)),
        new Configuration.AnswerRules(
            keys.get(BLOCK_UNCERTAIN),
            keys.get(OnefileKeys.RENEW_ON),
            OnefileKeys.alreadyAssigned(keys)),
        keys.get(OUTAGE_PAUSE),
        keys.get(OnefileKeys.CHECK_AIMS));
  }

  static Configuration.Report report(Keys keys) {
    return new Configuration.Report(keys.get(CUT_OFF), keys.get(TRY_AGAIN));
  }

  private static Timetable timetable(Keys keys, String baseUrl) {
    Rate highest = OnefileAccess.highestRateOf(baseUrl);
    Rate base = keys.get(CALLS_PER_MINUTE);
    refuseTooFast(keys, CALLS_PER_MINUTE, CALLS_PER_MINUTE.name(), base, highest);
    List<PlanEntry> plan = new ArrayList<>();
    keys.family(PLAN)
        .forEach(
            (name, entry) -> {
              refuseTooFast(keys, PLAN, PLAN.name() + name, entry.rate(), highest);
              plan.add(new PlanEntry(name, entry.hours(), entry.rate()));
            });
    Map<String, ClosedWindow> closed = new TreeMap<>();
    String[] always = String.valueOf(CLOSED.defaultValue()).split("=", 2);
    closed.put(always[0], ClosedWindow.parse("", always[1]));
    closed.putAll(keys.family(CLOSED));
    List<ClosedWindow> windows =
        closed.entrySet().stream()
            .map(window -> new ClosedWindow(window.getKey(), window.getValue().hours()))
            .toList();
    return new Timetable(keys.get(ZONE), base, plan, windows, keys.get(CLOSE_LEAD));
  }

  private static void refuseTooFast(Keys keys, Key<?> key, String name, Rate rate, Rate highest) {
    if (rate.compareTo(highest) > 0) {
      keys.refuse(
          key, name, "above Onefile's documented " + highest + " calls a minute", "lower it");
    }
  }
}
