package uk.onefileroutes.alarm;

import java.util.Optional;

/**
 * Who is told of alarms besides the log.
 *
 * @param instance the name by which receivers tell installations apart
 * @param mail empty: off
 * @param webhook empty: off
 */
public record AlarmChannels(String instance, Optional<MailServer> mail, Optional<Webhook> webhook) {
  /** Nobody. */
  public static final AlarmChannels OFF =
      new AlarmChannels("onefile-assignment-routes", Optional.empty(), Optional.empty());
}
