package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.blocked;
import static uk.onefileroutes.ledger.LedgerFixture.rejected;
import static uk.onefileroutes.ledger.LedgerFixture.sent;
import static uk.onefileroutes.ledger.LedgerFixture.waiting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.ledger.AttemptLog.RowHistory;
import uk.onefileroutes.ledger.Releases.Release;
import uk.onefileroutes.ledger.Slots.Amount;
import uk.onefileroutes.plan.SlotRule;

/** What slots are trusted to hold, for how long, and how that is forgotten. */
class SlotsTest extends WithLedger {
  private static final String AIM = "learning-aim/5/iqa";
  private static final Trust ALWAYS = new Trust(true, 0);

  private Slots slots;

  @BeforeEach
  void open() {
    slots = new Slots(it.ledger);
  }

  @Test
  void whatIsAlwaysSentIsSentAlsoWhereItsSlotHoldsItAndAfterARestart() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    long file = it.file();
    it.rows.store(
        file,
        List.of(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 1, DEFAULT_ASSESSOR, 7)),
        new SlotRule(ALWAYS, NOON),
        NOON);
    it.release(file);
    assertThat(it.states(file)).containsExactly("1 superseded DUPLICATE_ROW", "2 planned");
    it.reopen();
    assertThat(it.head(1).isHeld()).isFalse();
    assertThat(it.sendAll()).hasSize(1);
    assertThat(it.states(file)).contains("2 sent SENT");

    long next = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(it.states(next)).containsExactly("1 unchanged UNCHANGED");
  }

  @Test
  void whatIsAlwaysSentFollowsTheSameOnItsWay() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    Claim first = it.sending(1);
    long file = it.file();
    it.rows.store(file, List.of(ask(1, 1, DEFAULT_ASSESSOR, 7)), new SlotRule(ALWAYS, NOON), NOON);
    it.release(file);
    assertThat(it.lines.settle(first, RUN, sent())).isTrue();
    assertThat(it.head(1).isHeld()).isFalse();
  }

  @Test
  void slotsOfOneAgeAreSentAgainSpreadOverAsManyNightsAsTheyAreTrusted() {
    int many = 1000;
    int days = 10;
    seed(many);
    Map<Long, Integer> lastNight = new HashMap<>();
    for (int night = 1; night <= 6 * days; night++) {
      Instant now = NOON.plus(Duration.ofDays(night));
      long file = it.file();
      it.rows.store(file, rows(many), new SlotRule(new Trust(false, days), now), now);
      List<Long> sent = planned(file);
      assertThat(sent).as("night %d", night).hasSizeLessThan(2 * many / days);
      if (night <= days) {
        assertThat(sent).as("night %d", night).isEmpty();
      } else if (night <= 2 * days) {
        assertThat(sent).as("night %d", night).hasSizeGreaterThan(many / days / 2);
      }
      for (long learner : sent) {
        int ago = night - lastNight.getOrDefault(learner, 0);
        assertThat(ago).isBetween(days, 2 * days);
        lastNight.put(learner, night);
      }
      if (night == 2 * days) {
        assertThat(lastNight).hasSize(many);
      }
      sentAt(file, now);
    }
    assertThat(lastNight.values()).allMatch(night -> night >= 4 * days);
  }

  @Test
  void aTrustThatIsOverHoldsAtTheClaimToo() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    long file = it.file();
    Instant later = NOON.plus(Duration.ofDays(61));
    it.rows.store(
        file,
        List.of(ask(1, 1, DEFAULT_ASSESSOR, 7)),
        new SlotRule(new Trust(false, 30), later),
        later);
    it.release(file);
    assertThat(it.states(file)).containsExactly("1 planned");
    assertThat(it.head(1).isHeld()).isFalse();
  }

  @Test
  void aLearnersSlotsAreForgottenAndNobodyElses() throws ActionRefused {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 1, AIM, 7), ask(3, 2, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    assertThat(slots.forget(SlotsOf.learner(1))).isEqualTo(2);
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("unknown");
    assertThat(it.slot(1, AIM)).isEqualTo("unknown");
    assertThat(it.slot(2, DEFAULT_ASSESSOR)).isEqualTo("7");
    assertThat(slots.forget(SlotsOf.learner(1))).isZero();

    long next =
        it.released(
            ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 1, AIM, 7), ask(3, 2, DEFAULT_ASSESSOR, 7));
    assertThat(it.states(next)).containsExactly("1 planned", "2 planned", "3 unchanged UNCHANGED");
  }

  @Test
  void whatAFileNamesIsForgottenEachSlotOnce() throws ActionRefused {
    it.released(ask(1, 9, DEFAULT_ASSESSOR, 7));
    long file =
        it.released(
            ask(1, 1, DEFAULT_ASSESSOR, 6),
            ask(2, 1, DEFAULT_ASSESSOR, 7),
            ask(3, 2, AIM, 7),
            LedgerFixture.invalid(4));
    it.sendAll();
    assertThat(slots.forget(SlotsOf.file(file))).isEqualTo(2);
    assertThat(it.slot(2, AIM)).isEqualTo("unknown");
    assertThat(it.slot(9, DEFAULT_ASSESSOR)).isEqualTo("7");
    assertThatExceptionOfType(ActionRefused.class)
        .isThrownBy(() -> slots.forget(SlotsOf.file(it.file())))
        .withMessageContaining("still being read");
    assertThatExceptionOfType(ActionRefused.class)
        .isThrownBy(() -> slots.forget(SlotsOf.file(99)))
        .withMessageContaining("no file 99");
  }

  @Test
  void everythingIsForgottenPageByPage() throws ActionRefused {
    seed(4500);
    assertThat(slots.forget(SlotsOf.all())).isEqualTo(4500);
    assertThat(it.number("SELECT COUNT(*) FROM slot WHERE known = TRUE")).isZero();
    long file = it.released(rows(4500).toArray(NewRow[]::new));
    assertThat(it.files.tally(file)).containsExactly(Map.entry(RowState.PLANNED, 4500L));
    assertThat(slots.forget(SlotsOf.file(file))).isZero();
  }

  @Test
  void aFileThatWasComparedBeforeIsReadAgain() throws ActionRefused {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    long file = it.file();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7));
    assertThat(slots.forget(SlotsOf.all())).isEqualTo(1);
    assertThat(it.releases.release(file, null, NOON)).isEqualTo(Release.READ_AGAIN);
    it.rows.begin(file);
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.release(file);
    assertThat(it.states(file)).containsExactly("1 planned");
  }

  @Test
  void theAnswerOfARequestOnItsWayCountsAgain() throws ActionRefused {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    Claim onItsWay = it.sending(1);
    assertThat(slots.forget(SlotsOf.all())).isEqualTo(1);
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("unknown");
    it.lines.settle(onItsWay, RUN, sent());
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("8");
  }

  @Test
  void aRequestThatSeemedNeedlessIsSentWhereItsSlotWasForgottenMeanwhile() throws ActionRefused {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    Claim first = it.sending(1);
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.lines.settle(first, RUN, sent());
    Claim needless = it.head(1);
    assertThat(needless.isHeld()).isTrue();
    assertThat(slots.forget(SlotsOf.learner(1))).isEqualTo(1);
    assertThat(it.lines.unchanged(needless, NOON)).isFalse();
    assertThat(it.head(1).isHeld()).isFalse();
  }

  @Test
  void whatCanBeReadBackIsCountedByLearnerAndReading() throws ActionRefused {
    it.released(ask(1, 3, AIM, 7), ask(2, 3, "additional/8", 8), ask(3, 9, "additional/8", 8));
    long file =
        it.released(
            ask(1, 1, DEFAULT_ASSESSOR, 7),
            ask(2, 1, "default/employer", 8),
            ask(3, 2, DEFAULT_ASSESSOR, 7),
            ask(4, 2, AIM, 6),
            ask(5, 2, AIM, 7),
            ask(6, 2, "learning-aim/6/iqa", 7),
            ask(7, 2, "unit-summary/KS/1/iqa", 7),
            ask(8, 2, "additional/8", 8),
            ask(9, 4, DEFAULT_ASSESSOR, 7));
    it.sendAll();
    assertThat(slots.forget(SlotsOf.learner(4))).isEqualTo(1);
    assertThat(slots.amount(SlotsOf.all())).isEqualTo(new Amount(3, 5, 3));
    assertThat(slots.amount(SlotsOf.file(file))).isEqualTo(new Amount(2, 4, 1));
    assertThat(slots.amount(SlotsOf.learner(3))).isEqualTo(new Amount(1, 1, 1));
    assertThat(slots.amount(SlotsOf.learner(9))).isEqualTo(new Amount(0, 0, 1));
    assertThat(learners(SlotsOf.all(), 0, 1)).containsExactly(1L);
    assertThat(learners(SlotsOf.all(), 1, 10)).containsExactly(2L, 3L);
    assertThat(learners(SlotsOf.file(file), 1, 10)).containsExactly(2L);
    assertThat(slots.learners(SlotsOf.all(), Set.of(Kind.DEFAULT), 0, 10)).containsExactly(1L, 2L);
  }

  @Test
  void slotsOfALearnerAreThoseThatAreMeant() {
    it.released(ask(1, 2, AIM, 7), ask(2, 2, "additional/8", 8), ask(3, 1, DEFAULT_ASSESSOR, 7));
    long file = it.released(ask(1, 2, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 6));
    it.sendAll();
    assertThat(held(SlotsOf.all(), Slots.READABLE)).containsExactly(DEFAULT_ASSESSOR, AIM);
    assertThat(held(SlotsOf.learner(2), Set.of(Kind.LEARNING_AIM))).containsExactly(AIM);
    assertThat(held(SlotsOf.file(file), Slots.READABLE)).containsExactly(DEFAULT_ASSESSOR);
    assertThat(slots.of(SlotsOf.all(), 2, Slots.READABLE).isSending()).isFalse();
    it.released(ask(1, 2, AIM, 9));
    it.sending(2);
    assertThat(slots.of(SlotsOf.all(), 2, Slots.READABLE).isSending()).isTrue();
  }

  private List<Long> learners(SlotsOf which, long after, int limit) {
    return slots.learners(which, Slots.READABLE, after, limit);
  }

  private List<String> held(SlotsOf which, Set<Kind> kinds) {
    return slots.of(which, 2, kinds).held().stream().map(Slots.Held::slot).toList();
  }

  @Test
  void theHistoryOfARowGoesOnAfterARetry() throws ActionRefused {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    end(1, waiting(NOON));
    end(1, blocked());
    end(2, rejected());
    AttemptLog history = new AttemptLog(it.ledger);
    assertThat(history.forPerson(file, 50, 10))
        .extracting(
            row -> row.key().row(), row -> row.standing().state(), row -> row.attempts().size())
        .containsExactly(tuple(1L, RowState.BLOCKED, 2), tuple(2L, RowState.REJECTED, 1));
    assertThat(history.forPerson(file, 1, 1).get(0).attempts())
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.code()).isEqualTo("TOO_MANY_ATTEMPTS"));

    it.actions.retry(RetryOf.allBlocked(), NOON);
    it.send(1);
    RowHistory row = history.row(file, 1, 10).get(0);
    assertThat(row.standing().state()).isEqualTo(RowState.SENT);
    assertThat(row.calls()).isEqualTo(3);
    assertThat(row.attempts())
        .extracting(AttemptLog.Attempt::code)
        .containsExactly("RETRY", "TOO_MANY_ATTEMPTS", "SENT");
    assertThat(row.attempts().get(0).httpStatus()).isNull();
    assertThat(history.row(file, 3, 10)).isEmpty();
  }

  private void end(long learner, Settlement how) {
    assertThat(it.lines.settle(it.sending(learner), RUN, how)).isTrue();
  }

  private static List<NewRow> rows(int many) {
    return LongStream.rangeClosed(1, many)
        .mapToObj(i -> ask(i, 500_000 + i, DEFAULT_ASSESSOR, 7))
        .toList();
  }

  /** Slots as if these rows had been sent at noon. */
  private void seed(int many) {
    it.ledger.inTransaction(
        connection -> {
          List<Object[]> parameters = new ArrayList<>();
          for (NewRow row : rows(many)) {
            if (row.ask() != null) {
              parameters.add(
                  new Object[] {row.ask().learner(), row.ask().slot(), row.ask().assignee(), NOON});
            }
          }
          Sql.batch(
              connection,
              "INSERT INTO slot (account, learner, slot, assignee, known, sent_at)"
                  + " VALUES ('onefile', ?, ?, ?, TRUE, ?)",
              new ArrayList<>(parameters));
          return many;
        });
  }

  private List<Long> planned(long file) {
    return it.ledger.inTransaction(
        connection ->
            Sql.query(
                    connection,
                    "SELECT learner FROM file_row WHERE file_no = ? AND state = 'planned'",
                    file)
                .list(r -> r.getLong(1)));
  }

  /** What this file planned was sent then. */
  private void sentAt(long file, Instant at) {
    List<Long> learners = planned(file);
    it.ledger.inTransaction(
        connection -> {
          List<Object[]> parameters = new ArrayList<>();
          learners.forEach(learner -> parameters.add(new Object[] {at, learner}));
          Sql.batch(
              connection,
              "UPDATE slot SET sent_at = ? WHERE account = 'onefile' AND learner = ?"
                  + " AND slot = 'default/assessor'",
              new ArrayList<>(parameters));
          return Sql.update(connection, "DELETE FROM request WHERE file_no = ?", file);
        });
  }
}
