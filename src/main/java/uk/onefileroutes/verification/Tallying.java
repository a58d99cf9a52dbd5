package uk.onefileroutes.verification;

import java.util.ArrayList;
import java.util.List;
import uk.onefileroutes.ledger.Slots.Amount;
import uk.onefileroutes.ledger.Slots.Defaults;
import uk.onefileroutes.ledger.Slots.Held;
import uk.onefileroutes.onefile.UserDefaults;

/** What a comparison has found so far. Guarded by its {@link Verification}. */
final class Tallying {
  private static final String ASSESSOR = "default/assessor";

  private final List<Report.Drift> drifts = new ArrayList<>();
  private final List<Report.NotRead> notRead = new ArrayList<>();
  private long learnersRead;
  private long equal;
  private long drifted;
  private long changed;
  private long notSaid;
  private long notFound;
  private long failed;

  /**
   * Compares a learner's slots. The ledger was asked before the call and after it: what it says
   * differently by then, or will, because a request was on its way, can't be held against Onefile.
   */
  void compare(long learner, Defaults before, Defaults after, UserDefaults said) {
    learnersRead++;
    for (Held held : before.held()) {
      UserDefaults.Said now = held.slot().equals(ASSESSOR) ? said.assessor() : said.employer();
      if (before.isSending() || after.isSending() || !after.held().contains(held)) {
        changed++;
      } else if (!now.isSaid()) {
        notSaid++;
      } else if (now.id() != null && now.id() == held.assignee()) {
        equal++;
      } else {
        drift(new Report.Drift(learner, held.slot(), held.assignee(), now.id()));
      }
    }
  }

  private void drift(Report.Drift drift) {
    drifted++;
    if (drifts.size() < Report.MAX_LISTED) {
      drifts.add(drift);
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
        amount.learners(),
        new Report.Tally(learnersRead, equal, drifted, changed, notSaid, notFound, failed),
        amount.others(),
        drifts,
        notRead);
  }
}
