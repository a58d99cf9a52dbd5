package uk.onefileroutes.proof;

import java.util.List;

/**
 * An assignment that was sent, and what could be read of it.
 *
 * @param level 3, 2 or 1
 * @param who is assigned, such as {@code assessor 700001}
 * @param effect what readings before and after it show
 */
record Trial(int level, String who, Form form, Seen seen, Effect effect) {
  /**
   * What readings before and after an assignment show.
   *
   * @param isTelling whether Onefile's answers have a member that says who is assigned
   * @param wasThere whether it named the assignee before
   * @param naming members that name the assignee afterwards, and did not before
   * @param change what changed
   */
  record Effect(boolean isTelling, boolean wasThere, List<String> naming, Members.Change change) {
    /** Nothing could be read. */
    static final Effect UNREAD = new Effect(false, false, List.of(), Members.Change.NONE);

    /** Whether they show that it was done. */
    boolean isShown() {
      return !naming.isEmpty();
    }

    /** Whether they show that it was not. */
    boolean isMissing() {
      return isTelling && !wasThere && naming.isEmpty();
    }
  }
}
