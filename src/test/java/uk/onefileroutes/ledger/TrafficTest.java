package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.ask;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.Traffic.Slice;

class TrafficTest extends WithLedger {
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private Traffic traffic;
  private long learner;

  @BeforeEach
  void open() {
    traffic = new Traffic(it.ledger);
  }

  @Test
  void callsAreCountedByWhatCameOfThem() {
    call(NOON, RowState.SENT, Code.SENT);
    call(NOON, RowState.SENT, Code.ALREADY_ASSIGNED);
    call(NOON, RowState.REJECTED, Code.NOT_FOUND);
    call(NOON, RowState.BLOCKED, Code.TOO_MANY_ATTEMPTS);
    call(NOON, RowState.BLOCKED, Code.OUTCOME_UNKNOWN);
    call(NOON, RowState.WAITING, Code.RETRY);
    call(NOON.plus(HALF_HOUR).minusMillis(1), RowState.SENT, Code.SENT);
    call(NOON.plus(HALF_HOUR), RowState.REJECTED, Code.GONE);
    List<Slice> slices = traffic.lastDay(NOON.plus(HALF_HOUR));
    assertThat(slices).hasSize(48).filteredOn(slice -> slice.calls() > 0).hasSize(2);
    assertThat(slices.get(0).from()).isEqualTo(NOON.minus(Duration.ofHours(23)));
    assertThat(slices.get(46)).isEqualTo(new Slice(NOON, 3, 3, 1));
    assertThat(slices.get(47)).isEqualTo(new Slice(NOON.plus(HALF_HOUR), 0, 1, 0));
  }

  @Test
  void whatIsOlderThanADayDropsOut() {
    call(NOON, RowState.SENT, Code.SENT);
    assertThat(sum(NOON.plus(Duration.ofHours(23).plusMinutes(59)))).isEqualTo(1);
    assertThat(sum(NOON.plus(Duration.ofHours(24)))).isZero();
    // also where nobody looked in between
    assertThat(new Traffic(it.ledger).lastDay(NOON.plus(Duration.ofHours(24))))
        .allMatch(slice -> slice.calls() == 0);
  }

  @Test
  void aCallThatIsSettledInTheNextHalfHourIsCounted() {
    assertThat(sum(NOON.plus(HALF_HOUR).minusSeconds(1))).isZero();
    call(NOON.plus(HALF_HOUR).minusSeconds(2), RowState.SENT, Code.SENT);
    assertThat(sum(NOON.plus(HALF_HOUR).plusSeconds(10))).isEqualTo(1);
    // and it stays when its half hour is not counted again
    call(NOON.plus(HALF_HOUR.multipliedBy(3)), RowState.SENT, Code.SENT);
    assertThat(sum(NOON.plus(HALF_HOUR.multipliedBy(4)))).isEqualTo(2);
    assertThat(sum(NOON.plus(HALF_HOUR.multipliedBy(9)))).isEqualTo(2);
  }

  @Test
  void aLongSleepAndAClockPutBackAreCountedRight() {
    call(NOON, RowState.SENT, Code.SENT);
    assertThat(sum(NOON)).isEqualTo(1);
    call(NOON.plus(Duration.ofHours(30)), RowState.SENT, Code.SENT);
    assertThat(sum(NOON.plus(Duration.ofHours(31)))).isEqualTo(1);
    assertThat(sum(NOON.plus(Duration.ofHours(1)))).isEqualTo(1);
    assertThat(sum(NOON.minusSeconds(1))).isZero();
    assertThat(sum(NOON.plus(Duration.ofHours(31)))).isEqualTo(1);
  }

  private long sum(Instant now) {
    return traffic.lastDay(now).stream().mapToLong(Slice::delivered).sum();
  }

  private void call(Instant endedAt, RowState state, Code code) {
    learner++;
    long unused = it.released(ask(1, learner, DEFAULT_ASSESSOR, 7));
    Claim claim = it.sending(learner);
    Settlement settlement =
        new Settlement(
            state,
            code.name(),
            "As the test says.",
            new Settlement.Call(endedAt, 5, 200),
            false,
            Settlement.Slot.UNTOUCHED,
            endedAt);
    assertThat(it.lines.settle(claim, RUN, settlement)).isTrue();
  }
}
