package uk.onefileroutes.proof;

/** No further call is made. The message says why, for people. */
public final class Stopped extends Exception {
  private static final long serialVersionUID = 1L;

  public Stopped(String why) {
    super(why);
  }
}
