package uk.onefileroutes.verification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Slot;
import uk.onefileroutes.ledger.DriftedSlots.Change;
import uk.onefileroutes.ledger.DriftedSlots.What;
import uk.onefileroutes.ledger.Slots.Amount;
import uk.onefileroutes.ledger.Slots.Held;
import uk.onefileroutes.ledger.Slots.OfLearner;
import uk.onefileroutes.onefile.Said;

/** What a comparison has found so far. Guarded by its {@link Verification}. */
final class Tallying {
  private static final String NO_CALL = "Onefile has no call that lists them";

  private final OnDrift rule;
  private final List<Report.Drift> drifts = new ArrayList<>();
  private final List<Report.NotRead> notRead = new ArrayList<>();
  private final Map<Uncompared, Long> uncompared = new LinkedHashMap<>();
  private long learnersRead;
  private long equal;
  private long drifted;
  private long changed;
  private long notSaid;
  private long notFound;
  private long failed;
  private long kept;
  private long forgotten;
  private long newlyKept;
  private long left;

  /** Slots of a level that can't be compared for one reason. */
  private record Uncompared(int level, String why) {}

  /**
   * @param rule what is done about a slot that has drifted
   */
  Tallying(OnDrift rule) {
    this.rule = rule;
  }

  /**
   * Compares slots of a learner. The ledger was asked before the calls and after them: what it says
   * differently by then, or will, because a request was on its way, can't be held against Onefile.
   *
   * @param said whom Onefile names in a slot
   * @return what is to be done with them
   */
  List<Change> compare(long learner, OfLearner before, OfLearner after, Function<Slot, Said> said) {
    List<Change> changes = new ArrayList<>();
    for (Held held : before.held()) {
      if (before.isSending() || after.isSending() || !after.held().contains(held)) {
        changed++;
      } else {
        Slot slot = Slot.of(held.slot());
        take(learner, held, said.apply(slot), changes);
      }
    }
    return changes;
  }

  private void take(long learner, Held held, Said said, List<Change> changes) {
    @Nullable Long now = said instanceof Said.Somebody somebody ? somebody.id() : null;
    switch (DriftRule.decide(rule, held, said)) {
      case EQUAL -> equal++;
      case KEPT -> kept++;
      case OPEN -> open(held, said);
      case DRIFTED -> {
        left++;
        drift(learner, held, said, now);
      }
      case FORGET -> {
        drift(learner, held, said, now);
        changes.add(new Change(held, What.FORGET, now));
      }
      case KEEP -> {
        drift(learner, held, said, now);
        changes.add(new Change(held, What.KEEP, now));
      }
      case TAKE_BACK -> {
        equal++;
        changes.add(new Change(held, What.TAKE_BACK, now));
      }
    }
  }

  private void open(Held held, Said said) {
    String kind = Slot.of(held.slot()).kind();
    if (kind.equals(Kind.DEFAULT.word())) {
      notSaid++;
    } else if (said instanceof Said.Open open) {
      int level = kind.equals(Kind.LEARNING_AIM.word()) ? 3 : 2;
      uncompared.merge(new Uncompared(level, open.why()), 1L, Long::sum);
    }
  }

  private void drift(long learner, Held held, Said said, @Nullable Long now) {
    drifted++;
    if (drifts.size() < Report.MAX_LISTED) {
      drifts.add(
          new Report.Drift(
              learner,
              held.slot(),
              held.isNobody() ? null : held.assignee(),
              now,
              !(said instanceof Said.NotListed)));
    }
  }

  /** So many of the changes were made. */
  void done(List<Change> changes, int made) {
    long kept = changes.stream().filter(change -> change.what() == What.KEEP).count();
    newlyKept += Math.min(kept, made);
    if (rule == OnDrift.FORGET) {
      forgotten +=
          Math.min(changes.stream().filter(change -> change.what() == What.FORGET).count(), made);
    }
  }

  /** A learner was read. */
  void read() {
    learnersRead++;
  }

  void notFound(long learner, String why) {
    learnersRead++;
    notFound++;
    notRead(learner, why);
  }

  void failed(long learner, String why) {
    learnersRead++;
    failed++;
    notRead(learner, why);
  }

  private void notRead(long learner, String why) {
    if (notRead.size() < Report.MAX_LISTED) {
      notRead.add(new Report.NotRead(learner, why));
    }
  }

  /** Slots that have drifted and about which nothing is done. */
  long left() {
    return left;
  }

  /** How it stands, of so much. */
  Report report(Report.Run run, Amount amount) {
    List<Report.NotCompared> not = new ArrayList<>();
    uncompared.forEach(
        (what, slots) -> not.add(new Report.NotCompared(what.level, slots, what.why)));
    if (amount.additional() > 0) {
      not.add(new Report.NotCompared(1, amount.additional(), NO_CALL));
    }
    return new Report(
        run,
        new Report.Amount(
            amount.learners(), not.stream().mapToLong(Report.NotCompared::slots).sum(), not),
        new Report.Tally(learnersRead, equal, drifted, changed, notSaid, notFound, failed),
        new Report.Hand(kept, newlyKept, forgotten),
        drifts,
        notRead);
  }
}
