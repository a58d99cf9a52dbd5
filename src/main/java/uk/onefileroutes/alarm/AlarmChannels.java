package uk.onefileroutes.alarm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /** The same of an account, which each notice names then; null: there are no accounts. */
  public AlarmChannels of(@Nullable String account) {
    return account == null ? this : new AlarmChannels(instance + "/" + account, mail, webhook);
  }
}
