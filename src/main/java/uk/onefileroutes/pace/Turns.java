package uk.onefileroutes.pace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * Whose turn it is of those who wait for admission: by rank, and in the order in which they came.
 * Not safe between threads: the gate's lock guards it.
 */
final class Turns {
  private final Map<Rank, Deque<Object>> waiting = new EnumMap<>(Rank.class); // in their order

  /** The first that anybody waits in is served. */
  enum Rank {
    /** Calls without which the others are in vain. */
    AHEAD,
    /** All others. */
    USUAL,
    /** Calls that nobody's assignment depends on. */
    BEHIND
  }

  void join(Rank rank, Object ticket) {
    of(rank).addLast(ticket);
  }

  void leave(Rank rank, Object ticket) {
    of(rank).remove(ticket);
  }

  /** Whether nobody is before this one. */
  boolean isNext(Object ticket) {
    for (Deque<Object> ofRank : waiting.values()) {
      if (!ofRank.isEmpty()) {
        return ofRank.peekFirst() == ticket;
      }
    }
    return false;
  }

  private Deque<Object> of(Rank rank) {
    return waiting.computeIfAbsent(rank, any -> new ArrayDeque<>());
  }
}
