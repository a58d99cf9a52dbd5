package uk.onefileroutes.config;

import java.text.ParseException;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.quartz.CronExpression;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.KeyTable.Topic;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Type;
import uk.onefileroutes.verification.OnDrift;
import uk.onefileroutes.verification.Verification;

/** The keys of the comparison with Onefile by the timetable. */
final class VerifyKeys {
  static final Topic TOPIC = new Topic("comparing the ledger with Onefile by itself");

  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

  static final Key<Optional<String>> AT =
      TOPIC.add(
          Key.of("verify.at", Type.text(VerifyKeys::at))
              .orElse("never")
              .means(
                  "When all defaults, learning aims and unit summaries are read back from Onefile and compared with the ledger, on the clocks of delivery.zone: a time of day, a Quartz cron expression such as 0 0 21 ? * SUN, or never. Up to three calls for each learner, more where lists are long, behind all requests; it waits in closed windows and is left out while another comparison runs."));

  static final Key<OnDrift> ON_DRIFT =
      TOPIC.add(
          Key.of("verify.on-drift", Type.words(OnDrift.values()))
              .orElse("report")
              .means(
                  "What verify.at does about what is not as the ledger says: report (the alarm DRIFT), forget (the next file sends what it asks for, over a change by hand), or keep (a change by hand stays until a file asks for somebody else than before; until then such rows are unchanged with the code KEPT_BY_HAND). plan.resend=always sends over what is kept."));

  private VerifyKeys() {}

  static Verification.Schedule schedule(Keys keys) {
    return new Verification.Schedule(keys.get(AT), keys.get(ON_DRIFT));
  }

  private static Optional<String> at(String text) {
    if (text.equals("never")) {
      return Optional.empty();
    }
    if (TIME.matcher(text).matches()) {
      LocalTime time = LocalTime.parse(text);
      return Optional.of("0 %d %d * * ?".formatted(time.getMinute(), time.getHour()));
    }
    try {
      return Optional.of(new CronExpression(text).getCronExpression());
    } catch (ParseException | RuntimeException e) {
      throw new IllegalArgumentException(
          "neither a time of day nor a Quartz cron expression; write such as 21:00 or 0 0 21 ? * SUN",
          e);
    }
  }
}
