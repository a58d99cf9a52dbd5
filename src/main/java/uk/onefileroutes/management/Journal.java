package uk.onefileroutes.management;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes what a person did: who and what, in the log, which says when. Thread-safe. */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final String user;

  /**
   * @param user the one login; whoever acts has used it, or is on this machine
   */
  public Journal(String user) {
    this.user = user;
  }

  /** Notes an action, such as {@code released file 12}; returns it as a sentence. */
  String note(String action) {
    LOG.info("{} {}", user, action);
    return Character.toUpperCase(action.charAt(0)) + action.substring(1) + ".";
  }
}
