package uk.onefileroutes.ledger;

import java.time.Instant;
import uk.onefileroutes.durable.Step;

/** What a worker of delivery writes down about the next request of a learner queue. */
sealed interface QueueChange {
  /** The request, as it was claimed. */
  Claim claim();

  /** What is done once it is committed. */
  Step step();

  /**
   * It is on its way.
   *
   * @param token the run that sends it
   */
  record Mark(Claim claim, String token, Instant at) implements QueueChange {
    @Override
    public Step step() {
      return Step.REQUEST_SENDING;
    }
  }

  /** It needs no call. */
  record Skip(Claim claim, Instant at) implements QueueChange {
    @Override
    public Step step() {
      return Step.REQUEST_UNCHANGED;
    }
  }

  /**
   * Its answer, or that there is none.
   *
   * @param token the run that sent it
   */
  record Settle(Claim claim, String token, Settlement settlement) implements QueueChange {
    @Override
    public Step step() {
      return Step.REQUEST_SETTLED;
    }
  }
}
