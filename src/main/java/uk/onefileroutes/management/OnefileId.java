package uk.onefileroutes.management;

/** The id of a user, as a person writes it. */
final class OnefileId {
  private OnefileId() {}

  /**
   * The number.
   *
   * @throws IllegalArgumentException if it is none
   */
  static long of(String text) {
    if (!text.strip().matches("[1-9][0-9]{0,9}")) {
      throw new IllegalArgumentException("\"" + text + "\" is not a Onefile id.");
    }
    return Long.parseLong(text.strip());
  }
}
