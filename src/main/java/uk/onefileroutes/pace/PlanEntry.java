package uk.onefileroutes.pace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours with a rate of their own.
 *
 * @param name what the configuration calls it
 * @param hours when it holds
 * @param rate how fast it goes then; 0 admits nobody
 */
public record PlanEntry(String name, Hours hours, Rate rate) {

  private static final Pattern AT = Pattern.compile("(.+)\\sat\\s+(.+)", Pattern.CASE_INSENSITIVE);

  /**
   * Reads hours as {@link Hours#parse} does, followed by {@code at} and a rate as {@link
   * Rate#parse} does: {@code MON-FRI 08:00-18:00 at 120}. The single word {@code never} switches
   * the entry off.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong and a right example;
   *     it does not repeat the name
   */
  public static PlanEntry parse(String name, String text) {
    if (text.strip().equalsIgnoreCase("never")) {
      return new PlanEntry(name, new Hours.Never(), Rate.NONE);
    }
    Matcher parts = AT.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" does not say hours, the word \"at\" and a rate. Right would be, for example: MON-FRI 08:00-18:00 at 120"
              .formatted(text.strip()));
    }
    return new PlanEntry(name, Hours.parse(parts.group(1)), Rate.parse(parts.group(2)));
  }

  /** Name, hours and rate, for people: {@code day (MON-FRI 08:00-18:00 at 120)}. */
  @Override
  public String toString() {
    return name + " (" + hours + (hours instanceof Hours.Never ? "" : " at " + rate) + ")";
  }
}
