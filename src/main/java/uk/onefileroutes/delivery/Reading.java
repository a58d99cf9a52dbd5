package uk.onefileroutes.delivery;

import uk.onefileroutes.onefile.UserDefaults;

/** What came of reading a user. */
public sealed interface Reading {

  /** Onefile answered. */
  record Found(UserDefaults defaults) implements Reading {}

  /** Onefile has no such user, or shows them to nobody. */
  record Refused(String why) implements Reading {}

  /** It did not work now; later it may. */
  record Failed(String cause) implements Reading {}

  /** It was not the turn of this call, or all calls have to wait; nothing was learned. */
  record NotNow() implements Reading {}
}
