package uk.onefileroutes.verification;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.ledger.Slots;
import uk.onefileroutes.ledger.SlotsOf;

/** The learners of a comparison, by their ids, page by page. Used by one thread at a time. */
final class LearnersToRead {
  private static final int PAGE = 1000;

  private final Slots slots;
  private final SlotsOf which;
  private final Deque<Long> page = new ArrayDeque<>();
  private long last;

  LearnersToRead(Slots slots, SlotsOf which) {
    this.slots = slots;
    this.which = which;
  }

  /** The next learner, who may have nothing left to be read by now; null where there is none. */
  @Nullable LearnerReading next() {
    if (page.isEmpty()) {
      page.addAll(slots.learners(which, Slots.READABLE, last, PAGE));
    }
    if (page.isEmpty()) {
      return null;
    }
    long learner = page.removeFirst();
    last = learner;
    return new LearnerReading(learner, kinds -> slots.of(which, learner, kinds));
  }
}
