package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.ask;
import static uk.onefileroutes.ledger.LedgerFixture.invalid;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.ledger.FileFacts.Gain;
import uk.onefileroutes.ledger.FileFacts.LastFile;
import uk.onefileroutes.ledger.FileFacts.Other;
import uk.onefileroutes.ledger.FileFacts.Roles;

/** What a file is compared with. */
class FileComparisonTest extends WithLedger {
  private static final FileFigures FULL = new FileFigures(true, true, 9, Map.of("role", 8L));

  private FileFacts facts(long file) {
    return new FileComparison(it.ledger).with(it.files.find(file).orElseThrow(), true);
  }

  private static NewRow invalidOf(long row, long learner) {
    return NewRow.invalid(row, 0, "UNKNOWN_ROLE", "No.", learner);
  }

  private long accepted(String sha256, Instant modified) {
    long no =
        it.files.accept(
            new NewFile("inbox", "e.csv", 1, sha256.repeat(64), modified, "spool/1", NOON));
    it.rows.begin(no);
    return no;
  }

  private void keep(long file, FileFigures figures) {
    new FileComparison(it.ledger).keep(file, figures);
  }

  @Test
  void theFirstFileIsComparedWithNothing() {
    FileFacts facts = facts(it.file());

    assertThat(facts.last()).isNull();
    assertThat(facts.age()).isEqualTo(FileFacts.Age.UNKNOWN);
    assertThat(facts.gone()).isEqualTo(GoneSlots.Gone.NOTHING);
    assertThat(facts.roles()).isEqualTo(Roles.NONE);
  }

  @Test
  void aFileWithoutRowsIsNoneToBeComparedWith() {
    long withRows = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), invalid(2));
    keep(withRows, FULL);
    long empty = it.released();
    long file = it.file();
    it.store(file, invalid(1));
    FileFacts facts = facts(file);

    assertThat(facts.last()).isEqualTo(new LastFile(withRows, Map.of("NOT_AN_ID", 1L), FULL));
    assertThat(facts.gone().lastFile()).isEqualTo(withRows);
    assertThat(facts.age().last()).extracting(Other::no).isEqualTo(empty);
  }

  @Test
  void whatIsKeptAgainReplacesWhatWasKept() {
    long last = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    keep(last, FULL);
    FileFigures other = new FileFigures(false, false, 3, Map.of("unit_id", 1L));
    keep(last, other);

    assertThat(facts(it.file()).last()).extracting(LastFile::figures).isEqualTo(other);
  }

  @Test
  void nothingIsGoneSinceAFileThatNamedOnlyAPart() {
    long full = it.released(ask(1, 1, DEFAULT_ASSESSOR, 7), ask(2, 2, DEFAULT_ASSESSOR, 7));
    long part = it.released(ask(1, 3, DEFAULT_ASSESSOR, 7));
    keep(part, new FileFigures(false, true, 1, Map.of()));
    long file = it.file();
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7));

    assertThat(facts(file).gone()).extracting(GoneSlots.Gone::lastFile).isEqualTo(full);
    assertThat(facts(file).gone().slots()).isEqualTo(1);
    FileEntry entry = it.files.find(file).orElseThrow();
    assertThat(new FileComparison(it.ledger).with(entry, false).gone())
        .isEqualTo(GoneSlots.Gone.NOTHING);
  }

  @Test
  void aSlotWhoseRowIsInvalidIsNotGone() {
    it.released(
        ask(1, 1, DEFAULT_ASSESSOR, 7),
        ask(2, 2, DEFAULT_ASSESSOR, 7),
        ask(3, 3, DEFAULT_ASSESSOR, 7),
        ask(4, 4, DEFAULT_ASSESSOR, 7),
        invalid(5));
    long file = it.file();
    // of one the learner can be read; one more than before may be about anybody
    it.store(file, ask(1, 1, DEFAULT_ASSESSOR, 7), invalidOf(2, 2), invalid(3), invalid(4));
    GoneSlots.Gone gone = facts(file).gone();

    assertThat(gone.held()).isEqualTo(4);
    assertThat(gone.slots()).isEqualTo(1);
    assertThat(gone.invalid()).isEqualTo(2);
    assertThat(gone.sentence())
        .isEqualTo(
            "1 slot that file 1 held is not named any more, 2 more because their rows are invalid.");
  }

  @Test
  void whatAssigneesGainFromOthersIsCountedByLearnerAndAddsAreNot() {
    it.released(
        ask(1, 1, DEFAULT_ASSESSOR, 7),
        ask(2, 1, "learning-aim/5/iqa", 7),
        ask(3, 2, DEFAULT_ASSESSOR, 8),
        ask(4, 3, DEFAULT_ASSESSOR, 9));
    it.sendAll();
    long file = it.file();
    it.store(
        file,
        ask(1, 1, DEFAULT_ASSESSOR, 9),
        ask(2, 1, "learning-aim/5/iqa", 9),
        ask(3, 2, DEFAULT_ASSESSOR, 9),
        ask(4, 3, DEFAULT_ASSESSOR, 7),
        ask(5, 4, DEFAULT_ASSESSOR, 9));

    assertThat(facts(file).gains()).containsExactly(new Gain(9, 2), new Gain(7, 1));
    assertThat(facts(file).changes()).extracting(FileFacts.Change::row).containsExactly(1L, 2L, 3L);
  }

  @Test
  void rolesAreKnownByWhatSlotsHold() {
    it.released(
        ask(1, 1, DEFAULT_ASSESSOR, 7),
        ask(2, 2, DEFAULT_ASSESSOR, 8),
        ask(3, 9, DEFAULT_ASSESSOR, 8),
        ask(4, 3, DEFAULT_ASSESSOR, 9)); // 9 is both
    it.sendAll();
    long file = it.file();
    it.store(
        file,
        ask(1, 7, DEFAULT_ASSESSOR, 1),
        ask(2, 8, DEFAULT_ASSESSOR, 2),
        ask(3, 8, "learning-aim/5/iqa", 2),
        ask(4, 9, DEFAULT_ASSESSOR, 50));

    assertThat(facts(file).roles()).isEqualTo(new Roles(3, 2, 3, 2));
  }

  @Test
  void ageIsThatOfTheSourceAndTheBytesOfAnyFileBeforeTheLast() {
    long first = accepted("a", NOON.minusSeconds(50));
    it.release(first);
    long second = accepted("b", NOON.plusSeconds(50)); // a clock that is ahead
    it.release(second);
    long third = accepted("a", NOON.minusSeconds(20));
    FileFacts.Age age = facts(third).age();

    assertThat(age.modified()).isEqualTo(NOON.minusSeconds(20));
    assertThat(age.last()).isEqualTo(new Other(second, NOON, NOON, null));
    assertThat(age.equal()).extracting(Other::no).isEqualTo(first);
  }

  @Test
  void whatEqualsTheLastFileOrOneThatWasNotReleasedIsNotOld() {
    it.release(accepted("a", NOON));
    it.held(ask(1, 1, DEFAULT_ASSESSOR, 7)); // of zeros
    it.release(accepted("a", NOON));

    assertThat(facts(accepted("a", NOON)).age().equal()).isNull();
    assertThat(facts(accepted("0", NOON)).age().equal()).isNull();
  }

  @Test
  void anUnknownTimeIsNoTime() {
    it.release(accepted("a", Instant.EPOCH));
    FileFacts.Age age = facts(accepted("b", Instant.EPOCH)).age();

    assertThat(age.modified()).isNull();
    assertThat(age.last()).extracting(Other::modified).isNull();
  }
}
