package uk.onefileroutes.plan;

import java.io.Serial;

/** A file can't be judged before a centre was read again. */
final class DirectoryAwaited extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int organisation;
  private final boolean titles;

  /**
   * @param titles whether its standards and units are needed too
   */
  DirectoryAwaited(int organisation, boolean titles) {
    super("the directory of organisation " + organisation + " has to be read first");
    this.organisation = organisation;
    this.titles = titles;
  }

  int organisation() {
    return organisation;
  }

  boolean titles() {
    return titles;
  }
}
