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
   * @param owner the file that reached it last; null where that was not kept yet
   * @param asking a newer file that asks for it and may still be sent; null: there is none
   */
  record Reached(
      long file,
      String slot,
      long assignee,
      @Nullable Before before,
      @Nullable Long owner,
      @Nullable Long asking) {}

  /** Decides. A pure function. */
  static UndoDecision of(Reached reached) {
    Before before = reached.before();
    if (before != null
        && before.state() == Before.State.KNOWN
        && before.assignee() != null
        && before.assignee() == reached.assignee()) {
      return new Unchanged();
    }
    if (reached.owner() != null && reached.owner() != reached.file()) {
      return new Kept(reached.owner());
    }
    if (reached.asking() != null) {
      return new Kept(reached.asking());
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
