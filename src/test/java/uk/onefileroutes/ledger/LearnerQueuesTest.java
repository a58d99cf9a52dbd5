package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.blocked;
import static uk.onefileroutes.ledger.LedgerFixture.rejected;
import static uk.onefileroutes.ledger.LedgerFixture.sent;
import static uk.onefileroutes.ledger.LedgerFixture.waiting;

import java.util.List;
import org.junit.jupiter.api.Test;

class LearnerQueuesTest extends WithLedger {
  @Test
  void aHeadIsTakenOnce() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    Claim head = it.head(1);
    assertThat(it.lines.sending(head, RUN, NOON)).isTrue();
    assertThat(it.lines.sending(head, RUN, NOON)).isFalse();
    assertThat(it.lines.unchanged(head, NOON)).isFalse();
    assertThat(it.due()).isEmpty();
  }

  @Test
  void settlingTwiceChangesNothing() {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 1, "learning-aim/5/iqa", 9));
    Claim head = it.sending(1);
    assertThat(it.lines.settle(head, RUN, sent())).isTrue();
    assertThat(it.lines.settle(head, RUN, rejected())).isFalse();
    assertThat(it.states(file)).containsExactly("1 sent SENT", "2 planned");
    assertThat(it.number("SELECT COUNT(*) FROM attempt")).isEqualTo(1);
  }

  @Test
  void changesOfOneRoundSeeThoseOfTheirLearnerBeforeThem() {
    long file =
        it.released(
            ask(1, 1, DEFAULT_ASSESSOR, 7),
            ask(2, 1, "learning-aim/5/iqa", 9),
            ask(3, 2, DEFAULT_ASSESSOR, 7));
    Claim first = it.head(1);
    Claim other = it.head(2);
    QueueChange again = new QueueChange.Settle(first, RUN, sent());
    assertThat(
            round(
                new QueueChange.Mark(first, RUN, NOON),
                new QueueChange.Mark(other, RUN, NOON),
                new QueueChange.Mark(first, RUN, NOON),
                again,
                again))
        .containsExactly(true, true, false, true, false);
    assertThat(it.states(file)).containsExactly("1 sent SENT", "2 planned", "3 sending");
    assertThat(it.head(1).key().row()).isEqualTo(2);
    assertThat(it.number("SELECT COUNT(*) FROM attempt")).isEqualTo(1);
    assertThat(it.number("SELECT SUM(amount) FROM tally")).isEqualTo(3);
  }

  private List<Boolean> round(QueueChange... changes) {
    return it.ledger.inTransaction(
        connection -> {
          it.ledger.lock(connection);
          return QueueRound.write(connection, it.ledger.account(), List.of(changes));
        });
  }

  @Test
  void aLateAnswerOfAnEarlierRunChangesNothing() {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    Claim head = it.head(1);
    it.lines.sending(head, "run-0", NOON);
    assertThat(it.lines.settle(head, "run-0", waiting(NOON))).isTrue();
    it.sending(1);
    assertThat(it.lines.settle(head, "run-0", sent())).isFalse();
    assertThat(it.states(file)).containsExactly("1 sending");
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("unknown");
  }

  @Test
  void whatWasNotTakenCannotBeSettled() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.lines.settle(it.head(1), RUN, sent())).isFalse();
  }

  @Test
  void aWaitingHeadHoldsOnlyItsOwnLine() {
    it.released(
        ask(1, 1, DEFAULT_ASSESSOR, 7),
        ask(2, 1, "learning-aim/5/iqa", 9),
        ask(3, 2, DEFAULT_ASSESSOR, 7));
    it.lines.settle(it.sending(1), RUN, waiting(NOON.plusSeconds(2)));
    assertThat(it.due()).extracting(Claim::learner).containsExactly(2L);
    assertThat(it.lines.due(NOON.plusSeconds(2), 10))
        .extracting(claim -> claim.key().row())
        .containsExactly(3L, 1L);
  }

  @Test
  void rejectedAndBlockedReleaseTheLine() {
    long file =
        it.released(
            ask(1, 1, DEFAULT_ASSESSOR, 7),
            ask(2, 1, "learning-aim/5/iqa", 9),
            ask(3, 1, "learning-aim/6/iqa", 9));
    it.lines.settle(it.sending(1), RUN, rejected());
    it.lines.settle(it.sending(1), RUN, blocked());
    it.send(1);
    assertThat(it.states(file))
        .containsExactly("1 rejected NOT_FOUND", "2 blocked TOO_MANY_ATTEMPTS", "3 sent SENT");
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("nothing");
    assertThat(it.slot(1, "learning-aim/5/iqa")).isEqualTo("unknown");
    assertThat(it.slot(1, "learning-aim/6/iqa")).isEqualTo("9");
  }

  @Test
  void theOldestComesFirst() {
    it.released(ask(1, 3, DEFAULT_ASSESSOR, 7), ask(2, 1, DEFAULT_ASSESSOR, 7));
    it.released(ask(1, 2, DEFAULT_ASSESSOR, 7));
    assertThat(it.lines.due(NOON, 2)).extracting(Claim::learner).containsExactly(3L, 1L);
    assertThat(it.due()).extracting(Claim::learner).containsExactly(3L, 1L, 2L);
  }

  @Test
  void attemptsCountUntilTheyAreGivenBack() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.lines.settle(it.sending(1), RUN, waiting(NOON));
    it.lines.settle(it.sending(1), RUN, waiting(NOON));
    Claim twice = it.head(1);
    assertThat(twice.tries().amount()).isEqualTo(2);
    assertThat(twice.tries().firstAt()).isEqualTo(NOON);
    it.lines.giveBackAttempts(List.of(twice.key()));
    assertThat(it.head(1).tries().amount()).isEqualTo(1);
    assertThat(it.head(1).tries().firstAt()).isEqualTo(NOON);
    it.lines.giveBackAttempts(List.of(twice.key()));
    it.lines.giveBackAttempts(List.of(twice.key()));
    assertThat(it.head(1).tries().amount()).isZero();
    assertThat(it.head(1).tries().firstAt()).as("no attempt, no first attempt").isNull();
  }

  @Test
  void whatAnotherRunLeftOnItsWayIsAnOrphan() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    it.lines.sending(it.head(1), "run-0", NOON);
    it.sending(2);
    it.reopen();
    assertThat(it.lines.orphans(RUN)).extracting(Claim::learner).containsExactly(1L);
    assertThat(it.lines.orphans(RUN).get(0).token()).isEqualTo("run-0");
    assertThat(it.lines.orphans("run-2")).hasSize(2);
    assertThat(it.due()).isEmpty();
  }

  @Test
  void thatSomethingWasSentIsKnownAfterAReopening() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.lines.hasSent()).isFalse();
    it.sending(1);
    it.reopen();
    assertThat(it.lines.hasSent()).as("as far as on its way").isTrue();
  }

  @Test
  void thatSomethingWasAnsweredIsKnownAfterAReopening() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.send(1);
    it.reopen();
    assertThat(it.lines.hasSent()).isTrue();
  }
}
