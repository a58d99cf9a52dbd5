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
  private static final Pattern COMMA = Pattern.compile("[0-9]+(,[0-9]+)+");
  private static final Pattern SEVERAL = Pattern.compile("[0-9]+(\\s*[;/|&+,]\\s*[0-9]+)+");
  private static final Pattern SPACED = Pattern.compile("[0-9]+( +[0-9]+)+");
  private static final Pattern SIGNED = Pattern.compile("[+-] ?[0-9]+");
  private static final Pattern LEADING_ZERO = Pattern.compile("0[0-9]+");
  private static final Pattern DATE =
      Pattern.compile(
          "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}([ T][0-9]{1,2}:[0-9]{2}(:[0-9.]+)?)?Z?");

  // of a unit, whose id may have digits and signs of its own: 02/05/2026, 2026-05-02
  private static final Pattern STRICT_DATE =
      Pattern.compile(
          "(0?[1-9]|[12][0-9]|3[01])([-/])(0?[1-9]|[12][0-9]|3[01])\\2([0-9]{2}|[12][0-9]{3})"
              + "|(0?[1-9]|[12][0-9]|3[01])\\.(0?[1-9]|[12][0-9]|3[01])\\.[12][0-9]{3}"
              + "|[12][0-9]{3}([-/.])(0?[1-9]|1[0-2])\\7(0?[1-9]|[12][0-9]|3[01])");

  // as Excel writes what it takes for one: 02-May, May-26, 2-May-2026
  private static final Pattern DATE_IN_WORDS =
      Pattern.compile(
          "([0-9]{1,2}[- /.]%1$s([- /.]([0-9]{2}|[0-9]{4}))?|%1$s[- /.]([0-9]{2}|[0-9]{4}))"
              .formatted(
                  "(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?"
                      + "|oct(ober)?|nov(ember)?|dec(ember)?)"),
          Pattern.CASE_INSENSITIVE);
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

  /** Why a text is no id of a unit, as {@link #complaint}; empty where it may be one. */
  static Optional<String> unitComplaint(String text) {
    if (STRICT_DATE.matcher(text).matches() || DECIMAL.matcher(text).matches()) {
      return Optional.of(complaint(text));
    }
    if (isUnit(text) && !DATE_IN_WORDS.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        unseen(text)
            .or(() -> changed(text))
            .orElse("may only have letters, digits and the characters _ . / and -"));
  }

  private static String form(String text) {
    return changed(text)
        .orElseGet(
            () -> {
              if (WrittenIds.isAmbiguous(text)) {
                String whole = text.substring(0, text.length() - 4);
                return "may be %s000 or %s; write it without a comma or point"
                    .formatted(whole, whole);
              }
              if (SIGNED.matcher(text).matches()) {
                return "has a sign; Onefile's ids have none";
              }
              if (SPACED.matcher(text).matches()) {
                return "has a space within; write one id, without spaces";
              }
              if (COMMA.matcher(text).matches() || SEVERAL.matcher(text).matches()) {
                return "may be several ids, or one with decimals; write one whole number";
              }
              if (DECIMAL.matcher(text).matches()) {
                return "has decimals; export whole numbers";
              }
              if (LEADING_ZERO.matcher(text).matches()) {
                return "has a leading zero; Onefile's ids have none";
              }
              return "is not an id; ids are whole numbers from 1 to 2147483647";
            });
  }

  /** What a spreadsheet made of a value. */
  private static Optional<String> changed(String text) {
    if (SCIENTIFIC.matcher(text).matches()) {
      return Optional.of(
          "is a number as Excel rounds it; format the column as text and export again");
    }
    if (DATE.matcher(text).matches() || DATE_IN_WORDS.matcher(text).matches()) {
      return Optional.of("is a date; format the column as text and export again");
    }
    if (TIME.matcher(text).matches()) {
      return Optional.of("is a time; format the column as text and export again");
    }
    if (ERROR.matcher(text).matches()) {
      return Optional.of("is an error of Excel's; fix the formula, or put the value there");
    }
    if (CUT.matcher(text).matches()) {
      return Optional.of(
          "has more digits than Excel keeps, the last became zeros; format the column as text and"
              + " export again");
    }
    return Optional.empty();
  }
}
