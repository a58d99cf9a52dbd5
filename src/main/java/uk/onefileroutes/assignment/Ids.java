package uk.onefileroutes.assignment;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.shown.Shown;

/** Onefile's ids as text: what is one, what isn't, and what probably happened to it. */
public final class Ids {
  private static final int UNIT_MAX_LENGTH = 64;
  private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9_./-]+");
  private static final Pattern SCIENTIFIC = Pattern.compile("[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]+[.,][0-9]+");
  private static final Pattern LEADING_ZERO = Pattern.compile("0[0-9]+");
  private static final Pattern DATE =
      Pattern.compile(
          "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}([ T][0-9]{1,2}:[0-9]{2}(:[0-9.]+)?)?");
  private static final Pattern TIME = Pattern.compile("[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?");

  /** Excel keeps 15 digits and makes zeros of the others. */
  private static final Pattern CUT = Pattern.compile("[1-9][0-9]{14}0+");

  private static final Pattern ERROR =
      Pattern.compile("#(N/A|REF!|VALUE!|NAME\\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)");

  private Ids() {}

  /**
   * The id, or null: a positive whole number up to 2147483647 without sign, leading zero or
   * exponent.
   */
  public static @Nullable Long parse(String text) {
    int length = text.length();
    if (length == 0 || length > 10 || text.charAt(0) == '0') {
      return null;
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') { // not Character.isDigit: that takes other scripts' digits
        return null;
      }
      value = value * 10 + (c - '0');
    }
    return value <= Integer.MAX_VALUE ? value : null;
  }

  /** Whether it can be the id of a unit. */
  public static boolean isUnit(String text) {
    return !isTooLongForUnit(text) && UNIT.matcher(text).matches();
  }

  static boolean isTooLongForUnit(String text) {
    return text.length() > UNIT_MAX_LENGTH;
  }

  /** Why a text is no id, as the end of a sentence that begins with the column and the text. */
  static String complaint(String text) {
    return unseen(text).orElseGet(() -> form(text));
  }

  /** That there is a character in a value that nobody sees; the end of a sentence too. */
  static Optional<String> unseen(String text) {
    return Shown.unseenWithin(text)
        .map(character -> "has an invisible character, " + character + "; remove it");
  }

  private static String form(String text) {
    if (SCIENTIFIC.matcher(text).matches()) {
      return "is a number as Excel rounds it; format the column as text and export again";
    }
    if (DATE.matcher(text).matches()) {
      return "is a date; format the column as text and export again";
    }
    if (TIME.matcher(text).matches()) {
      return "is a time; format the column as text and export again";
    }
    if (ERROR.matcher(text).matches()) {
      return "is an error of Excel's; fix the formula, or put the value there";
    }
    if (CUT.matcher(text).matches()) {
      return "has more digits than Excel keeps, the last became zeros; format the column as text and"
          + " export again";
    }
    if (DECIMAL.matcher(text).matches()) {
      return "has decimals; export whole numbers";
    }
    if (LEADING_ZERO.matcher(text).matches()) {
      return "has a leading zero; Onefile's ids have none";
    }
    return "is not an id; ids are whole numbers from 1 to 2147483647";
  }
}
