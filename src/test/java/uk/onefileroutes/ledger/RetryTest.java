package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.blocked;
import static uk.onefileroutes.ledger.LedgerFixture.invalid;
import static uk.onefileroutes.ledger.LedgerFixture.rejected;
import static uk.onefileroutes.ledger.LedgerFixture.sent;
import static uk.onefileroutes.ledger.LedgerFixture.waiting;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.ledger.FileActions.Retried;
import uk.onefileroutes.ledger.Releases.Release;

class RetryTest extends WithLedger {
  private static final String AIM = "learning-aim/5/iqa";

  private void end(long learner, Settlement how) {
    assertThat(it.lines.settle(it.sending(learner), RUN, how)).isTrue();
  }

  @Test
  void aBlockedRowIsSentAgainAndItsFileAnsweredAgain() throws ActionRefused {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    end(1, waiting(NOON));
    end(1, blocked());
    it.send(2);
    it.report(file);
    assertThat(it.actions.retry(RetryOf.allBlocked(), NOON)).isEqualTo(new Retried(1, 0, null));
    assertThat(it.states(file)).containsExactly("1 planned", "2 sent SENT");
    assertThat(it.state(file)).isEqualTo(FileState.DELIVERING);
    assertThat(it.files.find(file).orElseThrow().doneAt()).isNull();
    Claim claim = it.sending(1);
    assertThat(claim.tries().amount()).isZero();
    assertThat(claim.tries().firstAt()).isNull();
    it.lines.settle(claim, RUN, sent());
    assertThat(it.number("SELECT COUNT(*) FROM attempt WHERE file_no = ? AND row_no = 1", file))
        .isEqualTo(3);
    assertThat(it.reports.finished()).extracting(FileEntry::no).containsExactly(file);
    assertThat(it.reports.announce(file, true, "b.csv", null).seq()).isEqualTo(2);
  }

  @Test
  void withoutAWishOnlyBlockedRowsAreRetried() throws ActionRefused {
    long file =
        it.released(
            ask(1, 1, DEFAULT_ASSESSOR, 7),
            ask(2, 2, DEFAULT_ASSESSOR, 7),
            ask(3, 3, DEFAULT_ASSESSOR, 7));
    end(1, blocked());
    end(2, rejected());
    it.send(3);
    assertThat(it.actions.retry(RetryOf.allBlocked(), NOON).retried()).isEqualTo(1);
    assertThat(it.states(file)).containsExactly("1 planned", "2 rejected NOT_FOUND", "3 sent SENT");
  }

  @Test
  void aWishNamesFileCodeOrLearner() throws ActionRefused {
    long one = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    long two = it.released(ask(1, 1, AIM, 7), ask(2, 3, DEFAULT_ASSESSOR, 7), invalid(3));
    end(1, blocked());
    end(1, rejected());
    end(2, rejected());
    end(3, blocked());
    assertThat(it.actions.retry(RetryOf.code("NOT_FOUND"), NOON).retried()).isEqualTo(2);
    assertThat(it.states(one)).containsExactly("1 blocked TOO_MANY_ATTEMPTS", "2 planned");
    assertThat(it.actions.retry(RetryOf.learner(1), NOON).retried()).isEqualTo(1);
    assertThat(it.states(one)).containsExactly("1 planned", "2 planned");
    assertThat(it.actions.retry(RetryOf.file(two), NOON).retried()).isEqualTo(1);
    assertThat(it.states(two)).containsExactly("1 planned", "2 planned", "3 invalid NOT_AN_ID");
    assertThat(it.sendAll()).hasSize(4);
  }

  @Test
  void aRowThatANewerOneOvertookIsNotSentAgain() throws ActionRefused {
    NewRow[] asks = {
      ask(1, 1, DEFAULT_ASSESSOR, 7),
      ask(2, 2, DEFAULT_ASSESSOR, 7),
      ask(3, 3, DEFAULT_ASSESSOR, 7),
      ask(4, 4, DEFAULT_ASSESSOR, 7)
    };
    long old = it.released(asks);
    for (long learner = 1; learner <= 4; learner++) {
      end(learner, rejected());
    }
    it.report(old);
    long newer =
        it.released(
            ask(1, 1, DEFAULT_ASSESSOR, 8),
            ask(2, 2, DEFAULT_ASSESSOR, 8),
            ask(3, 3, DEFAULT_ASSESSOR, 8));
    it.send(1);
    end(2, waiting(NOON.plusSeconds(600)));
    Retried retried = it.actions.retry(RetryOf.file(old), NOON);
    assertThat(retried).isEqualTo(new Retried(1, 3, null));
    assertThat(it.states(old))
        .containsExactly(
            "1 superseded SUPERSEDED",
            "2 superseded SUPERSEDED",
            "3 superseded SUPERSEDED",
            "4 planned");
    assertThat(it.states(newer)).containsExactly("1 sent SENT", "2 waiting RETRY", "3 planned");
  }

  @Test
  void ofACancelledFileOnlyWhatItDidAfterItsReleaseOvertakes() throws ActionRefused {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.send(1);
    long old =
        it.released(
            ask(1, 1, DEFAULT_ASSESSOR, 7),
            ask(2, 2, DEFAULT_ASSESSOR, 7),
            ask(3, 3, DEFAULT_ASSESSOR, 7),
            ask(4, 4, DEFAULT_ASSESSOR, 7));
    for (long learner = 1; learner <= 4; learner++) {
      end(learner, rejected());
    }
    long begun =
        it.released(
            ask(1, 2, DEFAULT_ASSESSOR, 8),
            ask(2, 3, DEFAULT_ASSESSOR, 8),
            ask(3, 4, DEFAULT_ASSESSOR, 8));
    it.send(2);
    Claim away = it.sending(4);
    it.actions.cancel(begun, NOON);
    long neverReleased = it.held(ask(1, 1, DEFAULT_ASSESSOR, 8));
    assertThat(it.states(neverReleased)).containsExactly("1 unchanged UNCHANGED");
    it.actions.cancel(neverReleased, NOON);
    assertThat(it.actions.retry(RetryOf.file(old), NOON)).isEqualTo(new Retried(2, 2, null));
    assertThat(it.states(old))
        .containsExactly(
            "1 planned", "2 superseded SUPERSEDED", "3 planned", "4 superseded SUPERSEDED");
    assertThat(it.lines.settle(away, RUN, sent())).isTrue();
    it.sendAll();
    assertThat(it.slot(4, DEFAULT_ASSESSOR)).isEqualTo("8");
  }

  @Test
  void ofSeveralRowsForOneSlotOnlyTheNewestIsSentAgain() throws ActionRefused {
    List<Long> files = new ArrayList<>();
    for (int night = 0; night < 3; night++) {
      files.add(it.released(ask(1, 1, DEFAULT_ASSESSOR, 7 + night)));
      end(1, blocked());
      it.report(files.get(night));
    }
    assertThat(it.actions.retry(RetryOf.allBlocked(), NOON)).isEqualTo(new Retried(1, 2, null));
    assertThat(it.sendAll()).extracting(claim -> claim.request().assignee()).containsExactly(9L);
    assertThat(it.reports.finished()).extracting(FileEntry::no).containsExactlyElementsOf(files);
  }

  @Test
  void anOlderRequestComesBeforeAWaitingHeadAndBehindOneOnItsWay() throws ActionRefused {
    long old = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 1, AIM, 7));
    end(1, rejected());
    end(1, rejected());
    long newer = it.released(ask(1, 1, "learning-aim/6/iqa", 7));
    end(1, waiting(NOON.plusSeconds(600)));
    assertThat(it.due()).isEmpty();
    assertThat(it.actions.retry(RetryOf.file(old), NOON).retried()).isEqualTo(2);
    assertThat(it.head(1).key()).isEqualTo(new RowKey(old, 1, 0));
    Claim away = it.sending(1);
    it.lines.settle(away, RUN, rejected());
    Claim second = it.sending(1);
    assertThat(second.key()).isEqualTo(new RowKey(old, 2, 0));
    it.actions.retry(RetryOf.file(old), NOON);
    assertThat(it.due()).isEmpty();
    it.lines.settle(second, RUN, waiting(NOON.plusSeconds(600)));
    assertThat(it.sendAll())
        .extracting(Claim::key)
        .containsExactly(new RowKey(old, 1, 0), new RowKey(old, 2, 0), new RowKey(newer, 1, 0));
  }

  @Test
  void aFileThatIsBeingReadMeanwhileIsReadAgain() throws ActionRefused {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.send(1);
    long old = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    end(1, rejected());
    it.report(old);
    long file = it.file();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 8));
    assertThat(it.states(file)).containsExactly("1 unchanged UNCHANGED");
    it.actions.retry(RetryOf.file(old), NOON);
    it.sendAll(); // the slot holds 7 when the newer file's turn comes
    assertThat(it.releases.release(file, null, NOON)).isEqualTo(Release.READ_AGAIN);
    it.rows.begin(file);
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 8));
    it.release(file);
    it.sendAll();
    assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("8");
  }

  @Test
  void aRetryWhileTheAnswerIsWrittenKeepsTheFileInDelivery() throws ActionRefused {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    end(1, blocked());
    ReportSteps.Announced announced = it.reports.announce(file, true, "a.csv", null);
    it.actions.retry(RetryOf.allBlocked(), NOON);
    it.reports.written(file, announced, NOON, false);
    assertThat(it.state(file)).isEqualTo(FileState.DELIVERING);
    it.send(1);
    assertThat(it.reports.finished()).extracting(FileEntry::no).containsExactly(file);
  }

  @Test
  void moreThanAPageIsRetried() throws ActionRefused {
    List<NewRow> rows = new ArrayList<>();
    for (int i = 1; i <= 1300; i++) {
      rows.add(ask(i, i, DEFAULT_ASSESSOR, 7));
    }
    long file = it.released(rows.toArray(NewRow[]::new));
    for (Claim head : it.lines.due(NOON, 1300)) {
      assertThat(it.lines.sending(head, RUN, NOON)).isTrue();
      assertThat(it.lines.settle(head, RUN, head.learner() % 13 == 0 ? sent() : rejected()))
          .isTrue();
    }
    assertThat(it.actions.retry(RetryOf.file(file), NOON).retried()).isEqualTo(1200);
    assertThat(it.lineCount()).isEqualTo(1200);
  }

  @Test
  void whatWasCancelledIsNotTouched() throws ActionRefused {
    long file = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 1, AIM, 7));
    end(1, blocked());
    it.actions.cancel(file, NOON);
    assertThat(it.actions.retry(RetryOf.allBlocked(), NOON))
        .isEqualTo(new Retried(0, 0, "No assignment is blocked."));
    assertThatThrownBy(() -> it.actions.retry(RetryOf.file(file), NOON))
        .isInstanceOf(ActionRefused.class)
        .hasMessage(
            "File 1 is cancelled; only assignments of a file that is delivering or done can"
                + " be retried.");
  }

  @Test
  void whereNothingIsRetriedASentenceSaysWhy() throws ActionRefused {
    long file = it.released(invalid(1));
    assertThat(it.actions.retry(RetryOf.file(file), NOON).why())
        .isEqualTo(
            "No assignment of file 1 is blocked or rejected. Invalid ones were never sent to"
                + " Onefile: correct their rows and drop them again.");
    assertThat(it.actions.retry(RetryOf.learner(5), NOON).why())
        .isEqualTo("No assignment for learner 5 is blocked or rejected.");
    assertThatThrownBy(() -> it.actions.retry(RetryOf.code("NOT_FOUNDD"), NOON))
        .hasMessage("There is no code NOT_FOUNDD.");
    assertThatThrownBy(() -> it.actions.retry(RetryOf.file(99), NOON))
        .hasMessage("There is no file 99.");
  }
}
