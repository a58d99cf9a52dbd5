package uk.onefileroutes.onefile;

/** What came of a call that only reads. */
public sealed interface Reading {

  /**
   * Onefile answered.
   *
   * @param status of the 2xx
   * @param text the body as it came, not yet understood; may be empty
   */
  record Found(int status, String text) implements Reading {}

  /** Onefile has no such thing, or shows it to nobody. */
  record Refused(String why) implements Reading {}

  /** It did not work now; later it may. */
  record Failed(String cause) implements Reading {}

  /** It was not the turn of this call, or all calls have to wait; nothing was learned. */
  record NotNow() implements Reading {}
}
