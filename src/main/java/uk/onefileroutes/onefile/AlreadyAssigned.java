package uk.onefileroutes.onefile;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which of Onefile's errors mean that the assignment exists already and count as sent. Nobody
 * documents what repeating a level 1 assignment answers, so this is a setting and empty by default.
 *
 * @param codes Onefile's error codes
 * @param pattern found in the message; null for none
 */
public record AlreadyAssigned(Set<Integer> codes, @Nullable Pattern pattern) {
  /** No error means that. */
  public static final AlreadyAssigned NEVER = new AlreadyAssigned(Set.of(), null);

  boolean matches(@Nullable Integer code, String message) {
    return (code != null && codes.contains(code))
        || (pattern != null && pattern.matcher(message).find());
  }
}
