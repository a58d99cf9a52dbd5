package uk.onefileroutes.verification;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Slot;
import uk.onefileroutes.ledger.Slots;
import uk.onefileroutes.ledger.Slots.OfLearner;
import uk.onefileroutes.onefile.LearnerEntries;
import uk.onefileroutes.onefile.LearnerList;
import uk.onefileroutes.onefile.OnefileCall;
import uk.onefileroutes.onefile.Reading;
import uk.onefileroutes.onefile.Said;
import uk.onefileroutes.onefile.UserDefaults;

/**
 * What is read of one learner: the account for default slots, then the lists of learning aims and
 * units, page by page; nothing for a kind of which there is no slot. Used by one thread at a time.
 */
final class LearnerReading {
  private final long learner;
  private final Function<Set<Kind>, OfLearner> slots;
  private final Deque<Kind> kinds = new ArrayDeque<>();
  private OfLearner before = new OfLearner(List.of(), false);
  private @Nullable LearnerEntries entries;
  private @Nullable String refusal;

  /** What came of a call. */
  sealed interface Taken {
    /** The answer is none of Onefile's. */
    record NotUnderstood() implements Taken {}

    /** There is another page. */
    record ToBeContinued() implements Taken {}

    /**
     * All that is said of the slots of a kind.
     *
     * @param before what the ledger said right before the first call left
     * @param after what it says now
     */
    record Complete(OfLearner before, OfLearner after, Function<Slot, Said> said)
        implements Taken {}
  }

  /**
   * @param slots what the learner's slots of these kinds hold at the moment
   */
  LearnerReading(long learner, Function<Set<Kind>, OfLearner> slots) {
    this.learner = learner;
    this.slots = slots;
    slots.apply(Slots.READABLE).held().stream()
        .map(held -> kind(held.slot()))
        .distinct()
        .sorted()
        .forEach(kinds::add);
  }

  private static Kind kind(String slot) {
    String word = Slot.of(slot).kind();
    return Slots.READABLE.stream()
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("can't be read back: " + slot));
  }

  long learner() {
    return learner;
  }

  /** Whether nothing is left to be read. */
  boolean isDone() {
    return kinds.isEmpty();
  }

  /** Why Onefile did not show all of it; null if it did. */
  @Nullable String refusal() {
    return refusal;
  }

  /** The next call; the same again as long as nothing was taken. */
  OnefileCall next() {
    if (entries != null) {
      return entries.next();
    }
    Kind kind = kinds.getFirst();
    OnefileCall first =
        kind == Kind.DEFAULT
            ? OnefileCall.get("User/" + learner)
            : LearnerList.of(kind).page(learner, 1);
    return first.rightBefore(this::leaves);
  }

  /** The first call for a kind leaves now. */
  void leaves() {
    before = slots.apply(Set.of(kinds.getFirst()));
  }

  /** Takes the answer to that call. */
  Taken take(Reading.Found answer) {
    Kind kind = kinds.getFirst();
    if (kind == Kind.DEFAULT) {
      return UserDefaults.parse(learner, answer.text())
          .<Taken>map(user -> complete(user::said))
          .orElseGet(Taken.NotUnderstood::new);
    }
    LearnerEntries list = entries == null ? entries(LearnerList.of(kind)) : entries;
    if (!list.take(answer)) {
      return new Taken.NotUnderstood();
    }
    entries = list;
    return list.isDone() ? complete(list::said) : new Taken.ToBeContinued();
  }

  private LearnerEntries entries(LearnerList list) {
    Set<String> wanted =
        before.held().stream()
            .map(held -> list.idOf(Slot.of(held.slot())))
            .collect(Collectors.toSet());
    return new LearnerEntries(list, learner, wanted);
  }

  private Taken complete(Function<Slot, Said> said) {
    Kind kind = kinds.removeFirst();
    entries = null;
    return new Taken.Complete(before, slots.apply(Set.of(kind)), said);
  }

  /** Takes that it was refused: without the account all else is, without a list only that. */
  void refused(String why) {
    if (refusal == null) {
      refusal = named(why);
    }
    if (kinds.getFirst() == Kind.DEFAULT) {
      kinds.clear();
    } else {
      Kind unused = kinds.removeFirst();
      entries = null;
    }
  }

  /** A reason with what was asked for, where that is not the account. */
  String named(String why) {
    Kind kind = kinds.getFirst();
    return kind == Kind.DEFAULT ? why : LearnerList.of(kind).path() + ": " + why;
  }
}
