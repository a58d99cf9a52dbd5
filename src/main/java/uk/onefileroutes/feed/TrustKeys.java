package uk.onefileroutes.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.ledger.Trust;

/** Reads the keys {@code plan.resend} and {@code plan.trust-days}, of a feed or for all feeds. */
public final class TrustKeys {
  public static final String RESEND = "plan.resend";

  public static final String TRUST_DAYS = "plan.trust-days";

  private static final String CHANGES = "changes";
  private static final String ALWAYS = "always";

  private TrustKeys() {}

  /**
   * What the keys say.
   *
   * @param usual what holds where a key is missing
   */
  public static Trust read(Keys keys, Trust usual) {
    Map<String, Boolean> words = new LinkedHashMap<>();
    words.put(CHANGES, false);
    words.put(ALWAYS, true);
    boolean isNever = keys.oneOf(RESEND, words, usual.isNever() ? ALWAYS : CHANGES);
    return new Trust(isNever, (int) keys.number(TRUST_DAYS, usual.days(), 0, Trust.MOST_DAYS));
  }
}
