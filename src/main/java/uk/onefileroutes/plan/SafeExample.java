package uk.onefileroutes.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.onefileroutes.assignment.Fault;

/**
 * What is wrong with a row, in words that may stand in logs, alarms and mails. Where columns are
 * shifted any cell may hold a person's name, so a cell's value is shown only if it has no letter,
 * or is a number as programs write it.
 */
final class SafeExample {
  // from the first quote to the last: there may be quotes within a value
  private static final Pattern VALUE = Pattern.compile(" \"(.*)\"", Pattern.DOTALL);
  private static final Pattern HARMLESS = Pattern.compile("\\P{L}*|[0-9.,]+[eE][+-]?[0-9]+");
  private static final int LONGEST = 160;

  private SafeExample() {}

  /** The fault's sentence up to its first stop, without a value that has letters. */
  static String of(Fault fault) {
    Matcher value = VALUE.matcher(fault.message());
    String shown =
        value.find() && !HARMLESS.matcher(value.group(1)).matches()
            ? value.replaceFirst("")
            : fault.message();
    String first = shown.split("[;.](?= |$)", 2)[0];
    return first.length() <= LONGEST ? first : first.substring(0, LONGEST) + "...";
  }
}
