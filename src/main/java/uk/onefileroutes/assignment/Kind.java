package uk.onefileroutes.assignment;

/**
 * What is assigned: Onefile's three levels, and the default that hangs on the learner's own
 * account.
 */
public enum Kind {
  DEFAULT("default"),
  LEARNING_AIM("learning-aim"),
  UNIT_SUMMARY("unit-summary"),
  ADDITIONAL("additional");

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  /** The word for this kind in feeds, routes, SQL and reports. */
  public String word() {
    return word;
  }
}
