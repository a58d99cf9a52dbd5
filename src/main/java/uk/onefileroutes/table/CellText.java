package uk.onefileroutes.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A sheet's values as text, as a person would type them. Pure functions. */
final class CellText {
  private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);
  private static final LocalDate EPOCH_1904 = LocalDate.of(1904, 1, 1);
  private static final double MAX_DAYS = 2_958_465.99999; // the end of the year 9999
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]*\\.?[0-9]+([eE][+-]?[0-9]{1,3})?");
  private static final Pattern LITERAL =
      Pattern.compile(
          "\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?![hms]+\\])[^\\]]*\\]", Pattern.CASE_INSENSITIVE);

  // a section's end, a colour, a literal in quotes, behind a backslash or by itself, a digit
  private static final Pattern PART =
      Pattern.compile("(;.*)|\\[[^\\]]*\\]|\"([^\"]*)\"|\\\\(.)|([-/ ()])|(0)|#(?=.*0)|(.)");

  private static final Pattern WHOLE = Pattern.compile("[0-9]+");
  private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private CellText() {}

  /**
   * A number as text: whole ones without decimals and exponent ({@code 7000001.0} and {@code
   * 7.000001E6} are {@code 7000001}), others as short as they mean the same; what is none stays as
   * it is.
   */
  static String number(String raw) {
    if (raw.length() > 40 || !NUMBER.matcher(raw).matches()) {
      return raw;
    }
    BigDecimal written = new BigDecimal(raw);
    BigDecimal exact =
        written.precision() > 15 && written.stripTrailingZeros().scale() > 0
            ? new BigDecimal(Double.toString(written.doubleValue())) // 0.10000000000000001
            : written;
    BigDecimal shortest = exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    return shortest.scale() < -30 || shortest.scale() > 30 ? raw : shortest.toPlainString();
  }

  /**
   * A number that is shown as a date: {@code 2026-05-02}, {@code 2026-05-02 08:30:00}, or {@code
   * 08:30:00} where it is less than a day.
   */
  static String date(String raw, boolean from1904) {
    if (raw.length() > 40 || !NUMBER.matcher(raw).matches()) {
      return raw;
    }
    double serial = Double.parseDouble(raw);
    if (serial < 0 || serial > MAX_DAYS) {
      return number(raw);
    }
    long seconds = Math.round(serial * 86_400);
    long days = seconds / 86_400;
    LocalTime time = LocalTime.ofSecondOfDay(seconds % 86_400);
    if (days == 0 && seconds > 0) {
      return TIME.format(time);
    }
    // Excel's 1900 was a leap year: before March its days are one behind
    LocalDate date =
        from1904 ? EPOCH_1904.plusDays(days) : EPOCH.plusDays(days < 60 ? days + 1 : days);
    return time.equals(LocalTime.MIDNIGHT)
        ? date.toString()
        : date + " " + TIME.format(LocalDateTime.of(date, time));
  }

  /** Whether a number format shows dates or times. */
  static boolean isDate(int id, String format) {
    boolean builtIn =
        (id >= 14 && id <= 22)
            || (id >= 27 && id <= 36)
            || (id >= 45 && id <= 47)
            || (id >= 50 && id <= 58);
    if (format.isEmpty() || format.equalsIgnoreCase("General") || format.length() > 255) {
      return builtIn;
    }
    String first = LITERAL.matcher(format).replaceAll("").split(";", 2)[0];
    for (int i = 0; i < first.length(); i++) {
      if ("ymdhs".indexOf(Character.toLowerCase(first.charAt(i))) >= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * A number format that shows whole numbers with leading zeros, such as {@code 0000}, {@code
   * "U"000} or {@code 000-000}: its literals, and an empty text for each digit. Empty where it is
   * another.
   */
  static List<String> padding(String format) {
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(format.length() > 255 ? "" : format);
    while (part.find() && part.group(1) == null) {
      if (part.group(6) != null) {
        return List.of();
      }
      Stream.of(2, 3, 4)
          .map(part::group)
          .filter(literal -> literal != null && !literal.isEmpty())
          .forEach(parts::add);
      if (part.group(5) != null) {
        parts.add("");
      }
    }
    return parts.stream().filter(String::isEmpty).count() > 1 ? parts : List.of();
  }

  /** A whole number as such a format shows it; any other as {@link #number} has it. */
  static String padded(String raw, List<String> padding) {
    String number = number(raw);
    if (padding.isEmpty() || !WHOLE.matcher(number).matches()) {
      return number;
    }
    StringBuilder shown = new StringBuilder();
    int left = number.length();
    for (int i = padding.size() - 1; i >= 0; i--) {
      boolean isDigit = padding.get(i).isEmpty();
      boolean isFirst = isDigit && padding.indexOf("") == i;
      if (isFirst && left > 0) {
        shown.insert(0, number.substring(0, left));
      } else if (isDigit) {
        shown.insert(0, left > 0 ? number.charAt(--left) : '0');
      } else {
        shown.insert(0, padding.get(i));
      }
    }
    return shown.toString();
  }

  /** A text without the escapes by which Excel writes control characters: {@code _x000D_}. */
  static String unescaped(String text) {
    if (!text.contains("_x")) {
      return text;
    }
    return ESCAPE
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    Character.toString((char) Integer.parseInt(match.group(1), 16))));
  }
}
