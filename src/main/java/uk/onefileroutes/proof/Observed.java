package uk.onefileroutes.proof;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that was observed, while it is; for one thread. */
final class Observed {
  final List<Trial> trials = new ArrayList<>();
  final List<Trial> repeats = new ArrayList<>();
  final List<Page> pages = new ArrayList<>();
  final List<Integer> codesOfOtherErrors = new ArrayList<>();
  @Nullable Update update;
  @Nullable Seen session;
  boolean isArchivedAssigned;
  boolean isUnknownAssigned;

  /**
   * A default that was sent as it stood.
   *
   * @param member that was sent
   * @param isTelling whether other members had values that could be lost
   */
  record Update(String member, Seen seen, boolean isTelling, Members.Change change) {}

  /**
   * A page of accounts.
   *
   * @param size asked for
   * @param found accounts in it; -1 where it was refused
   */
  record Page(int size, int found) {}
}
