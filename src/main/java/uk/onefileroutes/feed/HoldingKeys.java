package uk.onefileroutes.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import uk.onefileroutes.keys.Keys;

/**
 * Reads the keys {@code plan.hold.*} and {@code plan.all-or-nothing}, of a feed or for all feeds.
 */
public final class HoldingKeys {
  public static final String INVALID = "plan.hold.invalid-percent";

  public static final String CHANGES = "plan.hold.change-percent";

  public static final String ALL_OR_NOTHING = "plan.all-or-nothing";

  public static final String FIRST_FILE = "plan.hold.first-file";

  private HoldingKeys() {}

  /**
   * What the keys say.
   *
   * @param usual what holds where a key is missing
   */
  public static Holding read(Keys keys, Holding usual) {
    return new Holding(
        percent(keys, INVALID, usual.invalidPercent()),
        percent(keys, CHANGES, usual.changePercent()),
        isSet(keys, ALL_OR_NOTHING, usual.allOrNothing()),
        isSet(keys, FIRST_FILE, usual.firstFile()));
  }

  private static int percent(Keys keys, String key, int usual) {
    return (int) keys.numberOr("never", key, usual, 0, Holding.NEVER).orElse(Holding.NEVER);
  }

  private static boolean isSet(Keys keys, String key, boolean usual) {
    Map<String, Boolean> words = new LinkedHashMap<>();
    words.put("true", true);
    words.put("false", false);
    return keys.oneOf(key, words, Boolean.toString(usual));
  }
}
