package uk.onefileroutes.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.Leavers.Comparison;
import uk.onefileroutes.ledger.Leavers.Holder;
import uk.onefileroutes.ledger.Leavers.Listed;
import uk.onefileroutes.lookup.LeaverRule.Decision;

/** Who left, by two readings of a centre. */
class LeaverRuleTest {
  private final List<Holder> holders = new ArrayList<>();

  @Test
  void whoIsArchivedOrNoLongerListedLeft() {
    add(1, true, Listed.ARCHIVED);
    add(2, true, Listed.NOT);
    add(3, true, Listed.ACTIVE);
    add(4, true, Listed.ACTIVE);
    assertThat(decide(100, 1)).isEqualTo(new Decision(Set.of(1L, 2L), 0));
  }

  @Test
  void whoWasNeverListedIsNobodyWeKnow() {
    add(1, false, Listed.NOT);
    add(2, false, Listed.ACTIVE);
    assertThat(decide(100, 0)).isEqualTo(new Decision(Set.of(), 0));
  }

  @Test
  void whoWasArchivedBeforeAndHoldsSomethingAgainLeft() {
    add(1, true, Listed.ARCHIVED);
    add(2, false, Listed.ARCHIVED);
    assertThat(decide(100, 0).left()).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void halfOfThemMayBeGoneAndOneMoreMayNot() {
    add(LongStream.rangeClosed(1, 5), Listed.NOT);
    add(LongStream.rangeClosed(6, 10), Listed.ACTIVE);
    assertThat(decide(100, 5).left()).hasSize(5);
    add(11, true, Listed.NOT);
    assertThat(decide(100, 6)).isEqualTo(new Decision(Set.of(), 6));
  }

  @Test
  void theLastTwoMayBeGoneAndThreeMayNot() {
    add(LongStream.rangeClosed(1, 2), Listed.NOT);
    assertThat(decide(100, 2).left()).hasSize(2);
    add(3, true, Listed.NOT);
    assertThat(decide(100, 3)).isEqualTo(new Decision(Set.of(), 3));
  }

  @Test
  void withMostOfAllAccountsNobodyIsGone() {
    add(1, true, Listed.NOT);
    add(LongStream.rangeClosed(2, 9), Listed.ACTIVE);
    assertThat(decide(100, 50).left()).containsExactly(1L);
    assertThat(decide(100, 51)).isEqualTo(new Decision(Set.of(), 1));
  }

  @Test
  void whoIsArchivedLeftHoweverManyThereAre() {
    add(LongStream.rangeClosed(1, 9), Listed.ARCHIVED);
    add(LongStream.rangeClosed(10, 30), Listed.NOT);
    Decision decision = decide(100, 21);
    assertThat(decision.left()).hasSize(9).allMatch(account -> account < 10);
    assertThat(decision.doubted()).isEqualTo(21);
  }

  @Test
  void whoIsUnknownCountsForNothingInTheShare() {
    add(LongStream.rangeClosed(1, 3), Listed.NOT);
    add(LongStream.rangeClosed(4, 5), Listed.ACTIVE);
    for (long account = 6; account < 30; account++) {
      add(account, false, Listed.NOT);
    }
    assertThat(decide(100, 3).doubted()).isEqualTo(3);
  }

  private void add(LongStream accounts, Listed now) {
    accounts.forEach(account -> add(account, true, now));
  }

  private void add(long account, boolean wasListed, Listed now) {
    holders.add(new Holder(account, wasListed, now));
  }

  private Decision decide(long accounts, long lost) {
    return LeaverRule.decide(new Comparison(12, accounts, lost, holders));
  }
}
