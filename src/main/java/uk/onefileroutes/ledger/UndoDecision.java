package uk.onefileroutes.ledger;

import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Slot;

/** What becomes of a slot when a file is undone that reached it. */
public sealed interface UndoDecision {

  /** It gets back whom it held. */
  record Restored(long to) implements UndoDecision {}

  /** It stays as it is: a newer file changed it, or is about to. */
  record Kept(long by) implements UndoDecision {}

  /** It stays as it is: a person changed it in Onefile since. */
  record KeptByHand() implements UndoDecision {}

  /** It stays as it is, for it can't be given back what it held. */
  record Cannot(Why why) implements UndoDecision {}

  /** The file sent what the slot held already. */
  record Unchanged() implements UndoDecision {}

  /** Why a slot can't be given back what it held. */
  enum Why {
    /** Nobody was assigned, and Onefile has no unassign. */
    WAS_EMPTY,
    /** An additional assignment replaces nobody, and Onefile has no unassign. */
    ADDITIONAL,
    /** It was not known what it held. */
    WAS_UNKNOWN,
    /** The file was sent by a version that did not keep it. */
    NOT_KEPT
  }

  /**
   * A slot that a file reached.
   *
   * @param file the file that is undone
   * @param assignee whom it assigned
   * @param before how the slot was; null where that was not kept yet
   * @param now how it stands
   */
  record Reached(long file, String slot, long assignee, @Nullable Before before, Now now) {}

  /**
   * How a slot stands.
   *
   * @param holds whom it is known to hold; null where that is not known
   * @param owner the file that reached it last; null where that was not kept yet
   * @param asking a newer file that asks for it and may still be sent; null: there is none
   */
  record Now(@Nullable Long holds, @Nullable Long owner, @Nullable Long asking) {}

  /** Decides. A pure function. */
  static UndoDecision of(Reached reached) {
    Before before = reached.before();
    if (before != null
        && before.state() == Before.State.KNOWN
        && before.assignee() != null
        && before.assignee() == reached.assignee()) {
      return new Unchanged();
    }
    Now now = reached.now();
    if (now.owner() != null && now.owner() != reached.file()) {
      return new Kept(now.owner());
    }
    if (now.asking() != null) {
      return new Kept(now.asking());
    }
    // what a file reached holds whom the file asked for, unless a comparison found somebody else
    if (now.holds() != null && now.holds() != reached.assignee()) {
      return new KeptByHand();
    }
    if (Slot.of(reached.slot()).kind().equals(Kind.ADDITIONAL.word())) {
      return new Cannot(Why.ADDITIONAL);
    }
    if (before == null) {
      return new Cannot(Why.NOT_KEPT);
    }
    return switch (before.state()) {
      case EMPTY -> new Cannot(Why.WAS_EMPTY);
      case UNKNOWN -> new Cannot(Why.WAS_UNKNOWN);
      case KNOWN ->
          before.assignee() == null ? new Cannot(Why.WAS_UNKNOWN) : new Restored(before.assignee());
    };
  }
}
