package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.ask;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.runtime.Restore;

/**
 * A ledger and a backup that an installation with H2 2.4.240 left behind. File 1 is done; file 2 is
 * being delivered, with learner 1 waiting for a second attempt; file 3 is held.
 */
class OlderLedgerTest {
  @TempDir Path data;
  private Path backup;

  @BeforeEach
  void take() throws IOException {
    backup = data.resolve("backup.zip");
    try (InputStream ledger = new GZIPInputStream(resource("ledger.mv.db.gz"));
        InputStream zip = resource("backup.zip")) {
      Files.copy(ledger, data.resolve("ledger.mv.db"));
      Files.copy(zip, backup);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        OlderLedgerTest.class.getResourceAsStream("/ledger-2.4.240/" + name), name);
  }

  @Test
  void itsLedgerIsKnownAndGoneOnWith() throws ActionRefused {
    try (LedgerFixture it = new LedgerFixture(data)) {
      assertIsKnown(it);
      assertThat(it.slot(2, DEFAULT_ASSESSOR)).isEqualTo("7");
      assertThat(it.slot(1, DEFAULT_ASSESSOR)).as("its answer was lost").isEqualTo("unknown");
      assertThat(it.due()).extracting(Claim::learner).containsExactly(3L);

      assertIsGoneOnWith(it);
      it.reopen();
      assertThat(it.slot(4, DEFAULT_ASSESSOR)).isEqualTo("9");
    }
  }

  @Test
  void itsBackupIsRestoredAndGoneOnWith() throws Exception {
    Path spool = Files.createDirectories(data.resolve("spool"));
    Files.writeString(spool.resolve("1"), "x"); // where the files that are not answered yet lie
    Restore.Restored restored =
        new Restore(LedgerLogin.embedded(data), data, () -> NOON, ZoneOffset.UTC).from(backup);
    assertThat(restored.aside()).exists();
    assertThat(restored.ended()).isEmpty();
    try (LedgerFixture it = new LedgerFixture(data)) {
      assertIsKnown(it);
      assertThat(it.slot(2, DEFAULT_ASSESSOR)).as("no slot counts as known").isEqualTo("unknown");
      assertIsGoneOnWith(it);
    }
  }

  private static void assertIsKnown(LedgerFixture it) {
    assertThat(it.state(1)).isEqualTo(FileState.DONE);
    assertThat(it.states(1)).containsExactly("1 sent SENT", "2 sent SENT", "3 invalid NOT_AN_ID");
    assertThat(it.state(2)).isEqualTo(FileState.DELIVERING);
    assertThat(it.states(2)).containsExactly("1 waiting RETRY", "2 planned");
    assertThat(it.state(3)).isEqualTo(FileState.HELD);
    assertThat(it.states(3)).containsExactly("1 planned");
    it.checkTallies();
  }

  /** What was waiting is sent, what was held released, and a new file takes the next number. */
  private static void assertIsGoneOnWith(LedgerFixture it) throws ActionRefused {
    it.releaseByPerson(3, ask(1, 4, DEFAULT_ASSESSOR, 9));
    it.sendAll();
    Claim again = it.lines.due(NOON.plusSeconds(2), 10).get(0);
    assertThat(it.lines.sending(again, LedgerFixture.RUN, NOON)).isTrue();
    assertThat(it.lines.settle(again, LedgerFixture.RUN, LedgerFixture.sent())).isTrue();
    assertThat(it.states(2)).containsExactly("1 sent SENT", "2 sent SENT");
    it.report(2);
    it.report(3);
    assertThat(it.state(3)).isEqualTo(FileState.DONE);

    long next = it.released(ask(1, 1, DEFAULT_ASSESSOR, 8), ask(2, 5, DEFAULT_ASSESSOR, 7));
    assertThat(next).isEqualTo(4);
    it.sendAll();
    assertThat(it.states(next)).containsExactly("1 unchanged UNCHANGED", "2 sent SENT");
    it.checkTallies();
  }
}
