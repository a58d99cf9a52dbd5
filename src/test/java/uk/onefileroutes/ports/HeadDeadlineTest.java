package uk.onefileroutes.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeadDeadlineTest {
  private static final long FIRST = HeadDeadline.FIRST.toNanos();
  private static final long NEXT = HeadDeadline.NEXT.toNanos();

  private final HeadDeadline<String> heads = new HeadDeadline<>(3);

  @Test
  void aConnectionThatAsksForNothingIsOverdueOnce() {
    assertThat(heads.opened("silent", 0)).isEmpty();
    assertThat(heads.overdue(FIRST)).isEmpty();
    assertThat(heads.overdue(FIRST + 1)).containsExactly("silent");
    assertThat(heads.overdue(FIRST + 2)).isEmpty();
  }

  @Test
  void whileItIsServedItHasTimeAndAfterwardsTheTimeOfTheNextHead() {
    heads.opened("client", 0);
    heads.requestStarted("client");
    assertThat(heads.overdue(1000 * FIRST)).isEmpty();
    heads.requestEnded("client", 1000 * FIRST);
    assertThat(heads.overdue(1000 * FIRST + NEXT)).isEmpty();
    assertThat(heads.overdue(1000 * FIRST + NEXT + 1)).containsExactly("client");
  }

  @Test
  void theOneThatIsSilentLongestGivesWayToANewOne() {
    heads.opened("served", 0);
    heads.requestStarted("served");
    heads.opened("silent", 1);
    heads.opened("silent too", 2);

    assertThat(heads.opened("owner", 3)).containsExactly("silent");
    heads.requestStarted("owner");
    assertThat(heads.opened("another", 4)).containsExactly("silent too");
    heads.requestStarted("another");
    assertThat(heads.opened("too many", 5)).containsExactly("too many");
  }

  @Test
  void whatIsClosedCountsNoMore() {
    for (String connection : List.of("a", "b", "c")) {
      assertThat(heads.opened(connection, 0)).isEmpty();
      heads.closed(connection);
    }
    assertThat(heads.opened("d", 0)).isEmpty();
    heads.requestEnded("never opened", 0);
    assertThat(heads.overdue(2 * FIRST)).containsExactly("d");
  }
}
