package uk.onefileroutes.shown;

/**
 * Text from outside as people may see it: one line that steers no terminal, hides nothing and turns
 * nothing round. Stateless and thread-safe.
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
