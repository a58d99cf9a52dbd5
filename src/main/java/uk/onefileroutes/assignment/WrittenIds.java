package uk.onefileroutes.assignment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.onefileroutes.shown.Shown;

/**
 * Ids as spreadsheets, databases and scripts write them. What can mean one whole number only is
 * that number; whatever can mean two things, or none, stays as it is and is refused. Pure
 * functions.
 */
public final class WrittenIds {
  /** Excel's own way to keep a text a text. */
  private static final Pattern TEXT_FORMULA = Pattern.compile("=\\s*\"(.*)\"");

  /** Of an id only: a word that looks like a formula is none that is known. */
  private static final Pattern NUMBER_FORMULA = Pattern.compile("=\\s*([0-9][0-9.,]*)");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"|'([^']+)'?");

  // 501001.0; but 501.000 may be half a million
  private static final Pattern DECIMALS =
      Pattern.compile("([0-9]+)(?:\\.|[.,]0{1,2}|[.,]0{4,})|([0-9]{4,})[.,]000");

  // 501,001 and 501,001.00; a dot between thousands counts only where it can't be a decimal point
  private static final Pattern COMMAS = Pattern.compile("([1-9][0-9]{0,2}(?:,[0-9]{3})+)(\\.0+)?");
  private static final Pattern DOTS =
      Pattern.compile(
          "([1-9][0-9]{0,2}(?:\\.[0-9]{3}){2,})(?:,0+)?|([1-9][0-9]{0,2}(?:\\.[0-9]{3})+),0+");

  private static final Pattern APOSTROPHES = Pattern.compile("[1-9][0-9]{0,2}(?:'[0-9]{3})+");

  /** Thousands, or three decimals that are all zero. */
  private static final Pattern AMBIGUOUS = Pattern.compile("([0-9]{1,3})[.,]000");

  private WrittenIds() {}

  /** A value without the quotes, the formula or the apostrophe by which Excel keeps it a text. */
  public static String bare(String text) {
    Matcher formula = TEXT_FORMULA.matcher(text);
    if (formula.matches()) {
      return Shown.trim(formula.group(1).replace("\"\"", "\""));
    }
    Matcher quoted = QUOTED.matcher(text);
    return quoted.matches()
        ? Shown.trim(quoted.group(1) == null ? quoted.group(2) : quoted.group(1))
        : text;
  }

  /** The id that a value means, as Onefile writes it; what means none, as {@link #bare} has it. */
  public static String plain(String text) {
    if (Ids.parse(text) != null) {
      return text;
    }
    Matcher formula = NUMBER_FORMULA.matcher(text);
    String bare = formula.matches() ? formula.group(1) : bare(text);
    String number = number(bare);
    return Ids.parse(number) == null ? bare : number;
  }

  private static String number(String bare) {
    if (isAmbiguous(bare)) {
      return bare;
    }
    Matcher decimals = DECIMALS.matcher(bare);
    if (decimals.matches()) {
      return decimals.group(1) == null ? decimals.group(2) : decimals.group(1);
    }
    Matcher commas = COMMAS.matcher(bare);
    if (commas.matches()) {
      return commas.group(1).replace(",", "");
    }
    Matcher dots = DOTS.matcher(bare);
    if (dots.matches()) {
      return (dots.group(1) == null ? dots.group(2) : dots.group(1)).replace(".", "");
    }
    return APOSTROPHES.matcher(bare).matches() ? bare.replace("'", "") : bare;
  }

  /** Whether a value may be two different whole numbers. */
  static boolean isAmbiguous(String text) {
    return AMBIGUOUS.matcher(text).matches();
  }

  /** A level or kind that was a number on its way: {@code 3.0} is {@code 3}. */
  public static String level(String text) {
    return text.length() > 2 && text.charAt(0) >= '1' && text.charAt(0) <= '3'
        ? text.replaceFirst("(?<=^[123])\\.0+$", "")
        : text;
  }
}
