package uk.onefileroutes.shown;

import java.util.Optional;

/**
 * Text from outside as people may see it: one line that steers no terminal, hides nothing and turns
 * nothing round; and what of a text nobody sees. Stateless and thread-safe.
 */
public final class Shown {
  private static final int REPLACEMENT = 0xFFFD;

  private Shown() {}

  /**
   * The text in one line: a blank for each run of control characters and line ends, nothing for
   * characters that only format (such as zero width, or from right to left), and a replacement
   * character for half a surrogate pair. Letters and blanks stay, whether this Java knows the
   * letters or not.
   */
  public static String line(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c <= '~') ? text : cleaned(text);
  }

  private static String cleaned(String text) {
    StringBuilder line = new StringBuilder(text.length());
    boolean isGap = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      int type = Character.getType(point);
      if (type == Character.FORMAT) {
        continue;
      }
      if (breaksLine(type) || (isGap && point == ' ')) {
        isGap = true;
        continue;
      }
      if (isGap) {
        line.append(' ');
      }
      isGap = false;
      line.appendCodePoint(type == Character.SURROGATE ? REPLACEMENT : point);
    }
    return line.toString();
  }

  /**
   * Whether nobody sees a character: blanks of all kinds, control and format characters (such as
   * zero width, or from right to left), and letters that are drawn as nothing.
   */
  public static boolean isUnseen(int point) {
    return point <= ' '
        || (point > '~'
            && (Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || Character.getType(point) == Character.FORMAT
                || Character.getType(point) == Character.CONTROL
                || isDrawnAsNothing(point)));
  }

  /** What Unicode lets every font ignore beside format characters, and the empty pattern. */
  private static boolean isDrawnAsNothing(int point) {
    return point == 0x034F
        || point == 0x115F
        || point == 0x1160
        || (point >= 0x180B && point <= 0x180F)
        || point == 0x2800
        || point == 0x3164
        || (point >= 0xFE00 && point <= 0xFE0F)
        || point == 0xFFA0;
  }

  /** The text without what nobody sees at its ends. */
  public static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isUnseen(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (end > start && isUnseen(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  /**
   * The first character within a text that nobody sees, as Unicode writes it: {@code U+200B}. Plain
   * blanks don't count.
   */
  public static Optional<String> unseenWithin(String text) {
    return text.codePoints()
        .filter(point -> point != ' ' && isUnseen(point))
        .mapToObj("U+%04X"::formatted)
        .findFirst();
  }

  private static boolean breaksLine(int type) {
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /**
   * A sentence of others: the same without blanks around it, cut off behind so many characters;
   * then it ends in dots.
   *
   * @param most characters, without the dots
   */
  public static String line(String text, int most) {
    // enough to begin with, whatever falls away: nobody reads a megabyte to show a line
    String line = line(text.length() <= 16 * most ? text : text.substring(0, 16 * most)).strip();
    if (line.length() <= most && text.length() <= 16 * most) {
      return line;
    }
    int end = Math.min(most, line.length());
    boolean isPair = end > 0 && Character.isHighSurrogate(line.charAt(end - 1));
    return line.substring(0, isPair ? end - 1 : end) + "...";
  }
}
