package uk.onefileroutes.pace;

/**
 * Hours in which no call leaves, for Onefile is down or is to be left alone.
 *
 * @param name what the configuration calls it
 * @param hours when it is closed
 */
public record ClosedWindow(String name, Hours hours) {

  /**
   * Reads the hours as {@link Hours#parse} does; {@code never} switches the window off.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong and a right example;
   *     it does not repeat the name
   */
  public static ClosedWindow parse(String name, String text) {
    return new ClosedWindow(name, Hours.parse(text));
  }

  /** Name and hours, for people: {@code daily-release (daily 06:55-07:35)}. */
  @Override
  public String toString() {
    return name + " (" + hours + ")";
  }
}
