package uk.onefileroutes.config;

import uk.onefileroutes.feed.PlanKeys;
import uk.onefileroutes.feed.PlanRules;
import uk.onefileroutes.keys.KeyTable;
import uk.onefileroutes.keys.Keys;

/** All keys of {@code application.properties}. */
final class ApplicationKeys {
  static final KeyTable TABLE =
      new KeyTable(
          OnefileKeys.TOPIC,
          DeliveryKeys.TOPIC,
          PlanKeys.TOPIC,
          VerifyKeys.TOPIC,
          StorageKeys.TOPIC,
          ManagementKeys.TOPIC,
          AlarmKeys.TOPIC);

  /** Those that the file of an account may have too. */
  static final KeyTable OF_ACCOUNT =
      new KeyTable(TABLE.topics().stream().filter(topic -> !topic.isOfProcess()).toList());

  private ApplicationKeys() {}

  /** What holds for feeds that don't say it themselves. */
  static PlanRules rules(Keys keys, String baseUrl) {
    return PlanKeys.read(keys, PlanRules.DEFAULT.withFirstFileHeld(OnefileAccess.isLive(baseUrl)));
  }
}
