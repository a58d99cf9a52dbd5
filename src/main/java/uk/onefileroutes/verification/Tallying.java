package uk.onefileroutes.verification;

import java.util.ArrayList;
import java.util.List;
import uk.onefileroutes.ledger.DriftedSlots.Change;
import uk.onefileroutes.ledger.DriftedSlots.What;
import uk.onefileroutes.ledger.Slots.Amount;
import uk.onefileroutes.ledger.Slots.Defaults;
import uk.onefileroutes.ledger.Slots.Held;
import uk.onefileroutes.onefile.UserDefaults;

/** What a comparison has found so far. Guarded by its {@link Verification}. */
final class Tallying {
  private static final String ASSESSOR = "default/assessor";

  private final OnDrift rule;
  private final List<Report.Drift> drifts = new ArrayList<>();
  private final List<Report.NotRead> notRead = new ArrayList<>();
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

  /**
   * @param rule what is done about a slot that has drifted
   */
  Tallying(OnDrift rule) {
    this.rule = rule;
  }

  /**
   * Compares a learner's slots. The ledger was asked before the call and after it: what it says
   * differently by then, or will, because a request was on its way, can't be held against Onefile.
   *
   * @return what is to be done with them
   */
  List<Change> compare(long learner, Defaults before, Defaults after, UserDefaults said) {
    learnersRead++;
    List<Change> changes = new ArrayList<>();
    for (Held held : before.held()) {
      UserDefaults.Said now = held.slot().equals(ASSESSOR) ? said.assessor() : said.employer();
      if (before.isSending() || after.isSending() || !after.held().contains(held)) {
        changed++;
      } else if (!now.isSaid()) {
        notSaid++;
      } else {
        take(learner, held, now, changes);
      }
    }
    return changes;
  }

  private void take(long learner, Held held, UserDefaults.Said now, List<Change> changes) {
    switch (DriftRule.decide(rule, held, now.id())) {
      case EQUAL -> equal++;
      case KEPT -> kept++;
      case DRIFTED -> drift(learner, held, now);
      case FORGET -> {
        drift(learner, held, now);
        changes.add(new Change(held, What.FORGET, now.id()));
      }
      case KEEP -> {
        drift(learner, held, now);
        changes.add(new Change(held, What.KEEP, now.id()));
      }
      case TAKE_BACK -> {
        equal++;
        changes.add(new Change(held, What.TAKE_BACK, now.id()));
      }
    }
  }

  private void drift(long learner, Held held, UserDefaults.Said now) {
    drifted++;
    if (drifts.size() < Report.MAX_LISTED) {
      drifts.add(
          new Report.Drift(
              learner, held.slot(), held.isNobody() ? null : held.assignee(), now.id()));
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

  /** How it stands, of so many learners with default slots and so many slots of levels. */
  Report report(Report.Run run, Amount amount) {
    return new Report(
        run,
        new Report.Amount(amount.learners(), amount.others()),
        new Report.Tally(learnersRead, equal, drifted, changed, notSaid, notFound, failed),
        new Report.Hand(kept, newlyKept, forgotten),
        drifts,
        notRead);
  }
}
