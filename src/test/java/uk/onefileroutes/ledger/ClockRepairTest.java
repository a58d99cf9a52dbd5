package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.waiting;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The clock was wrong while the ledger was written, and is right now: five hours before noon. */
class ClockRepairTest extends WithLedger {
  private static final Instant NOW = NOON.minus(Duration.ofHours(5));
  private static final Duration LONGEST = Duration.ofMinutes(20);

  @Test
  void whatWasAcceptedInTheFutureIsDueNow() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 1, "learning-aim/5/iqa", 9));
    assertThat(it.lines.due(NOW, 10)).isEmpty();
    assertThat(repair()).isEqualTo(1);
    Claim first = it.lines.due(NOW, 10).get(0);
    assertThat(it.lines.sending(first, RUN, NOW)).isTrue();
    assertThat(it.lines.settle(first, RUN, LedgerFixture.sent())).isTrue();
    assertThat(it.lines.due(NOW, 10)).as("the next in the line too").hasSize(1);
    assertThat(repair()).isZero();
  }

  @Test
  void whatWouldWaitLongerThanAnyWaitIsDueNow() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.released(ask(1, 2, DEFAULT_ASSESSOR, 7));
    assertThat(it.lines.settle(it.sending(1), RUN, waiting(NOW.plus(LONGEST)))).isTrue();
    assertThat(it.lines.settle(it.sending(2), RUN, waiting(NOW.plus(LONGEST).plusMillis(1))))
        .isTrue();
    assertThat(repair()).isEqualTo(1);
    assertThat(it.lines.due(NOW, 10)).extracting(Claim::learner).containsExactly(2L);
  }

  @Test
  void aFileCountsAsAcceptedNowAndNotInTheFuture() {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    repair();
    assertThat(it.files.find(file).orElseThrow().acceptedAt()).isEqualTo(NOW);
  }

  private int repair() {
    return new ClockRepair(it.ledger).notAheadOf(NOW, LONGEST);
  }
}
