package uk.onefileroutes.runtime;

import org.jspecify.annotations.Nullable;

/**
 * An instance could not start, for a reason outside of its configuration's keys. The message is for
 * people.
 */
public final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isConfiguration;

  private StartFailure(String message, boolean isConfiguration, @Nullable Throwable cause) {
    super(message, cause);
    this.isConfiguration = isConfiguration;
  }

  /** The routes are not what Camel can run. */
  static StartFailure routes(String message, @Nullable Throwable cause) {
    return new StartFailure(message, true, cause);
  }

  /** Something that the instance needs is not there: ledger, disk, port. */
  static StartFailure environment(String message, Throwable cause) {
    return new StartFailure(message, false, cause);
  }

  /** Whether a person must fix files of ours, rather than the machine around them. */
  public boolean isConfiguration() {
    return isConfiguration;
  }
}
